extension Lexer {
    func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    func token(_ kind: Token.Kind, from start: Int) -> Token {
        Token(kind: kind, span: SourceSpan(start, position))
    }

    func bad(
        _ message: String, _ suggestion: String?, from start: Int, at span: SourceSpan? = nil, isOpen: Bool = false
    ) -> Token {
        let place = span ?? SourceSpan(start, position)
        return token(
            .bad(LexicalFault(message: message, suggestion: suggestion, span: place, isOpen: isOpen)), from: start)
    }

    /// Passes over blanks, line ends and comments.
    mutating func skipBlanks() {
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                skipComment()
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else if byte >= 0x80, let length = blankLength {
                position += length
            } else {
                return
            }
        }
    }

    /// A comment ends where the engine's own parser ends it, also at a carriage return and at Unicode's line and
    /// paragraph separators (Microsoft's Kusto.Language, `TextFacts.IsLineBreakStart`): what stands behind them is run.
    private mutating func skipComment() {
        while let byte = peek(), byte != 0x0A, byte != 0x0D {
            if byte == 0xE2, peek(1) == 0x80, let third = peek(2), third == 0xA8 || third == 0xA9 { return }
            position += 1
        }
    }

    /// The bytes of the blank beyond ASCII that stands here: no-break and typographic spaces, the byte order mark.
    private var blankLength: Int? {
        let rest = bytes[position...]
        return Self.blanks.first { rest.starts(with: $0) }?.count
    }

    private static let blanks: [[UInt8]] = [
        "\u{A0}", "\u{1680}", "\u{180E}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2003}", "\u{2004}", "\u{2005}",
        "\u{2006}", "\u{2007}", "\u{2008}", "\u{2009}", "\u{200A}", "\u{200B}", "\u{2028}", "\u{2029}", "\u{202F}",
        "\u{205F}", "\u{3000}", "\u{FEFF}",
    ].map { Array($0.utf8) }
}

extension UInt8 {
    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
    var isNameStart: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "$")
    }
    var isNamePart: Bool { isNameStart && self != UInt8(ascii: "$") || isDecimalDigit }

    /// The value of a hexadecimal digit.
    var hexadecimalValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self) - 0x57
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self) - 0x37
        default: nil
        }
    }

    /// The bytes of the UTF-8 character that this one begins.
    var lengthOfCharacter: Int {
        switch self {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
