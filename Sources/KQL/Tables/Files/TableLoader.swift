internal import Diagnostics
internal import Events
internal import Tables

/// Reads a file into columns: first some of it, to learn what the columns are; then all of it; and a second time where
/// what comes later has taught otherwise.
struct TableLoader: Sendable {
    let source: RawBytes
    let declared: DeclaredColumns
    /// How many threads read.
    let width: Int
    /// About how many bytes each reads at a time.
    let chunkSize: Int

    func load(_ name: String) async throws(Diagnostic) -> (LocalTable, TableLoadReport) {
        let bytes = source.withBytes { SharedBytes(bytes: $0) }
        defer { withExtendedLifetime(source) {} }
        let layout = TableLayout(of: bytes.bytes)
        var plan = TablePlan(declared, layout)
        plan.learn(from: TableChunks.samples(of: bytes.bytes, layout).map { $0.rows(bytes.bytes, plan) })
        plan.inferTypes(isFinal: false)
        var chunks = try await read(bytes, layout, plan)
        var settled = plan
        settled.learn(from: chunks)
        settled.inferTypes(isFinal: true)
        if settled.isOtherwise(than: plan) { chunks = try await read(bytes, layout, settled) }
        return (Self.table(name, chunks, settled), TableLoadReport(chunks, settled, of: source))
    }

    /// The bytes of the file, for those who read them at the same time. `@unchecked`: nobody writes them.
    private struct SharedBytes: @unchecked Sendable { let bytes: UnsafeRawBufferPointer }

    private func read(
        _ bytes: SharedBytes, _ layout: TableLayout, _ plan: TablePlan
    ) async throws(Diagnostic) -> [ChunkRows] {
        let chunks = TableChunks(bytes.bytes, layout, size: chunkSize)
        var read: [(index: Int, rows: ChunkRows)] = []
        await withTaskGroup { group in
            for _ in 0..<width {
                group.addTask {
                    var read: [(index: Int, rows: ChunkRows)] = []
                    while !Task.isCancelled, let chunk = chunks.next() {
                        read.append((chunk.index, chunk.rows(bytes.bytes, plan)))
                    }
                    return read
                }
            }
            for await part in group { read += part }
        }
        guard !Task.isCancelled else { throw .interrupted }
        return read.sorted { $0.index < $1.index }.map(\.rows)
    }

    /// The table of chunks that were read by a plan, or by one that knew less and was right.
    private static func table(_ name: String, _ chunks: [ChunkRows], _ plan: TablePlan) -> LocalTable {
        let count = chunks.reduce(0) { $0 + $1.count }
        var merged = plan.columns.map { MergedColumn(type: $0.type ?? .dynamic, count: count) }
        var start = 0
        for chunk in chunks {
            // What a chunk has added to the plan by itself is of no type, and has no values.
            for (index, cells) in chunk.columns.prefix(merged.count).enumerated()
            where cells.type == merged[index].type { merged[index].runs.append((cells, start)) }
            start += chunk.count
        }
        let order = plan.order(in: chunks)
        let late = order.map { index in
            LateColumn { [column = merged[index]] () throws(KQLFault) in column.column() }
        }
        return LocalTable(
            name, order.map { ColumnSchema(plan.columns[$0].name, merged[$0].type) }, LateColumns(count: count, late))
    }
}
