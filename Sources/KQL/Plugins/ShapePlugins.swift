extension Plugins {
    /// Plugins that turn rows and columns.
    static let shapes: [Plugin] = [
        Plugin(
            "narrow", "()", arguments: 0...0,
            schema: .ofCall { _ in
                [ColumnSchema("Row", .long), ColumnSchema("Column", .string), ColumnSchema("Value", .string)]
            }, keepsOrder: true
        ) { call throws(FunctionFault) in
            var rows: [[Scalar]] = []
            for (index, row) in call.rows.enumerated() {
                try call.context.checkTime()
                rows += zip(call.header.columns, row).map { column, value in
                    [.long(Int64(index)), .string(column.name), .string(value.text)]
                }
            }
            return rows
        },
        Plugin(
            "rows_near", "(condition, rows [, rows_after])", arguments: 2...3,
            schema: .ofCall { $0.columns }, keepsOrder: true
        ) { call throws(FunctionFault) in try near(call) },
        Plugin(
            "dcount_intersect", "(hll, hll, …)", arguments: 2...16,
            schema: .ofCall { header throws(FunctionFault) in
                for index in header.arguments.indices {
                    guard try header.schema(index, of: "dcount_intersect").type == .dynamic else {
                        throw FunctionFault("SEM0001", "dcount_intersect: its arguments are results of hll()")
                    }
                }
                return header.columns + longs(header.arguments.indices.map { "s\($0)" })
            }
        ) { call throws(FunctionFault) in
            try call.rows.map { row throws(FunctionFault) in
                let columns = try call.header.arguments.indices.map { index throws(FunctionFault) in
                    try call.header.column(index, of: "dcount_intersect")
                }
                let sketches = columns.compactMap { DistinctSketch(row[$0].packed) }
                let counts = (1...max(1, sketches.count)).map { DistinctSketch.common(Array(sketches.prefix($0))) }
                return call.source(row) + counts.map { .long(Int64($0.rounded())) }
            }
        },
        Plugin("identity", "()", arguments: 0...0, schema: .ofCall { $0.columns }, keepsOrder: true) { $0.rows },
        Plugin(
            "estimate_rows_count", "()", arguments: 0...0,
            schema: .ofCall { _ in [ColumnSchema("EstimatedRowsCount", .long)] }
        ) { [[.long(Int64($0.rows.count))]] },
        bagUnpack, pivot,
    ]

    /// The rows within some places of one that fulfils the condition.
    private static func near(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let condition = try call.header.column(0, of: "rows_near")
        guard let before = call.value(1)?.long, before >= 0, let after = (call.value(2) ?? call.value(1))?.long,
            after >= 0
        else { throw FunctionFault("SEM0001", "rows_near: the numbers of rows must be constants of zero or more") }
        // How far each row is from the last one that fulfils it, and to the next.
        var isNear = [Bool](repeating: false, count: call.rows.count)
        var left: Int64 = -1
        for index in call.rows.indices {
            left = call.rows[index][condition] == .bool(true) ? after : max(-1, left - 1)
            isNear[index] = left >= 0
        }
        left = -1
        for index in call.rows.indices.reversed() {
            left = call.rows[index][condition] == .bool(true) ? before : max(-1, left - 1)
            isNear[index] = isNear[index] || left >= 0
        }
        return call.rows.indices.filter { isNear[$0] }.map { call.source(call.rows[$0]) }
    }
}
