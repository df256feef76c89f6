internal import Diagnostics
internal import Events
internal import Tables

/// Events in time order, with similar ones that repeat taken together.
///
/// Similar are events of one type, outcome and set of findings by one actor, or from one address. A run ends after a
/// pause, and when something of another kind happens: what came before a success and what came after it stay apart.
/// Kinds that take turns, as those of the several events of one sign-in do, run beside each other.
struct EventRuns {
    struct Run {
        let row: Int
        fileprivate(set) var lastRow: Int
        fileprivate(set) var count = 1
        /// Places in the list of findings.
        let marks: [Int]
        fileprivate(set) var actors: Set<UInt64>
        fileprivate(set) var addresses: Set<UInt32>
        fileprivate(set) var sameActor = true
        fileprivate(set) var sameAddress = true
    }

    /// By their first events.
    private(set) var runs: [Run] = []
    /// The runs that may go on.
    private var open: [Int] = []
    private let events: EventTable
    private let types: [UInt32], outcomes: [UInt32], ids: [UInt32], logins: [UInt32], addresses: [UInt32]

    /// A longer pause ends a run, in seconds.
    static let pause = 900.0
    /// How many kinds may take turns.
    private static let kinds = 4

    /// - Parameters:
    ///   - rows: In time order.
    ///   - marks: The findings of each row that has some.
    init(_ rows: [Int], in events: EventTable, marks: [Int: [Int]]) throws(Diagnostic) {
        self.events = events
        types = events.column(.eventType).codes
        outcomes = events.column(.outcomeResult).codes
        ids = events.column(.actorID).codes
        logins = events.column(.actorAlternateID).codes
        addresses = events.column(.ipAddress).codes
        for (index, row) in rows.enumerated() {
            if index & 0xFFFF == 0, Task.isCancelled { throw Diagnostic.interrupted }
            add(row, marks: marks[row] ?? [])
        }
    }

    private mutating func add(_ row: Int, marks: [Int]) {
        open = open.filter { !isOver($0, at: row) }
        if let index = open.first(where: { continues($0, row, marks) }) {
            extend(index, by: row)
        } else {
            open = open.filter { runs[$0].count == 1 }
            if open.count == Self.kinds { open.removeFirst() }
            open.append(runs.count)
            runs.append(Run(row: row, lastRow: row, marks: marks, actors: [actor(row)], addresses: [addresses[row]]))
        }
    }

    private func actor(_ row: Int) -> UInt64 { UInt64(ids[row]) << 32 | UInt64(logins[row]) }

    private func isOver(_ index: Int, at row: Int) -> Bool {
        guard let last = events.time(at: runs[index].lastRow), let time = events.time(at: row) else { return false }
        return time.seconds(since: last) > Self.pause
    }

    private func continues(_ index: Int, _ row: Int, _ marks: [Int]) -> Bool {
        let run = runs[index]
        guard types[run.row] == types[row], outcomes[run.row] == outcomes[row], run.marks == marks else { return false }
        return run.sameActor && actor(run.row) == actor(row)
            || run.sameAddress && addresses[row] != 0 && addresses[run.row] == addresses[row]
    }

    private mutating func extend(_ index: Int, by row: Int) {
        runs[index].lastRow = row
        runs[index].count += 1
        runs[index].sameActor = runs[index].sameActor && actor(runs[index].row) == actor(row)
        runs[index].sameAddress = runs[index].sameAddress && addresses[runs[index].row] == addresses[row]
        if !runs[index].sameActor { runs[index].actors.insert(actor(row)) }
        if !runs[index].sameAddress { runs[index].addresses.insert(addresses[row]) }
    }
}
