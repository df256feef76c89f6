/// Splits a query into tokens, in one pass and without ever failing on what the text holds: text that is no token
/// becomes a `bad` one, so that the parser alone reports errors.
///
/// The forms are those of Kusto's published grammar (`grammar/KqlTokens.g4` of Microsoft's Kusto-Query-Language).
struct Lexer {
    let bytes: [UInt8]
    var position = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// The tokens of `text`, the last of which is `end`; throws only where `text` passes a limit.
    static func tokens(of text: String) throws(KQLFault) -> [Token] {
        var lexer = Lexer(text)
        guard lexer.bytes.count <= SyntaxLimits.bytes else {
            throw limit("the query is longer than \(SyntaxLimits.bytes) bytes", at: lexer.bytes.count)
        }
        var tokens: [Token] = []
        tokens.reserveCapacity(lexer.bytes.count / 4 + 1)
        while true {
            let token = lexer.next()
            tokens.append(token)
            if token.isEnd { return tokens }
            guard tokens.count < SyntaxLimits.tokens else {
                throw limit("the query has more than \(SyntaxLimits.tokens) words", at: token.span.end)
            }
        }
    }

    private static func limit(_ message: String, at end: Int) -> KQLFault {
        .syntax(message, at: SourceSpan(end, end), suggestion: "Put long lists into a table and join it")
    }

    private mutating func next() -> Token {
        skipBlanks()
        let start = position
        guard let byte = peek() else { return token(.end, from: start) }
        if let fence = blockFence(at: position) { return block(fence, from: start) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return plainString(from: start)
        case UInt8(ascii: "@") where peek(1).map(\.isQuote) ?? false: return verbatimString(from: start)
        case UInt8(ascii: "!"): return negation(from: start)
        case _ where byte.isNameStart: return word(from: start)
        case _ where byte.isDecimalDigit: return number(from: start)
        default: return symbol(from: start)
        }
    }
}

// MARK: Words and symbols

extension Lexer {
    private mutating func word(from start: Int) -> Token {
        let text = takeName()
        if text == "h" || text == "H", let hidden = hiddenString(from: start) { return hidden }
        if text == "in", peek() == UInt8(ascii: "~") {
            position += 1
            return token(.negation("in~"), from: start)
        }
        if let value = Self.truths[text] { return token(.literal(.bool(value)), from: start) }
        if let type = LiteralType(keyword: text), let literal = bracketedLiteral(type, from: start) { return literal }
        return token(.word(text), from: start)
    }

    /// The only spellings there are.
    private static let truths = [
        "true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
    ]

    /// `!=`, `!~`, or a word with its sign: `!contains_cs`, `!in~`.
    private mutating func negation(from start: Int) -> Token {
        guard let next = peek(1), next.isNameStart else { return symbol(from: start) }
        position += 1
        var text = "!" + takeName()
        if text == "!in", peek() == UInt8(ascii: "~") {
            position += 1
            text += "~"
        }
        return token(.negation(text), from: start)
    }

    private mutating func symbol(from start: Int) -> Token {
        let first = bytes[start]
        let candidates = first < 128 ? Symbol.byFirstByte[Int(first)] : []
        for candidate in candidates where bytes[start...].starts(with: candidate.text) {
            position += candidate.text.count
            return token(.symbol(candidate.symbol), from: start)
        }
        position += first.lengthOfCharacter
        position = min(position, bytes.count)
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let advice = first < 128 ? "Remove it, or put it in quotes" : "Write names with such letters as ['…']"
        return bad("`\(text)` means nothing here", advice, from: start)
    }

    private mutating func takeName() -> String {
        let start = position
        // `$` may only come first: $left, $right, $table.
        if peek() == UInt8(ascii: "$") { position += 1 }
        while position < bytes.count, bytes[position].isNamePart { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}
