internal import Diagnostics

// The sentences of syntax errors, and what is suggested.

extension Parser {
    /// What was expected where the current token stands.
    ///
    /// - Parameter words: The words that could stand there, to find the one that was meant.
    func expected(_ what: String, near words: [String] = []) -> KQLFault {
        if case .bad(let fault) = current.kind {
            return .syntax(fault.message, at: fault.span, suggestion: fault.suggestion)
        }
        return .syntax(
            "expected \(what), found \(current.description.shortened)", at: current.span,
            suggestion: current.name.flatMap { Suggestion.near($0, in: words) } ?? hint)
    }

    /// What people mean who write the current token where it cannot stand.
    private var hint: String? {
        if let text = previous.string, text.utf8.last == UInt8(ascii: "\\"), !current.isEnd {
            return "In @\"…\" a backslash is itself: write a quote twice, or use '…' around it"
        }
        return switch current.kind {
        case .word("as"): "Write the new name first: `NewName = OldName`"
        case .symbol(.openBrace): "Replace the placeholder in braces by a value"
        case .symbol(.equal), .symbol(.notEqual), .symbol(.less), .symbol(.lessOrEqual), .symbol(.greater),
            .symbol(.greaterOrEqual):
            "Join comparisons with `and`: `a <= b and b <= c`"
        case .symbol(.assign): "Compare with `==`; `=` only gives a name"
        default: nil
        }
    }

    /// As ``expected(_:near:)`` where a word stands that is never a name.
    func reserved(_ what: String) -> KQLFault {
        let fault = expected(what)
        guard let word = current.word, fault.suggestion == nil else { return fault }
        let isOperator = ComparisonOperator(written: word) != nil || MembershipOperator(rawValue: word) != nil
        return .syntax(
            fault.message, at: fault.span,
            suggestion: isOperator
                ? "`\(word)` stands between its operands: `Column \(word) …`"
                : "`\(word)` is a keyword; the name is written ['\(word)']")
    }

    /// A stage or a query goes on where it cannot.
    func unexpectedEnd() -> KQLFault {
        var fault = expected("an operator, `|` or the end of the query", near: Suggestion.operators)
        let isApart = previous.span.end < current.span.start && current.word != nil
        if fault.suggestion == nil, isApart, statementIsLet {
            fault = .syntax(fault.message, at: fault.span, suggestion: "End the `let` before it with `;`")
        }
        return fault
    }

    /// Whether the statement that is being read begins with `let`.
    private var statementIsLet: Bool {
        let start = tokens[..<index].lastIndex { $0.symbol == .semicolon }.map { $0 + 1 } ?? 0
        return tokens[start].word == "let"
    }
}

extension Token {
    /// A word or an operator made of letters.
    var name: String? {
        switch kind {
        case .word(let text), .negation(let text): text
        default: nil
        }
    }
}

/// What to write instead of a word that Kusto does not know.
enum Suggestion {
    /// The words and signs that may follow an operand.
    static let operators =
        ["and", "or", "between", "!between"] + ComparisonOperator.allCases.map(\.rawValue)
        + MembershipOperator.allCases.map(\.rawValue)

    /// The word of a list that is nearest, or what other query languages call it.
    static func near(_ word: String, in words: [String]) -> String? {
        guard word.utf8.count <= 40 else { return nil }
        guard !words.isEmpty else { return nil }
        let lowered = word.lowercased()
        if let exact = words.first(where: { $0 == lowered }) { return didYouMean(exact) }
        if let meant = slips[lowered],
            words.contains(meant.prefix(while: { $0 != " " }).description) || words.contains(meant)
        {
            return didYouMean(meant)
        }
        return word.utf8.count > 2 ? words.nearest(to: word).map(didYouMean) : nil
    }

    private static func didYouMean(_ text: String) -> String { "Did you mean `\(text)`?" }

    /// What Kusto calls what SQL, other query languages and language models call something.
    private static let slips: [String: String] = [
        "select": "project", "rename": "project-rename", "drop": "project-away", "keep": "project-keep",
        "group": "summarize", "groupby": "summarize", "stats": "summarize", "aggregate": "summarize",
        "orderby": "order by", "sortby": "sort by", "head": "take", "tail": "top",
        "dedup": "distinct", "unique": "distinct", "uniq": "distinct", "eval": "extend", "add": "extend",
        "rex": "parse",
        "mvexpand": "mv-expand", "expand": "mv-expand", "unnest": "mv-expand", "explode": "mv-expand",
        "having": "where", "search_for": "search", "append": "union", "contains_any": "has_any",
        "contains_all": "has_all",
        "has_ci": "has", "icontains": "contains", "has_regex": "matches regex", "rlike": "matches regex",
        "regex": "matches regex", "regexp": "matches regex", "match": "matches regex", "notin": "!in", "not": "!",
        "starts_with": "startswith", "ends_with": "endswith", "any": "has_any", "ilike": "contains", "is": "==",
        "xor": "!=",
    ]
}
