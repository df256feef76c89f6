/// One word of a query, and where it stands.
struct Token: Sendable {
    enum Kind: Sendable {
        /// A name or a keyword as it is written; which of the two, the parser decides by its place.
        case word(String)
        /// `in~` and everything that begins with `!`: never a name.
        case negation(String)
        case integer(UInt64)
        /// Adjacent strings are still apart.
        case string(String)
        /// Any literal but integers and strings: `1.5`, `2h`, `true`, `datetime(…)`.
        case literal(Literal)
        case symbol(Symbol)
        /// Text that is no token. The lexer goes on, and the parser reports it where it comes to it.
        indirect case bad(LexicalFault)
        case end
    }

    let kind: Kind
    let span: SourceSpan
}

/// What is wrong with a token.
struct LexicalFault: Sendable {
    let message: String
    let suggestion: String?
    /// The bytes at fault inside the token: the backslash of a bad escape, not the whole string.
    let span: SourceSpan
    /// Whether more text at the end of the query could mend it.
    var isOpen = false
}

/// The signs of the language.
enum Symbol: String, CaseIterable, Sendable {
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case pipe = "|"
    case comma = ","
    case semicolon = ";"
    case colon = ":"
    case dot = "."
    case range = ".."
    case assign = "="
    case arrow = "=>"
    case at = "@"
    case question = "?"
    case equal = "=="
    case notEqual = "!="
    case unequal = "<>"
    case sameText = "=~"
    case otherText = "!~"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"

    /// Longest first, by first byte, so that `==` is not read as two `=`.
    static let byFirstByte: [[(text: [UInt8], symbol: Symbol)]] = {
        var table = [[(text: [UInt8], symbol: Symbol)]](repeating: [], count: 128)
        for symbol in allCases.sorted(by: { $0.rawValue.utf8.count > $1.rawValue.utf8.count }) {
            let text = Array(symbol.rawValue.utf8)
            table[Int(text[0])].append((text, symbol))
        }
        return table
    }()
}

extension Token {
    /// The word, when this is one.
    var word: String? {
        if case .word(let text) = kind { return text }
        return nil
    }

    var symbol: Symbol? {
        if case .symbol(let symbol) = kind { return symbol }
        return nil
    }

    var string: String? {
        if case .string(let text) = kind { return text }
        return nil
    }

    var isEnd: Bool {
        if case .end = kind { return true }
        return false
    }

    /// The token as an error names it.
    var description: String {
        switch kind {
        case .word(let text), .negation(let text): "`\(text)`"
        case .integer(let number): "`\(number)`"
        case .string: "a string"
        case .literal(let literal): "a \(literal.type.rawValue) literal"
        case .symbol(let symbol): "`\(symbol.rawValue)`"
        case .bad(let fault): fault.message
        case .end: "the end of the query"
        }
    }
}
