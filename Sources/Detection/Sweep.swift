public import Diagnostics
public import Events
public import Sigma
internal import Tables

/// One run of detectors and rules over events.
public struct Sweep: Sendable {
    /// In order of time, then id: the same for the same events in any order.
    public let findings: [DetectionFinding]
    /// Detectors that had the fields they need.
    public let sighted: [String]
    /// Detectors that had nothing to look at, with the fields that no event has.
    public let blind: [(detector: String, missing: [EventField])]
    /// Why rules that are queries did not run: with file, and line of the query.
    public let refusals: [Diagnostic]
    /// Rules that are queries, but not for Okta's log, and why not.
    public let skipped: [Diagnostic]
    /// What was other than rules that are queries say, in long logs.
    public let notes: [Diagnostic]

    /// Runs the detectors, and the rules, on all cores. Linear in the events for each detector; rules share their work.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public init(
        _ events: EventTable, with detectors: [any Detector] = Detectors.all, rules: RuleSet? = nil
    ) async throws {
        try Task.checkCancellation()
        async let queried = QuerySweep(rules?.queries ?? [], over: events)
        let missing = detectors.map { $0.missing(in: events) }
        let able = detectors.indices.filter { missing[$0].isEmpty }
        let findings = try await withThrowingTaskGroup(of: [DetectionFinding].self) { group in
            if let rules {
                group.addTask {
                    var findings = RuleFindings(events)
                    return try await rules.matches(in: events).flatMap { findings.findings(of: $0) }
                }
            }
            for place in able {
                group.addTask {
                    try Task.checkCancellation()
                    return detectors[place].findings(in: events)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let queries = try await queried
        (refusals, skipped, notes) = (queries.refusals, queries.skipped, queries.notes)
        self.findings = FindingFolds(findings + queries.findings).kept.sorted { left, right in
            (left.createdAt?.ticks ?? .max, left.id) < (right.createdAt?.ticks ?? .max, right.id)
        }
        sighted = able.map { detectors[$0].id }
        blind = detectors.indices.filter { !missing[$0].isEmpty }.map { (detectors[$0].id, missing[$0]) }
    }
}
