public import Events
internal import JSON
internal import Tables

/// Many failures of one actor in a short time.
///
/// A failure belongs to a burst when it lies in some window that holds at least ``threshold`` failures of its
/// actor. Windows that overlap make one burst, and a burst is one finding, however long.
public struct FailedLoginBurst: Detector {
    public let id = "failed_login_burst"
    public let title = "Burst of failed logins"
    public let severity = Severity.medium
    /// Brute Force.
    public let attack = ["T1110"]
    public let needs: [EventField] = [.outcomeResult, .actorID]

    public let threshold: Int
    /// In seconds, both ends included.
    public let window: Double

    /// - Parameters:
    ///   - threshold: At least 2.
    ///   - window: In seconds.
    public init(threshold: Int = 5, window: Double = 600) {
        self.threshold = max(2, threshold)
        self.window = window
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let outcomes = events.column(.outcomeResult)
        guard let failure = outcomes.code(of: "FAILURE") else { return [] }
        var rowsOf: [ByteText: [Int]] = [:]
        var actors: [ByteText] = []
        for row in events.timeOrder where outcomes.codes[row] == failure && events.time(at: row) != nil {
            guard let actor = events.actorKey(at: row).map(ByteText.init) else { continue }
            if rowsOf[actor] == nil { actors.append(actor) }
            rowsOf[actor, default: []].append(row)
        }
        let found = actors.flatMap { actor in
            bursts(in: rowsOf[actor] ?? [], of: events).map { (rows: $0, finding: finding(actor.text, $0, in: events)) }
        }
        return found.sorted { events.isOrdered($0.rows[0], before: $1.rows[0]) }.map(\.finding)
    }

    /// The bursts among one actor's failures, which are in time order.
    private func bursts(in rows: [Int], of events: EventTable) -> [[Int]] {
        var bursts: [Range<Int>] = []
        for end in rows.indices.dropFirst(threshold - 1) {
            let start = end - threshold + 1
            guard let first = events.time(at: rows[start]), let last = events.time(at: rows[end]),
                last.seconds(since: first) <= window
            else { continue }
            if let open = bursts.last, start < open.upperBound {
                bursts[bursts.count - 1] = open.lowerBound..<end + 1
            } else {
                bursts.append(start..<end + 1)
            }
        }
        return bursts.map { Array(rows[$0]) }
    }

    private func finding(_ actor: String, _ rows: [Int], in events: EventTable) -> DetectionFinding {
        let failures = rows.map { events[$0] }
        let start = failures.first?.published, end = failures.last?.published
        let duration = end.flatMap { end in start.map { end.seconds(since: $0) } } ?? 0
        let name = failures.last?.actorLogin ?? actor
        return DetectionFinding(
            detector: self, groupKey: actor,
            description: "\(rows.count) failed logins for actor \(name) within \(clockSpan(max(window, duration))).",
            oktaEventIDs: failures.map(\.id), userID: actor, createdAt: end,
            figures: [
                JSONValue.Member("actor", .string(name)),
                JSONValue.Member("count", .integer(Int64(rows.count))),
                JSONValue.Member("window_seconds", .integer(Int64(window))),
                JSONValue.Member("duration_seconds", .integer(Int64(duration.rounded()))),
                JSONValue.Member("ips", JSONValue(distinct(failures.map(\.ipAddress)))),
                JSONValue.Member("countries", JSONValue(distinct(failures.map(\.country)))),
                JSONValue.Member("success_followed", JSONValue(success(after: rows, actor: actor, in: events)?.id)),
                JSONValue.Member("first_seen", JSONValue(start?.description)),
                JSONValue.Member("last_seen", JSONValue(end?.description)),
            ])
    }

    /// The actor's first success within an hour after a burst: what would make the burst an intrusion.
    private func success(after rows: [Int], actor: String, in events: EventTable) -> OktaEvent? {
        guard let last = rows.last, let end = events.time(at: last) else { return nil }
        let limit = end.advanced(bySeconds: 3600)
        let rows = events.rowsOfActor(actor), outcomes = events.column(.outcomeResult)
        let success = outcomes.code(of: "SUCCESS")
        for row in rows[Self.position(after: last, among: rows, of: events)...] {
            guard let time = events.time(at: row), time <= limit else { return nil }
            if outcomes.codes[row] == success { return events[row] }
        }
        return nil
    }

    /// Where the rows that come after a row begin, among rows in time order; found by halving, as an actor may have
    /// very many rows and bursts.
    private static func position(after row: Int, among rows: Rows, of events: EventTable) -> Int {
        var low = 0, high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if events.isOrdered(row, before: rows[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
