/// A query that has been read and not yet been given a meaning: the names in it are words with a place.
///
/// ```swift
/// let query = try Query.parse("OktaSystemLog | where outcome_result == 'FAILURE' | count")
/// query.description  // the same in one spelling
/// ```
///
/// The language is Kusto's, as its published grammar and the recorded answers of its engine have it.
public struct Query: Sendable {
    /// As it was given; all spans point into it.
    public let text: String
    let statements: [Statement]

    /// Reads a query. Linear in the text; a query beyond a limit (1 MB, 250 levels) is refused like any other error.
    ///
    /// - Throws: The first error of syntax, `SYN…`; where there is none, the first thing that parses and cannot mean
    ///   anything whatever the tables are, `SEM…`.
    public static func parse(_ text: String) throws(KQLFault) -> Query {
        Query(text: text, statements: try Parser.statements(of: text))
    }

    /// Whether a query has no bracket, string or literal left open, and does not end in a pipe: whether its writer
    /// may be done. A string of one line that ends with its line is an error, and no longer text mends it.
    public static func isComplete(_ text: String) -> Bool {
        guard let tokens = try? Lexer.tokens(of: text) else { return true }
        var depth = 0
        for token in tokens {
            switch token.kind {
            case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.openBrace): depth += 1
            case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): depth = max(0, depth - 1)
            case .bad(let fault) where fault.isOpen: return false
            default: break
            }
        }
        return depth == 0 && tokens.dropLast().last?.symbol != .pipe
    }
}
