/// Rows and what is done to them, in order: `T | where x | count`.
struct Pipeline: Sendable {
    enum Source: Sendable {
        case expression(Expression)
        /// The rows that the enclosing operator hands in, in the sub-queries of `mv-apply`, `partition` and `fork`.
        case enclosing
        /// None: the first operator makes the rows (`print`, `range`, `union`, `search`, …).
        case none
    }

    let source: Source
    let stages: [Stage]
    let span: SourceSpan
}

/// One operator of a pipeline.
struct Stage: Sendable {
    let operation: TabularOperator
    /// The operator's own words: `project-away`.
    let keywordSpan: SourceSpan
    let span: SourceSpan
}

/// `datatable (name: type, …) [ value, … ]`; the values fill row after row.
struct Datatable: Sendable {
    let parameters: [OperatorParameter]
    let columns: [ColumnDeclaration]
    let values: [LiteralExpression]
    let span: SourceSpan
}

/// `externaldata (name: type, …) [ "https://…" ] with (format = "csv")`.
struct ExternalData: Sendable {
    let parameters: [OperatorParameter]
    let columns: [ColumnDeclaration]
    let addresses: [Expression]
    let properties: [OperatorParameter]
    let span: SourceSpan
}

/// `entity_group [cluster("a").database("b"), …]`.
struct EntityGroup: Sendable {
    let members: [Expression]
    let span: SourceSpan
}

/// `(x: long, T: (a: string, *)) { … }`.
struct FunctionDeclaration: Sendable {
    struct Parameter: Sendable {
        enum Kind: Sendable {
            case scalar(ScalarType)
            /// `(*)` is open and names no columns.
            case table([ColumnDeclaration], isOpen: Bool)
        }

        let name: Name
        let kind: Kind
        let value: LiteralExpression?
        let span: SourceSpan
    }

    let isView: Bool
    let parameters: [Parameter]
    let body: FunctionBody
    let span: SourceSpan
}

/// `{ let a = 1; a + 1 }`.
struct FunctionBody: Sendable {
    let statements: [Statement]
    let result: Expression?
    let span: SourceSpan
}
