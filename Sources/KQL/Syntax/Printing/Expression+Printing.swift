extension Expression {
    /// The expression as a query writes it, in brackets where it binds looser than `level`.
    func printed(_ level: ExpressionLevel = .disjunction) -> String {
        self.level < level ? "(\(bare))" : bare
    }

    /// As ``printed(_:)`` where a pipeline may stand without brackets.
    func printedWhole(between pipe: String = " | ") -> String {
        if case .pipeline(let pipeline) = self { return pipeline.printed(between: pipe) }
        return bare
    }

    fileprivate var level: ExpressionLevel {
        switch self {
        case .pipeline, .function: .pipeline
        case .logical(let node): node.operation == .or ? .disjunction : .conjunction
        case .comparison(let node): node.operation.level
        case .membership, .between: .equality
        case .arithmetic(let node): node.terms[0].operation.level
        case .sign: .sign
        case .literal, .name, .wildcard, .star, .call, .path, .datatable, .externalData, .entityGroup: .path
        }
    }

    private var bare: String {
        switch self {
        case .literal(let node): node.value.printed
        case .name(let node): node.printed
        case .wildcard(let node): node.printed
        case .star: "*"
        case .sign(let node): (node.isNegative ? "-" : "+") + node.operand.printed(.path)
        case .logical(let node): node.printed
        case .comparison(let node): node.printed
        case .membership(let node): node.printed
        case .between(let node): node.printed
        case .arithmetic(let node): node.printed
        case .call(let node): node.printed(name: node.name.printed)
        case .path(let node): node.printed
        case .pipeline(let node): node.printed()
        case .datatable(let node): node.printed
        case .externalData(let node): node.printed
        case .entityGroup(let node): "entity_group [\(node.members.map { $0.printed() }.commaSeparated)]"
        case .function(let node): node.printed
        }
    }
}

extension LogicalExpression {
    fileprivate var printed: String {
        operands.map { $0.printed(operandLevel) }.joined(separator: " \(operation.rawValue) ")
    }

    private var operandLevel: ExpressionLevel { operation == .or ? .conjunction : .equality }

    /// Over several lines, those behind the first one indented by so many blanks.
    func printed(indent: Int) -> String {
        let parts = operands.map { operand in
            let whole = operand.printed(operandLevel)
            guard case .logical(let inner) = operand, whole.isLong else { return whole }
            let text = inner.printed(indent: indent + 4)
            return whole.hasPrefix("(") && operand.level < operandLevel ? "(\(text))" : text
        }
        return parts.joined(separator: "\n" + String(repeating: " ", count: indent) + "\(operation.rawValue) ")
    }
}

extension ComparisonExpression {
    /// Operands stand one level tighter, as comparisons do not chain.
    fileprivate var printed: String {
        let tighter: ExpressionLevel =
            switch operation.level {
            case .equality: .relation
            case .relation: .sum
            default: .sign
            }
        return "\(left.printed(tighter)) \(operation.rawValue) \(right.printed(tighter))"
    }
}

extension MembershipExpression {
    fileprivate var printed: String {
        let values = operands.count == 1 ? operands[0].printedWhole() : operands.map { $0.printed() }.commaSeparated
        return "\(left.printed(.relation)) \(operation.rawValue) (\(values))"
    }
}

extension BetweenExpression {
    fileprivate var printed: String {
        "\(left.printed(.relation)) \(isNegated ? "!" : "")between (\(lower.printed()) .. \(upper.printed()))"
    }
}

extension ArithmeticExpression {
    fileprivate var printed: String {
        let level: ExpressionLevel = terms[0].operation.level == .sum ? .product : .text
        return terms.reduce(into: first.printed(level)) { text, term in
            text += " \(term.operation.rawValue) \(term.operand.printed(level))"
        }
    }
}

extension FunctionCall {
    /// - Parameter name: The call's name, in the spelling that its place asks for.
    func printed(name: String) -> String {
        if arguments.count == 1, arguments[0].name == nil, Parser.takesPipeline.contains(name) {
            return "\(name)(\(arguments[0].value.printedWhole()))"
        }
        return "\(name)(\(arguments.map(\.printed).commaSeparated))"
    }
}

extension FunctionCall.Argument {
    fileprivate var printed: String { (name.map { "\($0.printed) = " } ?? "") + value.printed() }
}

extension PathExpression {
    fileprivate var printed: String {
        steps.reduce(into: base.printed(.path)) { text, step in
            switch step {
            case .member(let name): text += ".\(name.text)"
            case .element(let index, _): text += "[\(index.printed())]"
            case .call(let call): text += ".\(call.printed(name: call.name.text))"
            }
        }
    }
}

extension String {
    /// Whether it is too long for one line of a query.
    var isLong: Bool { utf8.count > 96 }
}
