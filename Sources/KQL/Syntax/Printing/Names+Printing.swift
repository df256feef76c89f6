extension Name {
    /// Bare where that is the same name everywhere, else as `["…"]`.
    var printed: String { isPlain ? text : "[\(text.quotedForKQL)]" }

    /// Bare wherever the lexer makes one word of it: where no keyword is kept out.
    var printedWord: String { isWord && LiteralType(keyword: text) == nil ? text : "[\(text.quotedForKQL)]" }
}

extension NamePattern {
    var printed: String { isWildcard ? text : Name(text: text, span: span).printed }
}

extension ColumnDeclaration {
    var printed: String { "\(name.printed): \(type.rawValue)" }
}

extension NamedExpression {
    var printed: String {
        let left = names.map(\.printed).commaSeparated
        if isTuple { return "(\(left)) = \(expression.printed())" }
        return (names.isEmpty ? "" : "\(left) = ") + expression.printed()
    }
}

extension OrderedExpression {
    var printed: String {
        value.printed + (direction.map { " \($0.rawValue)" } ?? "") + (nulls.map { " nulls \($0.rawValue)" } ?? "")
    }
}

extension OperatorParameter {
    var printed: String { "\(name.text)=\(value.printed)" }
}

extension OperatorParameter.Value {
    var printed: String {
        switch self {
        case .name(let name): name.printedWord
        case .literal(let literal): literal.value.printed
        }
    }
}

extension [OperatorParameter] {
    /// Each with a blank after it.
    var printed: String { map { $0.printed + " " }.joined() }
}

extension [NamedExpression] {
    var printed: String { map(\.printed).commaSeparated }
}
