/// Reads a query by recursive descent, one method for each production of Kusto's published grammar
/// (`grammar/Kql.g4` of Microsoft's Kusto-Query-Language), and stops at the first error.
///
/// ```
/// query      = statement { ";" statement } [ ";" ]
/// statement  = let | set | declare | restrict | alias | pipeline
/// pipeline   = ( expression | operator ) { "|" operator }
/// expression = conjunction { "or" conjunction }
/// ```
///
/// What parses but means nothing (a join of an unknown kind) is kept until the whole text has been read: Kusto too
/// parses first, so an error of syntax further down goes before it.
struct Parser {
    let tokens: [Token]
    var index = 0
    /// Whether `*` may be an operand by itself, as in the predicate of `search`.
    var allowsStar = false
    private var depth = 0
    private var meaningless: KQLFault?

    init(_ text: String) throws(KQLFault) {
        tokens = try Lexer.tokens(of: text)
    }

    /// The statements of a query.
    static func statements(of text: String) throws(KQLFault) -> [Statement] {
        var parser = try Parser(text)
        let statements = try parser.query(end: text.utf8.count)
        if let fault = parser.meaningless { throw fault }
        return statements
    }
}

// MARK: Tokens

extension Parser {
    var current: Token { tokens[index] }

    /// The token some places on; the end repeats.
    func ahead(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    /// The token before the current one.
    var previous: Token { tokens[max(index - 1, 0)] }

    @discardableResult
    mutating func advance() -> Token {
        let token = current
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    /// From a token to the last one read.
    func span(from start: SourceSpan) -> SourceSpan { start.through(previous.span) }

    func at(_ symbol: Symbol) -> Bool { current.symbol == symbol }

    func at(word: String) -> Bool { current.word == word }

    mutating func accept(_ symbol: Symbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    mutating func accept(word: String) -> Bool {
        guard at(word: word) else { return false }
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ symbol: Symbol) throws(KQLFault) -> SourceSpan {
        guard at(symbol) else { throw expected("`\(symbol.rawValue)`") }
        return advance().span
    }

    @discardableResult
    mutating func expect(word: String) throws(KQLFault) -> SourceSpan {
        guard at(word: word) else { throw expected("`\(word)`", near: [word]) }
        return advance().span
    }

    /// Whether a token follows another without a blank.
    func touches(_ token: Token, _ next: Token) -> Bool { token.span.end == next.span.start }
}

// MARK: Lists and depth

extension Parser {
    /// One or more, apart by commas.
    mutating func list<Element>(
        _ element: (inout Parser) throws(KQLFault) -> Element
    ) throws(KQLFault) -> [Element] {
        var elements = [try element(&self)]
        while accept(.comma) { elements.append(try element(&self)) }
        return elements
    }

    /// None or more between brackets that have been opened; a comma may stand before the end where Kusto allows it.
    mutating func list<Element>(
        until close: Symbol, mayEndInComma: Bool = false, _ element: (inout Parser) throws(KQLFault) -> Element
    ) throws(KQLFault) -> [Element] {
        var elements: [Element] = []
        if accept(close) { return elements }
        while true {
            elements.append(try element(&self))
            if accept(close) { return elements }
            guard accept(.comma) else { throw expected("`,` or `\(close.rawValue)`") }
            if mayEndInComma, accept(close) { return elements }
        }
    }

    /// Runs `body` one level deeper; refuses to go below the limit. All recursion passes through here.
    mutating func nested<Result>(_ body: (inout Parser) throws(KQLFault) -> Result) throws(KQLFault) -> Result {
        guard depth < SyntaxLimits.depth else {
            throw .syntax(
                "the query is nested more than \(SyntaxLimits.depth) levels deep", at: current.span,
                suggestion: "Name the inner parts with `let`")
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// Keeps the first error of meaning until the text has been read.
    mutating func refuse(_ fault: KQLFault) {
        if meaningless == nil { meaningless = fault }
    }
}
