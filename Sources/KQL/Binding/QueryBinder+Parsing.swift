// `parse`, `parse-where`, `parse-kv`, `reduce` and `make-series`.

extension QueryBinder {
    mutating func parsed(_ table: BoundTable, _ parse: Parse, dropsOthers: Bool) throws(KQLFault) -> BoundTable {
        let source = try text(parse.source, rows(table, of: "parse"))
        try checkPattern(parse, word: dropsOthers ? "parse-where" : "parse")
        var columns = table.columns
        var parts: [BoundParse.Part] = []
        for part in parse.parts {
            switch part {
            case .skip: parts.append(.skip)
            case .text(let text, _): parts.append(.text(text))
            case .column(let name, let type, _):
                let target = Self.put(ColumnSchema(name.text, type ?? .string), in: &columns)
                parts.append(.column(target, type ?? .string))
            }
        }
        let bound = BoundParse(
            source: source, kind: parse.kind, flags: parse.flags ?? "", parts: parts, dropsOthers: dropsOthers)
        if parse.kind == .regex { _ = try ParseExpression(bound) }
        return BoundTable(.parse(table, bound), columns, isSerialized: table.isSerialized)
    }

    private mutating func text(_ expression: Expression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let value = try scalar(expression, rows)
        guard value.type == .string || value.type == .dynamic else {
            throw KQLFault(
                "SEM0202", "'\(rows.operation)' operator: a string is expected", at: value.span,
                suggestion: "Convert it with tostring(…).")
        }
        return value
    }

    /// A column ends where the next text begins, so something has to stand there.
    private func checkPattern(_ parse: Parse, word: String) throws(KQLFault) {
        let hasColumn = parse.parts.contains { part in if case .column = part { true } else { false } }
        guard hasColumn else {
            throw KQLFault(
                "SEM0474", "`\(word)` has no column to fill", at: parse.span,
                suggestion: "Name columns between the texts: `parse s with \"id=\" id:long`; "
                    + "groups of a regular expression are read by extract()")
        }
        for (part, next) in zip(parse.parts, parse.parts.dropFirst()) {
            guard case .column(let name, let type, _) = part, type ?? .string == .string else { continue }
            switch next {
            case .text: continue
            case .skip(let span):
                throw KQLFault(
                    "SEM0476", "parse: `*` after the text column '\(name.text)' is ambiguous", at: span,
                    suggestion: "Say with a text where the column ends.")
            case .column(let other, _, let span):
                throw KQLFault(
                    "SEM0476", "parse: a text is missing between '\(name.text)' and '\(other.text)'", at: span)
            }
        }
    }

    private static func put(_ column: ColumnSchema, in columns: inout [ColumnSchema]) -> Int {
        if let index = columns.index(named: column.name) {
            columns[index] = column
            return index
        }
        columns.append(column)
        return columns.count - 1
    }

    mutating func parsed(_ table: BoundTable, _ parse: ParseKeyValues) throws(KQLFault) -> BoundTable {
        let source = try text(parse.source, rows(table, of: "parse-kv"))
        var columns = table.columns
        var targets: [(key: String, target: Int, type: ScalarType)] = []
        for column in parse.columns {
            targets.append(
                (column.name.text, Self.put(ColumnSchema(column.name.text, column.type), in: &columns), column.type))
        }
        let properties = parse.properties.reduce(into: [:]) { $0[$1.name.text] = $1.word ?? $1.truth.map { "\($0)" } }
        return BoundTable(
            .parseKeyValues(table, BoundKeyValues(source: source, columns: targets, properties: properties)), columns,
            isSerialized: table.isSerialized)
    }

    mutating func reduced(_ table: BoundTable, _ reduce: Reduce) throws(KQLFault) -> BoundTable {
        let value = try text(reduce.column.expression, rows(table, of: "reduce"))
        var threshold = 0.1
        var characters = ""
        for option in reduce.options {
            let value = try scalar(option.expression, .none).constant
            switch option.names.first?.text {
            case "threshold": threshold = value?.double ?? threshold
            case "characters": characters = value?.text ?? characters
            default:
                throw KQLFault(
                    "SEM0001", "reduce: the option is not known", at: option.span,
                    suggestion: "Options are threshold and characters.")
            }
        }
        let columns = [
            ColumnSchema("Pattern", .string), ColumnSchema("Count", .long), ColumnSchema("Representative", .string),
        ]
        return BoundTable(.reduce(table, value, threshold: threshold, characters: characters), columns)
    }

    mutating func series(_ table: BoundTable, _ series: MakeSeries) throws(KQLFault) -> BoundTable {
        let source = rows(table, of: "make-series")
        let groups = try groups(series.groups, source, of: "make-series")
        let (aggregates, outputs) = try aggregates(series.aggregates.map(\.value), source, groups)
        var values: [(value: BoundExpression, fallback: BoundExpression?)] = []
        for (aggregate, output) in zip(series.aggregates, outputs) {
            let fallback = try aggregate.fallback.map { value throws(KQLFault) in try scalar(value, .none) }
            values.append((output.value, fallback))
        }
        let axis = try scalar(series.axis.expression, source)
        guard axis.type.isNumeric || axis.type == .datetime || axis.type == .timespan else {
            throw KQLFault(
                "SEM0001", "make-series: an axis of type \(axis.type.rawValue) is not possible", at: axis.span)
        }
        let from = try series.from.map { value throws(KQLFault) in try scalar(value, .none) }
        let to = try series.to.map { value throws(KQLFault) in try scalar(value, .none) }
        let bound = BoundSeries(
            groups: groups.map(\.value), aggregates: aggregates, series: values, axis: axis, from: from, to: to,
            step: try scalar(series.step, .none), isInRange: series.isInRange,
            isNonEmpty: series.parameters["kind"]?.word == "nonempty")
        var unique = UniqueNames(groups.map(\.name) + outputs.map(\.name))
        let name = series.axis.names.first?.text ?? ColumnNaming.name(of: series.axis.expression) ?? "Column1"
        let columns =
            groups.map { ColumnSchema($0.name, $0.value.type) } + outputs.map { ColumnSchema($0.name, .dynamic) }
        return BoundTable(.series(table, bound), columns + [ColumnSchema(unique.take(name), .dynamic)])
    }
}
