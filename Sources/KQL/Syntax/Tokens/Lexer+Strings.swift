// Strings: "…" and '…' with escapes, @"…" and @'…' with doubled quotes, ```…``` and ~~~…~~~ over several lines,
// and any of them after `h`, which hides the text from Kusto's logs and changes nothing here.

extension Lexer {
    /// After an `h`: the string it belongs to; `nil` when `h` is a name.
    mutating func hiddenString(from start: Int) -> Token? {
        if let fence = blockFence(at: position) { return block(fence, from: start) }
        guard let byte = peek() else { return nil }
        if byte.isQuote { return plainString(from: start) }
        guard byte == UInt8(ascii: "@"), peek(1).map(\.isQuote) ?? false else { return nil }
        return verbatimString(from: start)
    }

    mutating func plainString(from start: Int) -> Token {
        let quote = bytes[position]
        position += 1
        var value: [UInt8] = []
        var fault: Token?
        while let byte = peek(), byte != quote, !byte.isLineEnd {
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                position += 1
                continue
            }
            if let escaped = Escape(bytes[position...]) {
                value += escaped.value
                position += escaped.length
            } else {
                fault = fault ?? badEscape(from: start)
                position += 1
            }
        }
        return closed(by: quote, value, fault, from: start)
    }

    mutating func verbatimString(from start: Int) -> Token {
        let quote = bytes[position + 1]
        position += 2
        var value: [UInt8] = []
        while let byte = peek(), !byte.isLineEnd {
            if byte == quote {
                guard peek(1) == quote else { break }
                position += 1
            }
            value.append(byte)
            position += 1
        }
        return closed(by: quote, value, nil, from: start)
    }

    /// The end of a string of one line.
    private mutating func closed(by quote: UInt8, _ value: [UInt8], _ fault: Token?, from start: Int) -> Token {
        guard peek() == quote else {
            let mark = String(decoding: [quote], as: UTF8.self)
            return bad(
                "this string is not closed",
                "Close it with \(mark) on the same line; a text of several lines stands in ```…```",
                from: start, isOpen: peek() == nil)
        }
        position += 1
        if let fault { return Token(kind: fault.kind, span: SourceSpan(start, position)) }
        return token(.string(String(decoding: value, as: UTF8.self)), from: start)
    }

    private func badEscape(from start: Int) -> Token {
        let next = peek(1).map { $0 < 0x80 && $0 > 0x20 ? String(decoding: [$0], as: UTF8.self) : "" } ?? ""
        let quote = bytes[start].isQuote ? String(decoding: [bytes[start]], as: UTF8.self) : "\""
        return bad(
            "`\\\(next)` is no escape", "Write the string as @\(quote)…\(quote), or double the backslash", from: start,
            at: SourceSpan(position, min(position + 1 + next.utf8.count, bytes.count)))
    }

    /// The byte three of which stand here and begin a text of several lines.
    func blockFence(at position: Int) -> UInt8? {
        guard position + 2 < bytes.count else { return nil }
        let byte = bytes[position]
        guard byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") else { return nil }
        return bytes[position + 1] == byte && bytes[position + 2] == byte ? byte : nil
    }

    mutating func block(_ fence: UInt8, from start: Int) -> Token {
        let first = position + 3
        position = first
        while position < bytes.count, blockFence(at: position) != fence { position += 1 }
        guard position < bytes.count else {
            let mark = String(repeating: Character(Unicode.Scalar(fence)), count: 3)
            return bad("this string is not closed", "Close it with \(mark)", from: start, isOpen: true)
        }
        let value = String(decoding: bytes[first..<position], as: UTF8.self)
        position += 3
        return token(.string(value), from: start)
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

/// A backslash and what follows it in a plain string.
private struct Escape {
    let value: [UInt8]
    /// How many bytes it takes in the query.
    let length: Int

    private static let letters: [UInt8: UInt8] = [
        UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "a"): 0x07,
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D,
        UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B,
    ]

    /// - Parameter text: Begins with the backslash.
    init?(_ text: ArraySlice<UInt8>) {
        guard let letter = text.dropFirst().first else { return nil }
        if let byte = Self.letters[letter] {
            (value, length) = ([byte], 2)
            return
        }
        let digits: ArraySlice<UInt8>
        let base: UInt32
        let prefix: Int
        switch letter {
        case UInt8(ascii: "u"): (digits, base, prefix) = (text.dropFirst(2).prefix(4), 16, 2)
        case UInt8(ascii: "U"): (digits, base, prefix) = (text.dropFirst(2).prefix(8), 16, 2)
        case UInt8(ascii: "x"): (digits, base, prefix) = (text.dropFirst(2).prefix(2), 16, 2)
        default:
            let octal = text.dropFirst().prefix(3).prefix { (0x30...0x37).contains($0) }
            (digits, base, prefix) = (octal.count == 3 && octal.first ?? 0 > 0x33 ? octal.prefix(2) : octal, 8, 1)
        }
        let wanted = letter == UInt8(ascii: "U") ? 8 : letter == UInt8(ascii: "u") ? 4 : base == 16 ? 2 : digits.count
        guard digits.count == wanted, !digits.isEmpty, let code = Self.number(digits, base) else { return nil }
        // Half of a surrogate pair is no character; Kusto's UTF-16 would keep it, UTF-8 cannot.
        value = Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
        length = prefix + digits.count
    }

    private static func number(_ digits: ArraySlice<UInt8>, _ base: UInt32) -> UInt32? {
        var number: UInt32 = 0
        for digit in digits {
            guard let value = digit.hexadecimalValue, value < base else { return nil }
            number = number &* base &+ value
        }
        return number
    }
}
