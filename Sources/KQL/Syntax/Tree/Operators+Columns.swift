// Operators that read texts into columns, order columns, and say how to show them.

/// `parse` and `parse-where`.
struct Parse: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case simple, regex, relaxed
    }

    /// A part of the pattern after `with`.
    enum Part: Sendable {
        /// `*`: text that is passed over.
        case skip(SourceSpan)
        case text(String, SourceSpan)
        case column(Name, ScalarType?, SourceSpan)
    }

    let parameters: [OperatorParameter]
    let source: Expression
    let parts: [Part]
    let span: SourceSpan

    var kind: Kind { parameters["kind"]?.word.flatMap(Kind.init) ?? .simple }
    /// RE2's flags, of `kind=regex`.
    var flags: String? { parameters["flags"]?.word }
}

/// `parse-kv source as (name: type, …) with (pair_delimiter = ",", …)`.
struct ParseKeyValues: Sendable {
    let source: Expression
    let columns: [ColumnDeclaration]
    let properties: [OperatorParameter]
    let span: SourceSpan
}

/// A column of `project-reorder`, or several.
struct ReorderItem: Sendable {
    enum Order: String, Sendable {
        case ascending = "asc"
        case descending = "desc"
        case grannyAscending = "granny-asc"
        case grannyDescending = "granny-desc"
    }

    let pattern: NamePattern
    let order: Order?
    let span: SourceSpan
}

/// `render chart with (properties)`; changes no row.
struct Render: Sendable {
    struct Property: Sendable {
        let name: Name
        /// Several only for lists of columns: `ycolumns = a, b`.
        let values: [Expression]
        let span: SourceSpan
    }

    let chart: Name
    let properties: [Property]
    let span: SourceSpan
}

/// `evaluate plugin(arguments)`.
struct Evaluate: Sendable {
    let parameters: [OperatorParameter]
    let plugin: FunctionCall
    /// `: (name: type, …)`, what the plugin is said to give; `isOpen` where it begins with `*`, which stands for the
    /// columns that come in.
    let schema: (columns: [ColumnDeclaration], isOpen: Bool)?
    let span: SourceSpan
}
