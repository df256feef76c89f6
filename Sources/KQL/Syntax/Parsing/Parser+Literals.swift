extension Parser {
    /// Whether the current token begins a literal without a sign.
    var beginsLiteral: Bool {
        switch current.kind {
        case .integer, .string, .literal: true
        case .word("dynamic"): ahead().symbol == .openParenthesis
        default: false
        }
    }

    /// A literal without a sign; strings that follow one another are one.
    mutating func unsignedLiteral() throws(KQLFault) -> LiteralExpression {
        let start = current.span
        switch current.kind {
        case .string: return LiteralExpression(value: .string(stringValue()), span: span(from: start))
        case .literal(let value):
            advance()
            return LiteralExpression(value: value, span: start)
        case .integer(let number):
            guard let value = Int64(exactly: number) else {
                throw .syntax("this number does not fit a long", at: start, suggestion: "Write it as decimal(…)")
            }
            advance()
            return LiteralExpression(value: .long(value), span: start)
        case .word("dynamic") where ahead().symbol == .openParenthesis:
            let value = try dynamicLiteral()
            return LiteralExpression(value: .dynamic(value), span: span(from: start))
        default: throw expected("a value")
        }
    }

    /// Strings that follow one another, joined.
    mutating func stringValue() -> String {
        var text = ""
        while let part = current.string {
            text += part
            advance()
        }
        return text
    }

    /// A literal where only one may stand: in the rows of `datatable`, as a default, as an operator's parameter.
    mutating func literalValue() throws(KQLFault) -> LiteralExpression {
        guard at(.minus) || at(.plus) else { return try unsignedLiteral() }
        let start = current.span
        let isNegative = advance().symbol == .minus
        let value: Literal
        switch current.kind {
        case .integer(let number):
            guard let signed = Self.signed(number, isNegative) else { throw expected("a number that fits a long") }
            value = .long(signed)
        case .literal(.real(let number)): value = .real(number.map { isNegative ? -$0 : $0 })
        case .literal(.timespan(let span)):
            value = .timespan(span.map { Timespan(ticks: isNegative ? 0 &- $0.ticks : $0.ticks) })
        default: throw expected("a number")
        }
        advance()
        return LiteralExpression(value: value, span: span(from: start))
    }

    /// A number with its sign; the smallest long has no positive counterpart.
    static func signed(_ number: UInt64, _ isNegative: Bool) -> Int64? {
        guard isNegative else { return Int64(exactly: number) }
        return number <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- number) : nil
    }
}

// MARK: dynamic(…)

extension Parser {
    private mutating func dynamicLiteral() throws(KQLFault) -> DynamicLiteral {
        advance()
        try expect(.openParenthesis)
        let value = try dynamicValue()
        try expect(.closeParenthesis)
        return value
    }

    private mutating func dynamicValue() throws(KQLFault) -> DynamicLiteral {
        switch current.kind {
        case .symbol(.openBracket), .symbol(.openBrace), .word("dynamic"):
            return try nested { parser throws(KQLFault) in try parser.dynamicContainer() }
        case .word("null"):
            advance()
            return .null
        case .string: return .string(stringValue())
        case .symbol(.minus), .symbol(.plus), .integer, .literal:
            let literal = try literalValue()
            return try Self.dynamic(literal)
        default: throw expected("a JSON value")
        }
    }

    private mutating func dynamicContainer() throws(KQLFault) -> DynamicLiteral {
        if at(word: "dynamic") { return try dynamicLiteral() }
        if accept(.openBracket) {
            return .array(
                try list(until: .closeBracket, mayEndInComma: true) { parser throws(KQLFault) in
                    try parser.dynamicValue()
                })
        }
        try expect(.openBrace)
        let members = try list(until: .closeBrace, mayEndInComma: true) {
            parser throws(KQLFault) -> (key: String, value: DynamicLiteral) in
            guard parser.current.string != nil else { throw parser.expected("a key in quotes") }
            let key = parser.stringValue()
            try parser.expect(.colon)
            return (key, try parser.dynamicValue())
        }
        return .bag(members)
    }

    private static func dynamic(_ literal: LiteralExpression) throws(KQLFault) -> DynamicLiteral {
        switch literal.value {
        case .bool(let value): value.map { .bool($0) } ?? .null
        case .int(let value): value.map { .long(Int64($0)) } ?? .null
        case .long(let value): value.map { .long($0) } ?? .null
        case .real(let value): value.map { .real($0) } ?? .null
        case .datetime(let value): value.map { .datetime($0) } ?? .null
        case .timespan(let value): value.map { .timespan($0) } ?? .null
        case .guid(let value): value.map { .guid($0) } ?? .null
        case .string(let value): .string(value)
        case .dynamic(let value): value
        case .decimal, .type: throw .syntax("this literal cannot stand in dynamic(…)", at: literal.span)
        }
    }
}
