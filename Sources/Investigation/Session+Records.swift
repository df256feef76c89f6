internal import Detection
internal import Diagnostics
internal import Events
internal import JSON
internal import Pipeline
internal import Tables

// What is there, where it came from, and the analyst's own records.
extension Session {
    /// The lists that `show` knows.
    public static let lists = [
        "events", "findings", "incidents", "plans", "commands", "routes", "escalations", "actions", "hunts",
        "rules", "tables", "all",
    ]

    /// The events that a filter lets pass, up to its limit.
    func events(_ filter: EventFilter) async throws -> EventsOutcome {
        var rows = try filter.rows(of: state.events, now: clock.time)
        if let predicate = filter.predicate {
            let fitting = try await self.rows(where: predicate)
            rows = rows.filter(fitting.contains)
        }
        return EventsOutcome(
            events: rows.prefix(filter.limit).map { state.events[$0] }, matching: rows.count, loaded: state.events.count)
    }

    func show(_ what: String?) async throws -> OperationResult {
        switch what {
        case nil, "all": .record(overview)
        case "events": .events(try await events(EventFilter()))
        case "findings": .records(state.findings.map { judged($0.json) })
        case "incidents": .records(state.incidents.map { judged($0.json) })
        case "plans": .records(state.plans.map(\.json))
        case "commands": .records(state.commands.map(\.json))
        case "routes": .records(state.routes.map(\.json))
        case "tables": .records(tableRecords)
        case "escalations": .records(state.escalations.map(\.json))
        case "actions": .records(state.actions)
        case "hunts": .records(state.hunts)
        case let id?: try await shown(id)
        }
    }

    private var overview: JSONValue {
        [
            "session": .string(name), "analyst": .string(analyst.name), "clock": .string(clock.time.description),
            "clock_origin": .string(clock.origin.rawValue), "events": .integer(Int64(state.events.count)),
            "first": JSONValue(state.events.first?.description), "last": JSONValue(state.events.last?.description),
            "actors": .integer(Int64(state.events.actors.count)),
            "tables": JSONValue(state.tables.map(\.name)), "findings": .array(state.findings.map { judged($0.json) }),
            "risk_scores": .array(state.scores.map(\.json)), "incidents": .array(state.incidents.map { judged($0.json) }),
            "plans": .array(state.plans.map(\.json)), "commands": .array(state.commands.map(\.json)),
            "routes": .array(state.routes.map(\.json)), "escalations": .array(state.escalations.map(\.json)),
            "notes": JSONValue(state.notes),
        ]
    }

    /// What an id or the beginning of one stands for; an event as it came, in whatever shape.
    private func shown(_ name: String) async throws -> OperationResult {
        if state.events.row(ofID: name) == nil,
            let id = try? SessionState.resolve(
                name, among: state.ids + state.huntIDs + state.ruleIDs, kind: "finding, incident, hunt or rule")
        {
            return .record(record(withID: id) ?? .null)
        }
        if state.events.row(ofID: name) == nil, let rule = try await storedRule(name) { return .record(rule) }
        return .event(state.events[try eventRow(name)])
    }

    private func record(withID id: String) -> JSONValue? {
        let found = state.incidents.first { $0.id == id }?.json ?? state.findings.first { $0.id == id }?.json
        return found.map(judged) ?? state.hunt(withID: id) ?? state.rules.first { $0["id"]?.string == id }
    }

    /// The row of an event, by its id or a unique beginning of it.
    func eventRow(_ name: String) throws(Diagnostic) -> Int {
        if let row = state.events.row(ofID: name) { return row }
        let rows = name.count >= 4 ? (0..<state.events.count).filter { state.events[$0].id.hasPrefix(name) } : []
        guard rows.count == 1 else {
            throw Diagnostic(
                rows.isEmpty
                    ? "there is no event, finding or incident `\(name)`" : "`\(name)` is the beginning of \(rows.count) ids",
                remedy: "`show findings` and `show incidents` list ids; an id may be cut to a unique beginning of four characters")
        }
        return rows[0]
    }

    /// Every record of the artifact files, of this session and others; the last of each id.
    func storedRecords(watch: Watch) throws -> [JSONValue] {
        guard let store else { return [] }
        return try Artifact.allCases.flatMap { artifact -> [JSONValue] in
            let (records, problems) = try store.read(artifact)
            for problem in problems { watch.onNotice(problem.rendered) }
            return records.map { ["file": .string(artifact.file), "record": $0] }
        }
    }
}

// MARK: The analyst's records

extension Session {
    func note(_ text: String) async throws -> JSONValue {
        state.notes.append(text)
        let at = clock.time.description
        try await transcript.append(.note, [JSONValue.Member("text", .string(text)), JSONValue.Member("at", .string(at))])
        return ["note": .string(text), "at": .string(at)]
    }

    func setStatus(of name: String, to text: String) async throws -> JSONValue {
        guard let status = SecurityIncident.Status(rawValue: text) else {
            throw Diagnostic(
                "`\(text)` is not a status", remedy: SecurityIncident.Status.allCases.map(\.rawValue).remedy(for: text),
                kind: .usage)
        }
        let id = try SessionState.resolve(name, among: state.incidents.map(\.id), kind: "incident")
        guard let index = state.incidents.firstIndex(where: { $0.id == id }) else { return .null }
        state.incidents[index].status = status
        try await keep([state.incidents[index].json], as: .incidents)
        return state.incidents[index].json
    }
}
