/// KQL's operators on strings; each is also there with `!`, which is the caller's to apply.
enum TextOperator: String, CaseIterable, Sendable {
    case equals = "=~"
    case contains, containsCased = "contains_cs"
    case startsWith = "startswith", startsWithCased = "startswith_cs"
    case endsWith = "endswith", endsWithCased = "endswith_cs"
    case has, hasCased = "has_cs"
    case hasPrefix = "hasprefix", hasPrefixCased = "hasprefix_cs"
    case hasSuffix = "hassuffix", hasSuffixCased = "hassuffix_cs"

    var isCased: Bool { rawValue.hasSuffix("_cs") }
}

/// A right side of such an operator, prepared for many left sides. May be used by many threads at the same time.
///
/// ```swift
/// TextMatcher(.has, "10.0.0.1").matches("x 10.0.0.1 y")  // true
/// TextMatcher(.has, "web").matches("web01")              // false: `web01` is one term
/// ```
struct TextMatcher: Sendable {
    private let operation: TextOperator
    private let search: ByteSearch
    private let isCased: Bool

    init(_ operation: TextOperator, _ pattern: String) {
        self.operation = operation
        isCased = operation.isCased
        search = ByteSearch(isCased ? Array(pattern.utf8) : TextFolding.bytes(of: pattern))
    }

    /// Linear in the text.
    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches(UnsafeRawBufferPointer($0)) }
    }

    /// As ``matches(_:)-(String)``, of bytes in UTF-8.
    func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        if isCased || text.allSatisfy({ $0 < 0x80 }) { return matches(text, folds: !isCased) }
        let folded = TextFolding.bytes(of: String(decoding: text, as: UTF8.self))
        return folded.withUnsafeBytes { matches($0, folds: false) }
    }

    private func matches(_ text: UnsafeRawBufferPointer, folds: Bool) -> Bool {
        switch operation {
        case .equals: text.count == search.needle.count && begins(text, at: 0, folds)
        case .contains, .containsCased: search.first(in: text, folds: folds) != nil
        case .startsWith, .startsWithCased: begins(text, at: 0, folds)
        case .endsWith, .endsWithCased: begins(text, at: text.count - search.needle.count, folds)
        case .has, .hasCased: hasTerm(text, folds, atStart: true, atEnd: true)
        case .hasPrefix, .hasPrefixCased: hasTerm(text, folds, atStart: true, atEnd: false)
        case .hasSuffix, .hasSuffixCased: hasTerm(text, folds, atStart: false, atEnd: true)
        }
    }

    private func begins(_ text: UnsafeRawBufferPointer, at start: Int, _ folds: Bool) -> Bool {
        guard start >= 0, start + search.needle.count <= text.count else { return false }
        return search.needle.indices.allSatisfy { index in
            let byte = text[start + index]
            return search.needle[index] == (folds ? TextFolding.folded(byte) : byte)
        }
    }

    /// Whether the pattern stands where its ends are ends of terms.
    private func hasTerm(_ text: UnsafeRawBufferPointer, _ folds: Bool, atStart: Bool, atEnd: Bool) -> Bool {
        if search.needle.isEmpty { return true }
        let count = search.needle.count
        return search.first(in: text, folds: folds) { start in
            (!atStart || Term.isBoundary(start, in: text)) && (!atEnd || Term.isBoundary(start + count, in: text))
        } != nil
    }
}

/// Terms: maximal runs of letters and digits of any alphabet. An underscore is none.
enum Term {
    /// Whether no term goes on across a place between two bytes.
    static func isBoundary(_ place: Int, in text: UnsafeRawBufferPointer) -> Bool {
        guard place > 0, place < text.count else { return true }
        return !isTermCharacter(endingBefore: place, in: text) || !isTermCharacter(at: place, in: text)
    }

    private static func isTermCharacter(endingBefore place: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var start = place - 1
        while start > 0, place - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
        return isTermCharacter(at: start, in: text)
    }

    private static func isTermCharacter(at place: Int, in text: UnsafeRawBufferPointer) -> Bool {
        let byte = text[place]
        if byte < 0x80 { return byte.isDecimalDigit || TextFolding.folded(byte) &- UInt8(ascii: "a") < 26 }
        let bytes = UnsafeRawBufferPointer(rebasing: text[place..<min(place + 4, text.count)])
        guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return false }
        return scalar.isLetterOrDigit
    }
}

extension Unicode.Scalar {
    /// A letter or a decimal digit of any alphabet.
    var isLetterOrDigit: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: false
        }
    }
}
