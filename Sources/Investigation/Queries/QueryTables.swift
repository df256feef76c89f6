internal import Detection
internal import Diagnostics
internal import Events
internal import JSON
internal import KQL
internal import Pipeline

/// The tables that a session's queries read: those that every session has, and those that were loaded from files.
struct QueryTables: Sendable {
    /// The names of the tables that every session has.
    static let builtIn = ["OktaSystemLog", "OktaV2_CL", "Okta_CL", "Findings", "Incidents", "Plans", "Commands"]

    /// The events as tables. They keep the columns that queries have read, so they are made anew only when the events
    /// have changed.
    private let events: [LocalTable]

    init(events: EventTable) {
        self.events = [LocalTable.oktaSystemLog(events), LocalTable.oktaV2(events), LocalTable.oktaCL(events)]
    }

    /// All tables of a state whose events these are; of two of one name the loaded one counts.
    func all(of state: SessionState) -> [LocalTable] {
        let made = [
            LocalTable.findings(state.findings.map(\.json)), .incidents(state.incidents.map(\.json)),
            .plans(state.plans.map(\.json)), .commands(state.commands.map(\.json)),
        ]
        let loaded = state.tables.map(\.table), hidden = Set(loaded.map(\.name))
        return (events + made).filter { !hidden.contains($0.name) } + loaded
    }
}
