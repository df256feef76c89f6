internal import Events
internal import Foundation
internal import Synchronization

extension Program {
    /// How many rows are looked at in one go.
    private static let chunk = 4096

    /// The rows that each rule matches, in the order of the table. Runs on all cores.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func matchingRows(of events: EventTable) async throws -> [[UInt32]] {
        var evaluator = Evaluator(self, events)
        let plans = evaluator.plansByType()
        let chunks = (events.count + Self.chunk - 1) / Self.chunk, queue = ChunkQueue(count: chunks)
        let width = max(1, min(chunks, ProcessInfo.processInfo.activeProcessorCount))
        let found = try await withThrowingTaskGroup(of: [ChunkMatches].self) { group in
            for _ in 0..<width {
                group.addTask { try self.work(queue, events, plans) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        var rows = [[UInt32]](repeating: [], count: roots.count)
        for matches in found.sorted(by: { $0.chunk < $1.chunk }) {
            for (rule, row) in matches.pairs { rows[Int(rule)].append(row) }
        }
        return rows
    }

    /// What was found in one chunk.
    private struct ChunkMatches: Sendable {
        let chunk: Int
        var pairs: [(rule: Int32, row: UInt32)] = []
    }

    private func work(_ queue: ChunkQueue, _ events: EventTable, _ plans: [TypePlan]) throws -> [ChunkMatches] {
        var evaluator = Evaluator(self, events)
        var results: [ChunkMatches] = []
        while let chunk = queue.next() {
            try Task.checkCancellation()
            var matches = ChunkMatches(chunk: chunk)
            let start = chunk * Self.chunk
            evaluator.run(start..<min(start + Self.chunk, events.count), plans) {
                matches.pairs.append(($0, UInt32($1)))
            }
            if !matches.pairs.isEmpty { results.append(matches) }
        }
        return results
    }
}

/// Hands out the numbers of chunks, each once.
private final class ChunkQueue: Sendable {
    private let taken = Atomic(0)
    private let count: Int

    init(count: Int) { self.count = count }

    func next() -> Int? {
        let chunk = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        return chunk < count ? chunk : nil
    }
}
