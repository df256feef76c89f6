internal import Diagnostics

/// Reads a filter of Okta's System Log API: the subset of SCIM's language (RFC 7644, section 3.4.2.2) that the API has,
/// and the lists that Okta's published filters use.
///
///     filter  = both ("or" both)*
///     both    = term ("and" term)*
///     term    = "not" term | "(" filter ")" | ATTRIBUTE "pr" | ATTRIBUTE "in" list | ATTRIBUTE operator value
///     list    = "[" value ("," value)* "]"
///     value   = TEXT | NUMBER | "true" | "false" | "null"
///
/// Words and names count in any case, and so do values. An attribute may have several values: of these one is enough.
/// `ne` holds where no value is equal, also where there is none.
struct SystemLogFilter {
    /// The operators that stand between an attribute and a value.
    enum Operator: String, CaseIterable {
        case eq, ne, co, sw, ew, gt, ge, lt, le
    }

    /// How deeply brackets and `not` may nest.
    static let depthLimit = 64

    private var tokens: ArraySlice<FilterToken>
    private let end: Int
    private var depth = 0

    /// What a filter asks for.
    ///
    /// - Throws: Without a place; the problem names the column.
    static func predicate(_ filter: String) throws(Diagnostic) -> Predicate {
        let tokens = try FilterLexer.tokens(of: filter)
        var parser = SystemLogFilter(tokens: tokens[...], end: filter.unicodeScalars.count + 1)
        let predicate = try parser.either()
        if let rest = parser.tokens.first { throw parser.unexpected(rest, "`and` or `or`") }
        return predicate
    }

    private init(tokens: ArraySlice<FilterToken>, end: Int) {
        self.tokens = tokens
        self.end = end
    }

    mutating func takeWord(_ word: String) -> Bool { take { $0.isWord(word) } }

    mutating func takeSign(_ sign: Character) -> Bool { take { $0.kind == .sign(sign) } }

    private mutating func take(_ isWanted: (FilterToken) -> Bool) -> Bool {
        guard let next = tokens.first, isWanted(next) else { return false }
        tokens = tokens.dropFirst()
        return true
    }

    mutating func next(_ wanted: String) throws(Diagnostic) -> FilterToken {
        guard let token = tokens.popFirst() else {
            throw .filter(
                "ends where \(wanted) belongs, at column \(end)", remedy: "Write `attribute operator \"value\"`")
        }
        return token
    }

    func unexpected(_ token: FilterToken, _ wanted: String) -> Diagnostic {
        .filter(
            "has `\(token.description.shown)` where \(wanted) belongs, at column \(token.column)",
            remedy: "Write `attribute operator \"value\"`, joined by `and` or `or`")
    }

    private mutating func either() throws(Diagnostic) -> Predicate {
        var parts = [try both()]
        while takeWord("or") { parts.append(try both()) }
        return .some(parts)
    }

    private mutating func both() throws(Diagnostic) -> Predicate {
        var parts = [try term()]
        while takeWord("and") { parts.append(try term()) }
        return .every(parts)
    }

    private mutating func term() throws(Diagnostic) -> Predicate {
        depth += 1
        defer { depth -= 1 }
        let column = tokens.first?.column ?? end
        guard depth <= Self.depthLimit else {
            throw .filter("nests deeper than \(Self.depthLimit) levels, at column \(column)", remedy: "Flatten it")
        }
        if takeWord("not") { return .not(try term()) }
        guard takeSign("(") else { return try comparison() }
        let inner = try either()
        guard takeSign(")") else {
            if let rest = tokens.first { throw unexpected(rest, "`)`") }
            throw .filter("has a bracket that is not closed, at column \(column)", remedy: "Close it")
        }
        return inner
    }
}
