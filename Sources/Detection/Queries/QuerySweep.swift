internal import Diagnostics
internal import Events
internal import KQL
internal import Sigma
internal import Tables

/// What all rules that are queries need of a log.
struct QueriedLog: Sendable {
    let events: EventTable
    let tables: [LocalTable]
    /// Of all events that have one, in ticks, ascending.
    let times: [Int64]

    /// The tables' columns of event ids.
    static let idColumns = [
        "OktaSystemLog": "uuid", "Okta_CL": "uuid_g", "OktaSSO": "uuid_g", "OktaV2_CL": "EventOriginalUid",
    ]

    init(_ events: EventTable) {
        self.events = events
        tables = LocalTable.okta(events)
        times = events.timeOrder.compactMap { events.time(at: $0)?.ticks }
    }
}

/// A run of all rules that are queries.
struct QuerySweep: Sendable {
    private(set) var findings: [DetectionFinding] = []
    private(set) var refusals: [Diagnostic] = []
    private(set) var skipped: [Diagnostic] = []
    private(set) var notes: [Diagnostic] = []

    /// Runs them on all cores, each over the whole log; what became of them is in their order.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    init(_ rules: [QueryRule], over events: EventTable) async throws {
        guard !rules.isEmpty else { return }
        let log = QueriedLog(events)
        let outcomes = try await withThrowingTaskGroup(of: (Int, QueryRuleOutcome).self) { group in
            for (place, rule) in rules.enumerated() {
                group.addTask {
                    try Task.checkCancellation()
                    return (place, try QueryRuleRun(rule, over: log).outcome())
                }
            }
            return try await group.reduce(into: [Int: QueryRuleOutcome]()) { $0[$1.0] = $1.1 }
        }
        for place in rules.indices {
            switch outcomes[place] {
            case .ran(let found, let note):
                findings += found
                notes += [note].compactMap { $0 }
            case .refused(let reason): refusals.append(reason)
            case .skipped(let reason): skipped.append(reason)
            case nil: break
            }
        }
    }
}
