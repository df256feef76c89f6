import Diagnostics
import JSON

extension JSONValue {
    /// One line of JSON that a terminal may be shown: the same value, with every character that could act on it
    /// or hide from the reader as a `\u` escape.
    var printableText: String { text.withHiddenCharactersEscaped }

    /// As ``printableText``, on several lines.
    var printablePrettyText: String { prettyText.withHiddenCharactersEscaped }

    /// What stands in a cell or after a key: a string's own characters, nothing for null, else JSON.
    var plainText: String {
        switch self {
        case .null: ""
        case .string(let string): string
        default: printableText
        }
    }
}

extension String {
    /// This JSON text with hidden characters escaped. They can only stand inside strings, where an escape
    /// means the same; the newlines between values stay.
    fileprivate var withHiddenCharactersEscaped: String {
        // The writer has escaped what is hidden in ASCII.
        guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            if scalar.isHidden {
                bytes.append(contentsOf: scalar.jsonEscape.utf8)
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// Whether `visible` would write it out, beyond ASCII.
    fileprivate var isHidden: Bool { !isASCII && String(self).visible.unicodeScalars.first != self }

    /// `\uXXXX`, two of them beyond the basic plane.
    fileprivate var jsonEscape: String {
        UTF16.encode(self).map { units in
            units.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        } ?? ""
    }
}
