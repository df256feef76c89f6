// Which columns an expression is about, and what it is compared with.

extension Generalisation {
    /// Functions whose result names what their arguments name.
    private static let naming: Set<String> = [
        "tolower", "toupper", "tostring", "trim", "trim_start", "trim_end", "coalesce", "split", "extract", "substring",
        "replace_string", "replace_regex", "replace", "parse_json", "todynamic", "strcat", "take_any", "any", "min",
        "max", "reverse", "column_ifexists", "columnifexists", "parse_ipv4", "format_ipv4",
    ]

    /// The columns, or paths into them, that an expression takes its value from; `nil` where it makes something else
    /// of them.
    func roots(of expression: Expression) -> [String]? {
        switch expression {
        case .literal: return []
        case .name(let name):
            if let known = made[name.text] { return known }
            return values[name.text] == nil ? [name.text] : []
        case .path(let path):
            guard case .name(let base) = path.base else { return roots(of: path.base) }
            return made[base.text] == nil ? [expression.printed()] : roots(of: path.base)
        case .call(let call):
            guard Self.naming.contains(call.name.text) else { return nil }
            let parts = call.arguments.map { roots(of: $0.value) }
            return parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
        default: return nil
        }
    }

    /// What an expression names; `nil` where it names nothing, or several kinds.
    func meaning(of expression: Expression, _ values: [String]) -> ColumnMeaning? {
        guard let roots = roots(of: expression), let first = roots.first, let meaning = ask(first, values),
            meaning != .time, roots.allSatisfy({ ask($0, values) == meaning })
        else { return nil }
        return meaning
    }

    /// The texts that an expression is: written out, or bound by `let`.
    func texts(of expression: Expression) -> [String]? {
        if case .name(let name) = expression { return boundTexts[name.text] }
        if case .call(let call) = expression, ["tolower", "toupper", "tostring"].contains(call.name.text),
            call.arguments.count == 1
        {
            return texts(of: call.arguments[0].value)
        }
        return expression.writtenTexts
    }

    // MARK: Time

    /// Functions that leave a time what it is, but coarser.
    private static let coarser: Set<String> = [
        "bin", "floor", "todatetime", "startofhour", "startofday", "startofweek", "startofmonth", "endofhour",
        "endofday",
    ]

    /// Whether it is the time of a row, and not some part of it such as its hour.
    func isTime(_ expression: Expression) -> Bool {
        switch expression {
        case .name(let name):
            guard let known = made[name.text] else { return ask(name.text, []) == .time }
            return known?.count == 1 && known?.first.map { ask($0, []) == .time } ?? false
        case .call(let call):
            return Self.coarser.contains(call.name.text) && call.arguments.first.map { isTime($0.value) } ?? false
        default: return false
        }
    }

    /// Whether it is the same for all rows.
    func isConstant(_ expression: Expression) -> Bool {
        switch expression {
        case .literal: true
        case .name(let name): values[name.text] != nil
        case .sign(let node): isConstant(node.operand)
        case .arithmetic(let node): isConstant(node.first) && node.terms.allSatisfy { isConstant($0.operand) }
        case .call(let call): call.arguments.allSatisfy { isConstant($0.value) }
        default: false
        }
    }

    /// Whether it is made of an instant, and not counted back from now.
    func namesInstant(_ expression: Expression) -> Bool {
        let text = expression.printed()
        if text.contains("datetime(") { return true }
        guard case .name(let name) = expression else { return false }
        return values[name.text]?.contains("datetime(") ?? false
    }

    // MARK: Conditions for other languages

    /// A condition without KQL's forms, where it is made of columns and values alone.
    func condition(of expression: Expression) -> QueryCondition {
        switch expression {
        case .logical(let node):
            let parts = node.operands.map { condition(of: $0) }
            return node.operation == .and ? .all(parts) : .any(parts)
        case .call(let call) where call.name.text == "not" && call.arguments.count == 1:
            return .not(condition(of: call.arguments[0].value))
        case .comparison(let node):
            guard let column = column(node.left), case .literal(let literal) = node.right,
                let values = literal.value.testValues, values.count == 1
            else { break }
            return .test(QueryTest(column: column, operation: node.operation.rawValue, values: values))
        case .membership(let node):
            let values = node.operands.compactMap { operand -> [QueryTest.Value]? in
                guard case .literal(let literal) = operand else { return nil }
                return literal.value.testValues
            }
            guard let column = column(node.left), values.count == node.operands.count else { break }
            return .test(
                QueryTest(column: column, operation: node.operation.rawValue, values: values.flatMap { $0 }))
        default: break
        }
        return .other(expression.printed())
    }

    /// The name of a column of the table.
    private func column(_ expression: Expression) -> String? {
        guard case .name(let name) = expression, made[name.text] == nil, values[name.text] == nil else { return nil }
        return name.text
    }
}

extension Literal {
    fileprivate var testValues: [QueryTest.Value]? {
        switch self {
        case .string(let text): [.text(text)]
        case .long(let number?): [.number(number)]
        case .int(let number?): [.number(Int64(number))]
        case .bool(let truth?): [.truth(truth)]
        case .dynamic(.array(let items)):
            items.reduce(into: [QueryTest.Value]?([])) { values, item in
                if case .string(let text) = item { values?.append(.text(text)) } else { values = nil }
            }
        default: nil
        }
    }
}
