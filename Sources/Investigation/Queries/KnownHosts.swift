internal import Detection
internal import JSON
internal import KQL
internal import Pipeline
internal import Tables

extension LocalTable {
    /// How many hosts of one table are kept, and how much of the table is looked through for them, in seconds.
    private static let hostLimit = 2_000, hostSeconds = 2

    /// The machines that the table names, for completion; none where it has no `DeviceName`.
    func hosts(now: Timestamp) async -> [String] {
        guard columns.contains(where: { isSame($0.name, "DeviceName") }) else { return [] }
        let query = "\(name) | where isnotempty(DeviceName) | distinct tostring(DeviceName)"
        let limits = QueryLimits(rows: Self.hostLimit, time: .seconds(Self.hostSeconds))
        guard case .result(let result) = await QueryRun(engine: QueryEngine(tables: [self], now: now), limits: limits)
            .run(query)
        else { return [] }
        return (0..<result.count).map { result.text(row: $0, column: 0) }
    }
}

extension SessionState {
    /// The machines that may be acted on, as far as the session has heard of them: those of actions, of what hunts
    /// found, and of loaded tables. From the log: make them visible before printing.
    public var hosts: [String] {
        let acted = actions.compactMap { $0["target"]?.string }
        let found = findings.flatMap(\.hosts)
        return Set((acted + found + tables.flatMap(\.hosts)).filter { HostCall.name($0) != nil }).sorted()
    }
}
