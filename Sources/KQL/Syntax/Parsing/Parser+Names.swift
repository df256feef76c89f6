// Where a word is a name and where a keyword. Kusto's grammar has two lists of keywords that may be names; this is the
// other way round, the words that may not, since the recorded answers of the engine take more than the lists say.

/// Words that are never a name without `['…']`.
private let reservedEverywhere: Set<String> = [
    "and", "or", "asc", "desc", "first", "last", "between", "containscs", "contains_cs", "notcontains", "notcontainscs",
    "startswith", "startswith_cs", "endswith", "endswith_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs",
    "has_cs", "has_any", "has_all", "like", "likecs", "notlike", "notlikecs",
]

/// Words that may name a new column, and cannot be read again under that name.
private let reservedInExpressions: Set<String> = [
    "as", "by", "contains", "has", "in", "of", "to", "where", "project", "extend", "summarize", "distinct", "union",
    "join",
    "order", "sort", "parse",
]

extension Parser {
    /// Whether the current token begins a name: a word or `['…']`.
    var beginsName: Bool {
        if let word = current.word { return !reservedEverywhere.contains(word) }
        return beginsBracketedName
    }

    var beginsBracketedName: Bool { at(.openBracket) && ahead().string != nil }

    /// A name that is given: of a column, a variable, a parameter.
    mutating func newName(_ what: String = "a name") throws(KQLFault) -> Name {
        if at(.openBracket) { return try bracketedName() }
        guard let word = current.word, !reservedEverywhere.contains(word) else { throw reserved(what) }
        return Name(text: word, span: advance().span)
    }

    /// A name that is looked up.
    mutating func knownName(_ what: String = "an expression") throws(KQLFault) -> Name {
        if let word = current.word, reservedInExpressions.contains(word) { throw reserved(what) }
        return try newName(what)
    }

    /// A property after a dot, or another name that no keyword is kept out of.
    mutating func anyName(_ what: String = "a name") throws(KQLFault) -> Name {
        if at(.openBracket) { return try bracketedName() }
        guard let word = current.word else { throw expected(what) }
        return Name(text: word, span: advance().span)
    }

    /// `['a b']`, which is a name whatever it holds.
    private mutating func bracketedName() throws(KQLFault) -> Name {
        let start = try expect(.openBracket)
        guard let text = current.string else { throw expected("a name in quotes") }
        advance()
        guard accept(.closeBracket) else {
            guard at(.comma) else { throw expected("`]`") }
            throw .syntax(
                "expected `]`, found `,`", at: current.span, suggestion: "Write a list of values as `dynamic([…])`")
        }
        return Name(text: text, span: span(from: start))
    }

    /// A name in which `*` may stand for letters, written without blanks.
    mutating func namePattern() throws(KQLFault) -> NamePattern {
        guard at(.times) || (current.word != nil && ahead().symbol == .times && touches(current, ahead())) else {
            let name = try newName("a column")
            return NamePattern(text: name.text, span: name.span, isWildcard: false)
        }
        let start = current.span
        var text = ""
        repeat { text += patternPart(advance()) } while continuesPattern
        return NamePattern(text: text, span: span(from: start), isWildcard: true)
    }

    private var continuesPattern: Bool {
        guard touches(previous, current) else { return false }
        if case .integer = current.kind { return true }
        return current.word != nil || at(.times)
    }

    private func patternPart(_ token: Token) -> String {
        switch token.kind {
        case .word(let text): text
        case .integer(let number): String(number)
        default: "*"
        }
    }

    /// The type after a colon or in a schema.
    mutating func scalarType() throws(KQLFault) -> ScalarType {
        guard let word = current.word, let type = ScalarType(written: word) else {
            throw expected("a type", near: ScalarType.allCases.map(\.rawValue))
        }
        advance()
        return type
    }

    /// `name: type`.
    mutating func columnDeclaration() throws(KQLFault) -> ColumnDeclaration {
        let name = try newName("a column name")
        try expect(.colon)
        let type = try scalarType()
        return ColumnDeclaration(name: name, type: type, span: span(from: name.span))
    }

    /// `(name: type, …)`.
    mutating func schema() throws(KQLFault) -> [ColumnDeclaration] {
        try expect(.openParenthesis)
        return try list(until: .closeParenthesis, mayEndInComma: true) { parser throws(KQLFault) in
            try parser.columnDeclaration()
        }
    }
}

extension Name {
    /// Whether the name may be written without brackets wherever a name may stand.
    var isPlain: Bool {
        isWord && !reservedEverywhere.contains(text) && !reservedInExpressions.contains(text)
            && !Self.special.contains(text)
            && LiteralType(keyword: text) == nil
    }

    /// Whether the lexer reads the name as one word.
    var isWord: Bool {
        guard let first = text.utf8.first, first.isNameStart, !Self.truths.contains(text) else { return false }
        return text.utf8.dropFirst().allSatisfy(\.isNamePart)
    }

    private static let truths: Set<String> = ["true", "false", "True", "False", "TRUE", "FALSE"]

    /// Words that begin something else where a name could stand.
    private static let special: Set<String> = [
        "h", "H", "dynamic", "datatable", "externaldata", "external_data", "entity_group", "print", "range", "find",
        "search",
        "evaluate",
    ]
}
