internal import Synchronization

/// Takes what several readers have read, in any order, and adds it to a table in the order of the input.
///
/// Whoever brings a chunk adds all that can be added then, while others read on; nobody waits.
final class ChunkCollector: Sendable {
    private struct Gathered {
        var table: GrowingTable
        var outcomes: [ChunkOutcome] = []
    }

    private struct Waiting {
        var batches: [Int: EventBatch] = [:]
        /// Columns that were emptied, for the next chunks: their memory is warm.
        var spare: [EventColumns] = []
    }

    private let gathered: Mutex<Gathered>
    private let waiting = Mutex(Waiting())
    private let totalBytes: Int

    /// - Parameter totalBytes: Of all inputs, from which the number of rows is guessed.
    init(_ table: EventTable, totalBytes: Int) {
        gathered = Mutex(Gathered(table: GrowingTable(table)))
        self.totalBytes = totalBytes
    }

    /// Empty columns to read into.
    func spareColumns() -> EventColumns { waiting.withLock { $0.spare.popLast() } ?? EventColumns() }

    func add(_ batch: consuming EventBatch) {
        waiting.withLock { $0.batches[batch.outcome.index] = batch }
        _ = gathered.withLockIfAvailable { drain(&$0) }
    }

    /// The table, and what became of the chunks; those after a missing one are left out. Called once all is brought.
    func finish() -> (table: GrowingTable, outcomes: [ChunkOutcome]) {
        gathered.withLock { gathered in
            drain(&gathered)
            return (gathered.table, gathered.outcomes)
        }
    }

    private func drain(_ gathered: inout Gathered) {
        while var batch = waiting.withLock({ $0.batches.removeValue(forKey: gathered.outcomes.count) }) {
            if gathered.outcomes.isEmpty { makeRoom(in: &gathered.table, after: batch) }
            gathered.table.append(batch.columns, rows: 0..<batch.columns.count)
            gathered.outcomes.append(batch.outcome)
            batch.columns.removeAll()
            waiting.withLock { $0.spare.append(batch.columns) }
        }
    }

    /// Guesses the rows of the whole input from the first chunk, so that columns seldom have to move.
    private func makeRoom(in table: inout GrowingTable, after batch: EventBatch) {
        guard batch.outcome.bytes > 0, totalBytes > batch.outcome.bytes else { return }
        let rows = Double(batch.columns.count) * Double(totalBytes) / Double(batch.outcome.bytes)
        table.reserveCapacity(table.firstRow + Int(rows * 1.02) + 1024)
    }
}
