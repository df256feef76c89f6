internal import Tables

// Statements: lets, parameters, and what is asked for.

extension QueryBinder {
    mutating func bind(_ query: Query) throws(KQLFault) -> BoundQuery {
        var result: BoundTable?
        for statement in query.statements {
            guard case .expression(let expression) = statement else {
                try define(statement)
                continue
            }
            guard result == nil else {
                throw KQLFault("UNS0001", "several results in one query are not implemented", at: expression.span)
            }
            result = try self.result(expression)
        }
        guard let result else {
            throw KQLFault(
                "SEM0001", "the query asks for nothing", at: SourceSpan(query.text.utf8.count, query.text.utf8.count),
                suggestion: "Add a table or `print` after the last `;`.")
        }
        return bound(result)
    }

    /// The query as far as it is known.
    func bound(_ table: BoundTable) -> BoundQuery {
        BoundQuery(
            table: table, views: views, variables: variables,
            tables: tablesRead.map(\.text).sorted { $0.precedes($1) }, patterns: tablePatterns)
    }

    /// A scalar is a table of one row and one column.
    private mutating func result(_ expression: Expression) throws(KQLFault) -> BoundTable {
        if isTable(expression, in: environment, columns: []) || expression.isName { return try table(expression) }
        let value = try scalar(expression, .none)
        return BoundTable(.row([value]), [ColumnSchema("print_0", value.type)])
    }

    mutating func define(_ statement: Statement) throws(KQLFault) {
        switch statement {
        case .let(let name, let value, _): environment[name.text] = try binding(of: value)
        case .set(let name, let value, _):
            if case .literal(let literal)? = value { settings[name.text] = Scalar(literal.value) }
        case .queryParameters(let parameters, _):
            for parameter in parameters { environment[parameter.name.text] = try queryParameter(parameter) }
        case .command(let span):
            throw KQLFault(
                "SEM0001", "management commands are not available", at: span,
                suggestion: "Ask with a query: `T | take 10`.")
        case .pattern(let pattern):
            environment[pattern.name.text] = .pattern(UserPattern(declaration: pattern, environment: environment))
        case .restrictAccess(_, let span): throw unsupported("`restrict access`", at: span)
        case .aliasDatabase(_, _, let span):
            throw KQLFault("SEM0001", "other databases cannot be reached", at: span)
        case .expression: break
        }
    }

    func unsupported(_ what: String, at span: SourceSpan) -> KQLFault {
        KQLFault("UNS0001", "\(what) is not implemented", at: span)
    }

    /// What the name of a `let` stands for. Tables are kept as views and values as variables, so that using them
    /// often costs nothing.
    private mutating func binding(of value: Expression) throws(KQLFault) -> Binding {
        if case .function(let declaration) = value {
            return .function(UserFunction(declaration: declaration, environment: environment))
        }
        if case .entityGroup(let group) = value { throw unsupported("`entity_group`", at: group.span) }
        if isTable(value, in: environment, columns: []) { return .table(view(try table(value))) }
        let bound = try scalar(value, callerRows)
        return bound.dependsOnRow ? .scalar(bound, scope: callerRows.id) : .scalar(shared(bound), scope: 0)
    }

    /// A table that is worked out once, wherever it stands.
    mutating func view(_ table: BoundTable) -> BoundTable {
        if case .view = table.node { return table }
        // What the enclosing operator hands in changes from run to run.
        return table.readsEnclosing ? table : newView(table)
    }

    mutating func newView(_ table: BoundTable) -> BoundTable {
        views.append(table)
        return BoundTable(.view(views.count - 1), table.columns, isSerialized: table.isSerialized)
    }

    /// A value that is worked out once, wherever it stands.
    mutating func shared(_ value: BoundExpression) -> BoundExpression {
        switch value.node {
        case .constant, .variable: return value
        default:
            let index = variable(.expression(value))
            return BoundExpression(.variable(index), value.type, at: value.span, dependsOnRow: false)
        }
    }

    private mutating func queryParameter(_ parameter: FunctionDeclaration.Parameter) throws(KQLFault) -> Binding {
        guard case .scalar(let type) = parameter.kind, let value = parameter.value else {
            throw KQLFault(
                "SEM0001", "the query parameter '\(parameter.name.text)' has neither a value nor a default",
                at: parameter.span, suggestion: "Give it a default, or write `let \(parameter.name.text) = …;`.")
        }
        return .scalar(BoundExpression(Scalar(value.value).converted(to: type), at: parameter.span), scope: 0)
    }
}

extension Expression {
    var isName: Bool { if case .name = self { true } else { false } }
}
