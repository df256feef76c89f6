extension Query: CustomStringConvertible {
    /// The query in one spelling: brackets only where they are needed, strings in double quotes, one operator a line.
    /// Reading it again gives the same tree.
    public var description: String {
        statements.map { statement in
            if case .command(let span) = statement {
                return String(decoding: text.utf8.dropFirst(span.start).prefix(span.end - span.start), as: UTF8.self)
            }
            return statement.printed(between: "\n| ")
        }.joined(separator: ";\n")
    }
}

extension Statement {
    /// - Parameter pipe: What stands between the operators of a pipeline.
    func printed(between pipe: String = " | ") -> String {
        switch self {
        case .let(let name, let value, _): "let \(name.printed) = \(value.printedWhole(between: pipe))"
        case .set(let name, let value, _): "set \(name.printedWord)" + (value.map { " = \($0.printed)" } ?? "")
        case .queryParameters(let parameters, _):
            "declare query_parameters(\(parameters.map(\.printed).commaSeparated))"
        case .pattern(let declaration): declaration.printed
        case .restrictAccess(let entities, _): "restrict access to (\(entities.map { $0.printed() }.commaSeparated))"
        case .aliasDatabase(let name, let value, _): "alias database \(name.printed) = \(value.printed())"
        case .expression(let expression): expression.printedWhole(between: pipe)
        case .command: ""
        }
    }
}

extension PatternDeclaration {
    fileprivate var printed: String {
        guard !rules.isEmpty else { return "declare pattern \(name.printed)" }
        let path = self.path.map { "[\($0.printed)]" } ?? ""
        let rules = self.rules.map { $0.printed + ";" }.joined(separator: " ")
        return "declare pattern \(name.printed) = (\(parameters.map(\.printed).commaSeparated))\(path) { \(rules) }"
    }
}

extension PatternDeclaration.Rule {
    fileprivate var printed: String {
        let path = self.path.map { ".[\($0.value.printed)]" } ?? ""
        return "(\(arguments.map(\.value.printed).commaSeparated))\(path) = \(body.printed)"
    }
}

extension FunctionDeclaration {
    var printed: String { (isView ? "view " : "") + "(\(parameters.map(\.printed).commaSeparated)) \(body.printed)" }
}

extension FunctionBody {
    var printed: String {
        let parts = statements.map { $0.printed() } + (result.map { [$0.printedWhole()] } ?? [])
        // A `;` stays behind statements that give no result, so that the last is not taken for one.
        return parts.isEmpty ? "{ }" : "{ \(parts.joined(separator: "; "))\(result == nil ? ";" : "") }"
    }
}

extension FunctionDeclaration.Parameter {
    var printed: String {
        switch kind {
        case .scalar(let type): "\(name.printed): \(type.rawValue)" + (value.map { " = \($0.value.printed)" } ?? "")
        case .table(let columns, let isOpen):
            "\(name.printed): (\((columns.map(\.printed) + (isOpen ? ["*"] : [])).commaSeparated))"
        }
    }
}

extension [String] {
    var commaSeparated: String { joined(separator: ", ") }
}
