// `find`: rows of several tables, with what they do not share in a bag.

extension QueryBinder {
    mutating func found(_ find: Find) throws(KQLFault) -> BoundTable {
        let all =
            find.tables.isEmpty
            ? [Expression.wildcard(NamePattern(text: "*", span: find.span, isWildcard: true))] : find.tables
        let inputs = try self.inputs(all, isFuzzy: find.parameters["isfuzzy"]?.truth ?? false, from: 0)
        guard !inputs.isEmpty else { throw KQLFault("SEM0100", "none of the tables exists", at: find.span) }
        let source = (find.parameters["withsource"] ?? find.parameters["with_source"])?.word ?? "source_"
        let union = unite(inputs, isInner: false, sourceColumn: source)
        let saved = (isSearching, searchesCased)
        defer { (isSearching, searchesCased) = saved }
        (isSearching, searchesCased) = (true, false)
        let scope = rows(union, of: "find")
        let predicate = try searched(find.predicate, scope)
        (isSearching, searchesCased) = saved
        try isTrueOrFalse(predicate, or: "Filter expression should be Boolean")
        let rows = BoundTable(.filter(union, predicate), union.columns)
        let shown = try columns(of: find, rows, inputs.map(\.1), predicate)
        return BoundTable(.project(rows, shown.map(\.value)), shown.map { ColumnSchema($0.name, $0.value.type) })
    }

    /// The source, the columns that are asked for, and a bag of the rest. Where none are asked for, those that the
    /// predicate names and those that all tables have.
    private func columns(
        of find: Find, _ rows: BoundTable, _ inputs: [BoundTable], _ predicate: BoundExpression
    ) throws(KQLFault) -> [(name: String, value: BoundExpression)] {
        let away = rows.columns.indices.dropFirst().filter { index in
            find.away.contains { $0.matches(rows.columns[index].name) }
        }
        var shown: [(name: String, value: BoundExpression)] = [named(rows, 0, find.span)]
        switch find.output {
        case .automatic, .smart:
            let read = predicate.columnsRead
            let picked = rows.columns.indices.dropFirst().filter { index in
                !away.contains(index)
                    && (read.contains(index) || inputs.allSatisfy { $0.columns.contains(rows.columns[index]) })
            }
            shown += picked.map { named(rows, $0, find.span) }
            let rest = rows.columns.indices.dropFirst().filter { !picked.contains($0) && !away.contains($0) }
            if !rest.isEmpty { shown.append(("pack_", bag(rows, Array(rest), find.span))) }
        case .columns(let columns): shown += try asked(columns, rows, away: Set(away))
        }
        return shown
    }

    private func asked(
        _ columns: [Find.Column], _ rows: BoundTable, away: Set<Int>
    ) throws(KQLFault) -> [(name: String, value: BoundExpression)] {
        var shown: [(name: String, value: BoundExpression)] = []
        var asked: Set<Int> = []
        for case .column(let name, _) in columns.map(\.content) {
            if let index = rows.columns.index(named: name.text) { asked.insert(index) }
        }
        for column in columns {
            guard case .column(let name, let type) = column.content else {
                let rest = rows.columns.indices.dropFirst().filter { !asked.contains($0) && !away.contains($0) }
                shown.append(("pack_", bag(rows, Array(rest), column.span)))
                continue
            }
            guard let index = rows.columns.index(named: name.text) else {
                throw KQLFault(
                    "SEM0100", "'find' operator: Failed to resolve column named '\(name.text)'", at: name.span,
                    suggestion: rows.columns.suggestion(for: name.text))
            }
            let value = named(rows, index, column.span)
            guard let type else {
                shown.append(value)
                continue
            }
            shown.append((value.name, try converted(value.value, to: type, of: name.text)))
        }
        return shown
    }

    private func named(_ rows: BoundTable, _ index: Int, _ span: SourceSpan) -> (name: String, value: BoundExpression) {
        (rows.columns[index].name, BoundExpression(column: index, rows.columns[index].type, at: span))
    }

    private func bag(_ rows: BoundTable, _ indices: [Int], _ span: SourceSpan) -> BoundExpression {
        let values = indices.map { named(rows, $0, span).value }
        return BoundExpression(
            .bag(indices.map { rows.columns[$0].name }, values, skipsEmpty: true), .dynamic, at: span,
            dependsOnRow: true)
    }
}

extension BoundExpression {
    /// The columns that it reads, by index.
    fileprivate var columnsRead: Set<Int> {
        if let column { return [column] }
        return operands.reduce(into: []) { $0.formUnion($1.columnsRead) }
    }
}
