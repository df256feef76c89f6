// Which rows of the tables a query's answer rests on.

extension QueryEngine {
    /// One column of the rows that a query takes into account: of each table that it reads those that are left by the
    /// filters which stand between the table and the first operator that makes other rows of them.
    ///
    /// So an aggregate can be traced back: what `summarize` counted were these rows. The right sides of anti joins,
    /// whose rows are why others are missing, and the values behind `in` and `toscalar()` are left out.
    ///
    /// - Returns: For each place in the query that reads a table, or a union of them, the column's texts in the rows'
    ///   order; empty ones where a row has none.
    /// - Parameter columns: The column to give, by the name of the table; other tables are passed over.
    /// - Throws: As ``run(_:limits:)``.
    public func sourceRows(
        of text: String, columns: [String: String], limits: QueryLimits = QueryLimits()
    ) throws(KQLFault) -> [[String]] {
        let context = context(limits)
        let bound = try binder(context, limits).bind(Query.parse(text))
        let execution = Execution(bound, sources, context, executionLimits(limits))
        var texts: [[String]] = []
        for chain in SourceChains(bound, columns).chains {
            let frame = try execution.run(chain.table, nil)
            let column = try frame.columns[chain.column].resolved()
            texts.append((0..<min(frame.count, limits.rows)).map { column.value(at: $0).text })
        }
        return texts
    }
}

/// The beginnings of a query: a table and what filters, extends and orders its rows, with one of the table's columns
/// kept to the end.
private struct SourceChains {
    struct Chain {
        let table: BoundTable
        /// Where the kept column stands.
        let column: Int
    }

    private(set) var chains: [Chain] = []
    private let query: BoundQuery
    private let columns: [String: String]

    init(_ query: BoundQuery, _ columns: [String: String]) {
        self.query = query
        self.columns = columns
        walk(query.table)
    }

    private mutating func walk(_ table: BoundTable) {
        if let chain = chain(table) {
            chains.append(chain)
        } else if case .view(let index) = table.node {
            walk(query.views[index])
        } else if case .join(let join) = table.node {
            if ![.rightAnti, .rightAntiSemi].contains(join.kind) { walk(join.left) }
            if ![.leftAnti, .leftAntiSemi, .anti].contains(join.kind) { walk(join.right) }
        } else {
            for input in table.inputs { walk(input) }
        }
    }

    /// The table with its column kept, where it is a chain from its beginning on.
    private func chain(_ table: BoundTable) -> Chain? {
        switch table.node {
        case .table(let name):
            return columns[name].flatMap(table.columns.index(named:)).map { Chain(table: table, column: $0) }
        case .view(let index): return chain(query.views[index])
        case .filter(let input, let predicate):
            return chain(input).map { chain in
                Chain(
                    table: BoundTable(
                        .filter(chain.table, predicate), chain.table.columns, isSerialized: table.isSerialized),
                    column: chain.column)
            }
        case .sort(let input, let keys):
            return chain(input).map { chain in
                let sorted = BoundTable(.sort(chain.table, keys), chain.table.columns, isSerialized: true)
                return Chain(table: sorted, column: chain.column)
            }
        case .project(let input, let values): return chain(input).map { projected($0, values, table) }
        case .union(let union): return united(union, table)
        default: return nil
        }
    }

    private func projected(_ chain: Chain, _ values: [BoundExpression], _ table: BoundTable) -> Chain {
        let column = chain.table.columns[chain.column]
        let kept = BoundExpression(column: chain.column, column.type, at: SourceSpan(0, 0))
        return Chain(
            table: BoundTable(
                .project(chain.table, values + [kept]), table.columns + [column], isSerialized: table.isSerialized),
            column: values.count)
    }

    /// A union of chains is one; what is filtered behind it counts.
    private func united(_ union: BoundUnion, _ table: BoundTable) -> Chain? {
        let chains = union.inputs.map { chain($0.table) }
        guard let first = chains.first??.schema, chains.allSatisfy({ $0?.schema.type == first.type })
        else { return nil }
        let inputs = zip(union.inputs, chains).compactMap { input, chain in
            chain.map {
                BoundUnion.Input(name: input.name, table: $0.table, columns: input.columns + [$0.column])
            }
        }
        let all = BoundUnion(inputs: inputs, hasSourceColumn: union.hasSourceColumn)
        return Chain(table: BoundTable(.union(all), table.columns + [first]), column: table.columns.count)
    }
}

extension SourceChains.Chain {
    fileprivate var schema: ColumnSchema { table.columns[column] }
}
