internal import Detection
internal import Diagnostics
internal import Events
internal import JSON
internal import Pipeline
internal import Tables

// Where something came from: incident, findings, events, rule, figures, score.
extension Session {
    /// How many events `why` lists.
    private static let eventLimit = 100

    /// How an incident or finding came about, or in which findings an event is.
    func why(_ name: String) throws(Diagnostic) -> JSONValue {
        if let id = try? SessionState.resolve(name, among: state.ids, kind: "finding or incident") {
            if let incident = state.incidents.first(where: { $0.id == id }) { return why(incident) }
            if let finding = state.findings.first(where: { $0.id == id }) { return why(finding) }
        }
        if let id = try? SessionState.resolve(name, among: state.huntIDs, kind: "hunt"),
            let hunt = state.hunt(withID: id)
        {
            let own = state.findings.filter { $0.metadata["hunt"]?.string == id }
            return ["hunt": hunt, "findings": .array(own.map(why))]
        }
        let event = state.events[try eventRow(name)]
        return [
            "event": event.logEvent, "file": .string(event.origin.file), "byte": .integer(Int64(event.origin.byte)),
            "findings": .array(state.findings.filter { $0.oktaEventIDs.contains(event.id) }.map { judged($0.json) }),
        ]
    }

    private func why(_ incident: SecurityIncident) -> JSONValue {
        let findings = incident.findingIDs.compactMap { id in state.findings.first { $0.id == id } }
        return [
            "incident": judged(incident.json), "findings": .array(findings.map(why)),
            "routes": .array(state.routes.filter { $0.subject == incident.id }.map(\.json)),
        ]
    }

    private func why(_ finding: DetectionFinding) -> JSONValue {
        let score = state.scores.first { $0.findingID == finding.id }
        let rows = finding.oktaEventIDs.compactMap { state.events.row(ofID: $0) }
        return [
            "finding": judged(finding.json), "rule": rule(of: finding), "score": score?.json ?? .null,
            "terms": .array(finding.riskTerms.map(\.json)),
            "promoted": score.map { .bool($0.promotes(finding, threshold: settings.promoteThreshold)) } ?? .null,
            "threshold": JSONValue(settings.promoteThreshold),
            "incident": JSONValue(state.incidents.first { $0.findingIDs.contains(finding.id) }?.id),
            "events": .array(rows.prefix(Self.eventLimit).map { summary(of: state.events[$0]) }),
            // Rows of other tables, which a hunt cites.
            "cited": finding.metadata["cited"] ?? [],
        ]
    }

    /// What made a finding: a detector with its settings, or a rule with its place.
    private func rule(of finding: DetectionFinding) -> JSONValue {
        if finding.isOfHunt { return ruleOfHunt(finding) }
        let detector = settings.detectors.first { $0.id == finding.findingType }
        return [
            "id": finding.metadata["rule_id"] ?? .null, "kind": detector == nil ? "rule" : "detector",
            "version": .string(Detectors.version), "attack_version": .string(Detectors.attackVersion),
            "place": finding.metadata["rule"] ?? .null, "settings": .object(detector?.settings ?? []),
            "query": JSONValue(query(of: finding)),
        ]
    }

    /// Of a hunt, its query takes the rule's place.
    private func ruleOfHunt(_ finding: DetectionFinding) -> JSONValue {
        let id = finding.metadata["hunt"] ?? .null, hunt = state.hunts.first { $0["id"] == id }
        return [
            "id": id, "kind": "hunt", "version": .string(Detectors.version),
            "attack_version": finding.metadata["attack_version"] ?? .null, "place": hunt?["question"] ?? .null,
            "settings": [:], "query": hunt?["query"] ?? .null,
        ]
    }

    private func summary(of event: OktaEvent) -> JSONValue {
        [
            "id": .string(event.id), "published": JSONValue(event.published?.description),
            "eventType": JSONValue(event.eventType), "actor": JSONValue(event.actorLogin),
            "ipAddress": JSONValue(event.ipAddress), "city": JSONValue(event.city),
            "country": JSONValue(event.country), "outcome": JSONValue(event.outcome),
            "file": .string(event.origin.file), "byte": .integer(Int64(event.origin.byte)),
        ]
    }
}
