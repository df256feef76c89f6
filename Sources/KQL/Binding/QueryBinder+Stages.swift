// What a stage does with the rows that come in.

extension QueryBinder {
    mutating func stage(_ stage: Stage, of table: BoundTable) throws(KQLFault) -> BoundTable {
        switch stage.operation {
        case .where(_, let predicate): return try filtered(table, predicate)
        case .extend(let items): return try extended(table, items, of: "extend")
        case .serialize(_, let items):
            return try extended(BoundTable(table.node, table.columns, isSerialized: true), items, of: "serialize")
        case .project(let items): return try projected(table, items)
        case .projectAway(let patterns): return try removed(table, patterns)
        case .projectKeep(let patterns): return try kept(table, patterns)
        case .projectRename(let items): return try renamed(table, items)
        case .projectReorder(let items): return try reordered(table, items)
        case .summarize(let summarize): return try summarized(table, summarize)
        case .distinct(_, let items): return try distinct(table, items)
        case .count(let name): return BoundTable(.count(table), [ColumnSchema(name?.text ?? "Count", .long)])
        case .sort, .top, .take, .sample, .sampleDistinct, .topHitters, .topNested: return try ordered(stage, of: table)
        case .join, .lookup, .union, .search, .partition, .invoke, .as: return try combined(stage, with: table)
        case .mvExpand, .mvApply, .parse, .parseWhere, .parseKeyValues, .makeSeries, .reduce, .evaluate:
            return try expanded(stage, of: table)
        case .getSchema: return schema(of: table)
        case .render, .consume: return table
        case .assertSchema(let columns): return try asserted(table, columns, stage)
        case .scan(let scan): return try scanned(table, scan)
        case .makeGraph, .graphMatch, .graphShortestPaths, .graphToTable, .graphMarkComponents:
            return try graphed(stage, of: table)
        case .fork, .facet: throw severalResults(stage)
        default: throw unsupported("`\(stage.operation.word)`", at: stage.keywordSpan)
        }
    }

    private mutating func combined(_ stage: Stage, with table: BoundTable) throws(KQLFault) -> BoundTable {
        switch stage.operation {
        case .join(let join): return try joined(table, join, isLookup: false)
        case .lookup(let join): return try joined(table, join, isLookup: true)
        case .union(let union): return try united(union, with: table)
        case .search(let search): return try self.search(search, of: table)
        case .partition(let partition): return try partitioned(table, partition)
        case .invoke(let expression): return try invoked(table, expression)
        case .as(_, let name):
            return named(table, name)
        default: throw unsupported("`\(stage.operation.word)`", at: stage.keywordSpan)
        }
    }

    private mutating func expanded(_ stage: Stage, of table: BoundTable) throws(KQLFault) -> BoundTable {
        switch stage.operation {
        case .mvExpand(let expansion): return try self.expanded(table, expansion)
        case .mvApply(let apply): return try applied(table, apply)
        case .parse(let parse): return try parsed(table, parse, dropsOthers: false)
        case .parseWhere(let parse): return try parsed(table, parse, dropsOthers: true)
        case .parseKeyValues(let parse): return try parsed(table, parse)
        case .makeSeries(let series): return try self.series(table, series)
        case .reduce(let reduce): return try reduced(table, reduce)
        case .evaluate(let evaluate): return try evaluated(table, evaluate)
        default: throw unsupported("`\(stage.operation.word)`", at: stage.keywordSpan)
        }
    }

    private mutating func filtered(_ table: BoundTable, _ predicate: Expression) throws(KQLFault) -> BoundTable {
        let value = try scalar(predicate, rows(table, of: "where"))
        try isTrueOrFalse(value, or: "Filter expression should be Boolean")
        return BoundTable(.filter(table, value), table.columns, isSerialized: table.isSerialized)
    }

    private func severalResults(_ stage: Stage) -> KQLFault {
        KQLFault(
            "UNS0001", "`\(stage.operation.word)` gives several results, which is not implemented",
            at: stage.keywordSpan, suggestion: "Ask for them one after the other; a `let` keeps what they share.")
    }

    /// `as`: a view of its own, so that another name of the same rows stays.
    private mutating func named(_ table: BoundTable, _ name: Name) -> BoundTable {
        let named = table.readsEnclosing ? table : newView(table)
        if case .view(let index) = named.node { viewNames[index] = name.text }
        environment[name.text] = .table(named)
        return named
    }

    private func schema(of table: BoundTable) -> BoundTable {
        let columns = [
            ColumnSchema("ColumnName", .string), ColumnSchema("ColumnOrdinal", .long),
            ColumnSchema("DataType", .string),
            ColumnSchema("ColumnType", .string),
        ]
        return BoundTable(.schema(table), columns, isSerialized: true)
    }

    private func asserted(_ table: BoundTable, _ columns: [ColumnDeclaration], _ stage: Stage) throws(KQLFault)
        -> BoundTable
    {
        guard table.columns == columns.map({ ColumnSchema($0.name.text, $0.type) }) else {
            throw KQLFault("SEM0001", "assert-schema: the columns are others", at: stage.span)
        }
        return table
    }
}

extension TabularOperator {
    /// The operator's word, for messages.
    var word: String {
        let label = Mirror(reflecting: self).children.first?.label ?? "\(self)"
        return label.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }
}
