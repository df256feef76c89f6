/// A name as the query writes it, not yet resolved: a column, a table, a function, a property.
struct Name: Sendable {
    /// Without the brackets and quotes of `['a b']`.
    let text: String
    let span: SourceSpan
}

/// A name in which `*` may stand for any letters: `T*`, `*_dt`, `a*b`.
struct NamePattern: Sendable {
    let text: String
    let span: SourceSpan
    /// Whether it was written without `['…']` and holds a `*`.
    let isWildcard: Bool
}

/// `name: type`.
struct ColumnDeclaration: Sendable {
    let name: Name
    let type: ScalarType
    let span: SourceSpan
}

/// `name = expression`, `(a, b) = expression` or an expression alone.
struct NamedExpression: Sendable {
    /// Several only for the parts of a call's result: `(a, b) = f(x)`.
    let names: [Name]
    let isTuple: Bool
    let expression: Expression
    let span: SourceSpan
}

/// A sort key.
struct OrderedExpression: Sendable {
    enum Direction: String, Sendable {
        case ascending = "asc"
        case descending = "desc"
    }

    enum Nulls: String, Sendable {
        case first, last
    }

    let value: NamedExpression
    /// `nil` where the query leaves it to the default, which is descending.
    let direction: Direction?
    /// `nil`: first when ascending, last when descending.
    let nulls: Nulls?
    let span: SourceSpan
}

/// `name=value` between an operator and its arguments: `kind=inner`, `hint.strategy=shuffle`.
struct OperatorParameter: Sendable {
    enum Value: Sendable {
        case name(Name)
        case literal(LiteralExpression)
    }

    let name: Name
    let value: Value
    let span: SourceSpan

    /// The value as a word, written bare or as a string.
    var word: String? {
        switch value {
        case .name(let name): name.text
        case .literal(let literal):
            if case .string(let text) = literal.value { text } else { nil }
        }
    }

    /// The value as true or false, where it is one.
    var truth: Bool? {
        guard case .literal(let literal) = value, case .bool(let truth) = literal.value else { return nil }
        return truth
    }
}

extension [OperatorParameter] {
    /// The last parameter of a name.
    subscript(name: String) -> OperatorParameter? { last { $0.name.text == name } }
}
