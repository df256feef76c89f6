// Whether an expression is a table, by its shape and the names in it.

extension QueryBinder {
    /// A column hides a table of its name.
    func isTable(_ expression: Expression, in environment: NameTable<Binding>, columns: [ColumnSchema]) -> Bool {
        switch expression {
        case .pipeline(let pipeline):
            guard pipeline.stages.isEmpty, case .expression(let source) = pipeline.source else { return true }
            return isTable(source, in: environment, columns: columns)
        case .datatable, .externalData, .wildcard: return true
        case .name(let name):
            if columns.index(named: name.text) != nil { return false }
            if let binding = environment[name.text] { return isTable(binding) }
            return binder.catalog.tables[name.text] != nil
        case .call(let call): return isTable(call, in: environment)
        case .path(let path):
            guard case .call(let call) = path.base else { return false }
            if case .pattern = environment[call.name.text] { return true }
            return ["cluster", "database", "workspace", "app", "adx", "arg", "resource"].contains(call.name.text)
        default: return false
        }
    }

    private func isTable(_ binding: Binding) -> Bool {
        switch binding {
        case .scalar: false
        case .table, .pattern: true
        case .function(let function): isTable(function)
        case .unknown(let isTable): isTable
        }
    }

    private func isTable(_ call: FunctionCall, in environment: NameTable<Binding>) -> Bool {
        if let binding = environment[call.name.text] { return isTable(binding) }
        return ["materialize", "table", "external_table", "materialized_view", "view"].contains(call.name.text)
    }

    /// Whether a function gives rows: by its body, in which its parameters and lets have names.
    private func isTable(_ function: UserFunction) -> Bool {
        guard let result = function.declaration.body.result else { return false }
        var names = function.environment
        for parameter in function.declaration.parameters {
            if case .table = parameter.kind {
                names[parameter.name.text] = .unknown(isTable: true)
            } else {
                names[parameter.name.text] = .unknown(isTable: false)
            }
        }
        for case .let(let name, let value, _) in function.declaration.body.statements {
            if case .function(let declaration) = value {
                names[name.text] = .function(UserFunction(declaration: declaration, environment: names))
            } else {
                names[name.text] = .unknown(isTable: isTable(value, in: names, columns: []))
            }
        }
        return isTable(result, in: names, columns: [])
    }
}
