internal import Diagnostics
internal import Tables

/// Reads the condition of a rule, by the precedence of Sigma's specification:
///
///     condition = all ("or" all)*
///     all       = not ("and" not)*
///     not       = "not" not | term
///     term      = "(" condition ")" | ("1" | "any" | "all") "of" ("them" | PATTERN) | NAME
///
/// A pattern is a name with `*` for any text. Names that begin with `_` stand only for themselves.
struct Condition {
    /// A word or a bracket, and its column, counted from 1.
    struct Token {
        let text: String
        let column: Int
    }

    /// How deeply brackets and `not` may nest.
    static let depthLimit = 64
    /// Of how many words and brackets it may be.
    static let lengthLimit = 10_000
    /// How many tests it may ask for, those of a selection counted each time it is named.
    static let sizeLimit = 100_000

    let selections: [(name: String, predicate: Predicate)]
    let sizes: [Int]
    let places: [ByteText: Int]
    var tokens: ArraySlice<Token>
    private var depth = 0
    var size = 0

    /// What a condition over these selections asks for.
    ///
    /// - Throws: Without a place; the problem names the column within the condition.
    static func predicate(
        _ text: String, over selections: [(name: String, predicate: Predicate)]
    ) throws(Diagnostic) -> Predicate {
        var condition = Condition(text, selections)
        guard condition.tokens.count <= lengthLimit else {
            throw condition.fault("has more than \(lengthLimit) words", remedy: "Split the rule")
        }
        let predicate = try condition.either()
        if let rest = condition.tokens.first { throw condition.unexpected(rest) }
        return predicate
    }

    private init(_ text: String, _ selections: [(name: String, predicate: Predicate)]) {
        self.selections = selections
        sizes = selections.map(\.predicate.size)
        places = Dictionary(selections.enumerated().map { (ByteText($0.element.name), $0.offset) }) { first, _ in first
        }
        tokens = Self.tokens(of: text)[...]
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = [], word = "", column = 0
        func flush() {
            if !word.isEmpty { tokens.append(Token(text: word, column: column - word.unicodeScalars.count)) }
        }
        for scalar in text.unicodeScalars {
            column += 1
            if scalar.properties.isWhitespace || "()|".unicodeScalars.contains(scalar) {
                flush()
                word = ""
                if !scalar.properties.isWhitespace { tokens.append(Token(text: String(scalar), column: column)) }
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        column += 1
        flush()
        return tokens
    }

    /// Takes the next token when it is this word.
    private mutating func take(_ word: String) -> Bool {
        guard let next = tokens.first, LetterCase.areSame(next.text, word) else { return false }
        tokens = tokens.dropFirst()
        return true
    }

    private mutating func either() throws(Diagnostic) -> Predicate {
        var parts = [try both()]
        while take("or") { parts.append(try both()) }
        return .some(parts)
    }

    private mutating func both() throws(Diagnostic) -> Predicate {
        var parts = [try negation()]
        while take("and") { parts.append(try negation()) }
        return .every(parts)
    }

    private mutating func negation() throws(Diagnostic) -> Predicate {
        guard let start = tokens.first, take("not") else { return try term() }
        return try nested(at: start) { condition throws(Diagnostic) in .not(try condition.negation()) }
    }

    private mutating func term() throws(Diagnostic) -> Predicate {
        guard let token = tokens.first else {
            throw fault("ends where a selection belongs", remedy: "Write the name of a selection")
        }
        if take("(") {
            let inner = try nested(at: token) { condition throws(Diagnostic) in try condition.either() }
            guard take(")") else {
                throw fault("has a bracket that is not closed, at column \(token.column)", remedy: "Close it")
            }
            return inner
        }
        if tokens.dropFirst().first.map({ LetterCase.areSame($0.text, "of") }) == true { return try quantified() }
        guard !")|".contains(token.text) else { throw unexpected(token) }
        tokens = tokens.dropFirst()
        return try selection(token)
    }

    private mutating func nested(
        at token: Token, _ body: (inout Condition) throws(Diagnostic) -> Predicate
    ) throws(Diagnostic) -> Predicate {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw fault(
                "nests deeper than \(Self.depthLimit) levels, at column \(token.column)", remedy: "Use more selections")
        }
        return try body(&self)
    }
}
