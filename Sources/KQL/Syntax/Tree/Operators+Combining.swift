// Operators that combine tables.

/// `join` and `lookup`.
struct Join: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case innerUnique = "innerunique"
        case inner
        case leftOuter = "leftouter"
        case rightOuter = "rightouter"
        case fullOuter = "fullouter"
        case leftSemi = "leftsemi"
        case rightSemi = "rightsemi"
        case leftAnti = "leftanti"
        case anti
        case leftAntiSemi = "leftantisemi"
        case rightAnti = "rightanti"
        case rightAntiSemi = "rightantisemi"

        /// The kinds of a `lookup`.
        static let ofLookup: [Kind] = [.leftOuter, .inner]
    }

    let parameters: [OperatorParameter]
    let right: Expression
    /// `on a, $left.b == $right.c`.
    let conditions: [Expression]
    let span: SourceSpan

    /// `nil` where the query leaves it to the operator's default. The parser has refused unknown kinds.
    var kind: Kind? { parameters["kind"]?.word.flatMap(Kind.init) }
}

/// `union kind=outer withsource=Table T, U*, (V | where x)`; columns line up by name.
struct Union: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case inner, outer
    }

    let parameters: [OperatorParameter]
    let tables: [Expression]
    let span: SourceSpan

    var kind: Kind { parameters["kind"]?.word.flatMap(Kind.init) ?? .outer }
    /// The column that names each row's table.
    var sourceColumn: String? { (parameters["withsource"] ?? parameters["with_source"])?.word }
    var isFuzzy: Bool { parameters["isfuzzy"]?.truth ?? false }
}

/// `find in (T*) where predicate project a, b: long, pack(*)`.
struct Find: Sendable {
    enum Output: Sendable {
        case automatic
        case smart
        case columns([Column])
    }

    struct Column: Sendable {
        enum Content: Sendable {
            case column(Name, ScalarType?)
            /// `pack(*)`.
            case pack
        }

        let content: Content
        let span: SourceSpan
    }

    let parameters: [OperatorParameter]
    /// Empty: all tables.
    let tables: [Expression]
    let predicate: Expression
    let output: Output
    /// `project-away`; empty where there is none.
    let away: [NamePattern]
    let span: SourceSpan
}

/// `search in (T, U*) "x" and column:"y"`.
struct Search: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case `default`
        case caseInsensitive = "case_insensitive"
        case caseSensitive = "case_sensitive"
    }

    let parameters: [OperatorParameter]
    /// Empty: the rows that come in, or all tables.
    let tables: [Expression]
    /// Strings in it stand for "some column has".
    let predicate: Expression
    let span: SourceSpan

    var kind: Kind { parameters["kind"]?.word.flatMap(Kind.init) ?? .default }
}

/// `macro-expand group as name (statements)`: the statements once for each member of the group.
struct MacroExpand: Sendable {
    let parameters: [OperatorParameter]
    let group: Expression
    let name: Name
    let statements: [Statement]
    let span: SourceSpan
}

/// One sub-query of `fork`.
struct Branch: Sendable {
    let name: Name?
    let body: Pipeline
    let span: SourceSpan
}

/// `facet by a, b with (…)`: a table for each column's values, and one more for the sub-query.
struct Facet: Sendable {
    let columns: [Expression]
    let body: Pipeline?
    let span: SourceSpan
}

/// `partition by column (…)`: the sub-query once for each value of a column.
struct Partition: Sendable {
    let parameters: [OperatorParameter]
    let column: Expression
    /// `in (…)`, the values that are asked for.
    let values: Expression?
    /// `( … )` begins with an operator, `{ … }` with a source.
    let body: Expression
    let isClosed: Bool
    let span: SourceSpan
}
