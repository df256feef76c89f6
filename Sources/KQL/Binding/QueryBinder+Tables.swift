internal import Tables

// Where rows come from.

extension QueryBinder {
    mutating func table(_ expression: Expression) throws(KQLFault) -> BoundTable {
        try nested(at: expression.span) { binder throws(KQLFault) in try binder.source(expression) }
    }

    /// A table inside a scalar expression or an operator's brackets, which sees nothing of the rows around it.
    mutating func inner(_ expression: Expression) throws(KQLFault) -> BoundTable {
        let saved = (enclosing, aggregation, isSearching)
        defer { (enclosing, aggregation, isSearching) = saved }
        (enclosing, aggregation, isSearching) = (nil, nil, false)
        return try table(expression)
    }

    /// As ``inner(_:)``; in the sub-query of `mv-apply` and `partition`, which runs many times, worked out once.
    mutating func unrepeated(_ expression: Expression) throws(KQLFault) -> BoundTable {
        let table = try inner(expression)
        return enclosing == nil ? table : view(table)
    }

    private mutating func source(_ expression: Expression) throws(KQLFault) -> BoundTable {
        switch expression {
        case .name(let name): return try named(name)
        case .pipeline(let pipeline): return try piped(pipeline)
        case .datatable(let table): return try written(table)
        case .call(let call): return try tableCall(call)
        case .path(let path):
            if case .call(let call) = path.base {
                if case .pattern(let pattern) = environment[call.name.text] {
                    return try matched(pattern, call, path: path.steps[...])
                }
                throw KQLFault(ScalarFunctions.fault(ofUnknown: call.name.text), at: path.span)
            }
            throw noTable(expression.span)
        case .externalData(let node):
            throw KQLFault("SEM0001", "externaldata is not available: queries read local tables only", at: node.span)
        case .wildcard(let pattern):
            throw KQLFault("SEM0001", "`\(pattern.text)` stands only in union, find and search", at: pattern.span)
        default: throw noTable(expression.span)
        }
    }

    private func noTable(_ span: SourceSpan) -> KQLFault {
        KQLFault(
            "SEM0001", "a value stands where a table is needed", at: span,
            suggestion: "Make a table of it: `print x = …`.")
    }

    mutating func named(_ name: Name) throws(KQLFault) -> BoundTable {
        switch environment[name.text] {
        case .table(let table): return table
        case .function(let function):
            return try inlinedTable(function, FunctionCall(name: name, arguments: [], span: name.span))
        case .scalar, .unknown, .pattern: throw noTable(name.span)
        case nil: break
        }
        guard let schema = binder.catalog.tables[name.text] else { throw unknownTable(name) }
        tablesRead.insert(ByteText(name.text))
        return BoundTable(.table(name.text), schema.columns)
    }

    private func unknownTable(_ name: Name) -> KQLFault {
        let names = (binder.catalog.tables.names + environment.names).sorted { $0.precedes($1) }
        return KQLFault(
            "SEM0100", "Failed to resolve table or column expression named '\(name.text)'", at: name.span,
            suggestion: names.suggestion(for: name.text))
    }

    private mutating func written(_ datatable: Datatable) throws(KQLFault) -> BoundTable {
        let columns = datatable.columns.map { ColumnSchema($0.name.text, $0.type) }
        guard !columns.isEmpty, datatable.values.count % columns.count == 0 else {
            throw KQLFault(
                "SEM0001", "datatable: \(datatable.values.count) values do not fill rows of \(columns.count) columns",
                at: datatable.span)
        }
        let values = datatable.values.enumerated().map { index, literal in
            Scalar(literal.value).converted(to: columns[index % columns.count].type)
        }
        let rows = stride(from: 0, to: values.count, by: columns.count).map { Array(values[$0..<($0 + columns.count)]) }
        return BoundTable(.values(rows), columns)
    }

    private mutating func tableCall(_ call: FunctionCall) throws(KQLFault) -> BoundTable {
        switch environment[call.name.text] {
        case .function(let function): return try inlinedTable(function, call)
        case .table(let table) where call.arguments.isEmpty: return table
        case .pattern(let pattern): return try matched(pattern, call, path: [])
        default: break
        }
        switch call.name.text {
        case "materialize":
            guard let argument = call.arguments.first, call.arguments.count == 1 else {
                throw KQLFault("SEM0001", "materialize() takes one table", at: call.span)
            }
            return view(try table(argument.value))
        case "table":
            guard
                case .string(let text)? = try call.arguments.first.map({ a throws(KQLFault) in
                    try scalar(a.value, .none)
                })?.constant
            else {
                throw KQLFault("SEM0001", "table() takes the name of a table as a text", at: call.span)
            }
            return try named(Name(text: text, span: call.span))
        default: throw KQLFault(ScalarFunctions.fault(ofUnknown: call.name.text), at: call.name.span)
        }
    }
}

// MARK: Pipelines

extension QueryBinder {
    mutating func piped(_ pipeline: Pipeline) throws(KQLFault) -> BoundTable {
        var stages = pipeline.stages[...]
        var table: BoundTable
        switch pipeline.source {
        case .expression(let expression): table = try self.table(expression)
        case .enclosing:
            guard let enclosing else { throw noTable(pipeline.span) }
            table = BoundTable(.enclosing, enclosing.columns, isSerialized: enclosing.isSerialized)
        case .none:
            guard let first = stages.popFirst() else { throw noTable(pipeline.span) }
            table = try made(by: first)
        }
        for stage in stages {
            table = try nested(at: stage.span) { binder throws(KQLFault) in try binder.stage(stage, of: table) }
            try checkWidth(table.columns.count, at: stage.span)
        }
        return table
    }

    /// The first stage of a pipeline without a source.
    private mutating func made(by stage: Stage) throws(KQLFault) -> BoundTable {
        switch stage.operation {
        case .print(let items):
            let outputs = try outputs(items, .none, of: "print")
            return BoundTable(.row(outputs.map(\.value)), outputs.map { ColumnSchema($0.name, $0.value.type) })
        case .range(let range): return try ranged(range)
        case .union(let union): return try united(union, with: nil)
        case .search(let search): return try self.search(search, of: nil)
        case .find(let find): return try found(find)
        default: throw unsupported("`\(stage.operation.word)` at the beginning", at: stage.keywordSpan)
        }
    }

    private mutating func ranged(_ range: RangeRows) throws(KQLFault) -> BoundTable {
        let from = try scalar(range.from, .none)
        let to = try scalar(range.to, .none)
        let step = try scalar(range.step, .none)
        let isTime = from.type == .datetime && to.type == .datetime && step.type == .timespan
        let spans = from.type == .timespan && to.type == .timespan && step.type == .timespan
        let numbers = [from, to, step].allSatisfy(\.type.isNumeric)
        guard isTime || spans || numbers else {
            throw KQLFault("SEM0001", "range: from, to and step are numbers, or times and a timespan", at: range.span)
        }
        let type = numbers ? ResultRule.sharedType([from.type, to.type, step.type]) ?? .long : from.type
        return BoundTable(
            .range(from: from, to: to, step: step), [ColumnSchema(range.name.text, type)], isSerialized: true)
    }
}
