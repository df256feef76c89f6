internal import Detection
internal import Diagnostics
internal import Events
internal import JSON
internal import Tables

/// What a model is shown of a case: chosen and capped by code, and all that its answer may rest on.
struct Evidence {
    let json: JSONValue
    /// The ids that an answer may cite.
    let ids: Set<String>

    init(_ json: JSONValue) {
        let capped = EvidenceCaps.capped(json)
        self.json = capped
        ids = Set(["events", "findings", "incidents"].flatMap { key in
            capped[key]?.array?.compactMap { $0["id"]?.string } ?? []
        })
    }

    /// For a question: counts over everything, findings, incidents, plans, and the events nearest to the question.
    init(for question: String, in file: CaseFile) {
        let question = Question(question, in: file)
        let findings = Self.findings(for: question, in: file)
        self.init([
            "clock": .string(file.clock.description), "summary": Self.summary(file.events),
            "findings": .array(findings.map { Self.finding($0, in: file) }),
            "incidents": .array(file.incidents.suffix(EvidenceCaps.incidents).map { $0.json.removing("metadata") }),
            "plans": .array(file.plans.suffix(EvidenceCaps.incidents).map(\.json)),
            "events": Self.events(Self.rows(for: question, in: file), in: file.events),
        ])
    }

    /// For a score: the finding, its events and the baseline.
    init(for finding: DetectionFinding, baseline: RiskProposal, in file: CaseFile) {
        self.init([
            "findings": [Self.shown(finding)],
            "baseline": [
                "severity": .string(baseline.severity.rawValue), "likelihood": JSONValue(baseline.likelihood),
                "impact": JSONValue(baseline.impact), "score": JSONValue(baseline.score),
            ],
            "events": Self.events(file.rows(of: finding), in: file.events),
        ])
    }

    /// For a plan: the incident, its findings and their events.
    init(for incident: SecurityIncident, in file: CaseFile) {
        let findings = file.findings(Array(incident.findingIDs.prefix(EvidenceCaps.findings)))
        self.init([
            "incidents": [incident.json], "findings": .array(findings.map { Self.finding($0, in: file) }),
            "events": Self.events(findings.flatMap { file.rows(of: $0) }, in: file.events),
        ])
    }
}

// MARK: Choosing

extension Evidence {
    /// The findings that matter for a question: those about what it names, then the worst; in their own order.
    private static func findings(for question: Question, in file: CaseFile) -> [DetectionFinding] {
        let scoreOf = Dictionary(file.scores.map { ($0.findingID, $0.score) }) { _, last in last }
        let actors = Set(question.actors)
        let ranked = file.findings.indices.sorted { left, right in
            let (one, other) = (file.findings[left], file.findings[right])
            let named = (actors.contains(one.userID), actors.contains(other.userID))
            if named.0 != named.1 { return named.0 }
            return (scoreOf[other.id] ?? 0, left) < (scoreOf[one.id] ?? 0, right)
        }
        return ranked.prefix(EvidenceCaps.findings).sorted().map { file.findings[$0] }
    }

    /// The rows that matter for a question: those it names, then those that prove findings, then the newest.
    private static func rows(for question: Question, in file: CaseFile) -> [Int] {
        let named = question.namedRows(in: file)
        var chosen: [Int] = [], seen: Set<Int> = []
        let newestFirst = Array(file.events.timeOrder.reversed())
        for row in [named, file.findings.flatMap { file.rows(of: $0) }, newestFirst].joined() {
            guard chosen.count < EvidenceCaps.events else { break }
            if seen.insert(row).inserted { chosen.append(row) }
        }
        return chosen
    }

    private static func events(_ rows: [Int], in events: EventTable) -> JSONValue {
        let unique = Set(rows.prefix(EvidenceCaps.events)).sorted { events.isOrdered($0, before: $1) }
        return .array(unique.map { event(events[$0]) })
    }

    private static func event(_ event: OktaEvent) -> JSONValue {
        let fields: [(String, String?)] = [
            ("id", event.id), ("time", event.published?.description), ("type", event.eventType),
            ("actor", event.actorLogin), ("actor_type", event.actorType), ("outcome", event.outcome),
            ("reason", event.outcomeReason), ("ip", event.ipAddress), ("city", event.city), ("country", event.country),
            ("user_agent", event.userAgent), ("session", event.sessionID), ("target", event.targetID),
            ("message", event.displayMessage),
        ]
        return .object(fields.compactMap { key, text in text.map { JSONValue.Member(key, .string($0)) } })
    }

    /// Without the rows of other tables that a hunt cites: names in them cannot be hidden.
    private static func shown(_ finding: DetectionFinding) -> JSONValue {
        finding.json.setting("metadata", to: finding.metadata.removing("cited"))
    }

    private static func finding(_ finding: DetectionFinding, in file: CaseFile) -> JSONValue {
        let score = file.score(of: finding.id)
        let isPromoted = score.map { $0.promotes(finding, threshold: file.promoteThreshold) }
        return shown(finding).setting("severity", to: JSONValue(score?.severity.rawValue))
            .setting("score", to: score.map { JSONValue($0.score) } ?? .null)
            .setting("why", to: JSONValue(score?.rationale))
            .setting("promoted", to: isPromoted.map(JSONValue.bool) ?? .null)
    }

    private static func summary(_ events: EventTable) -> JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member("events", .integer(Int64(events.count))),
            JSONValue.Member("first", JSONValue(events.first?.description)),
            JSONValue.Member("last", JSONValue(events.last?.description)),
            JSONValue.Member("actors", .integer(Int64(events.actors.count))),
        ]
        let all = Array(0..<events.count)
        for noun in [Noun.outcomes, .eventTypes, .countries, .addresses, .actors] {
            let tally = Tally(noun, of: all, in: events).ranked.prefix(EvidenceCaps.values)
            members.append(JSONValue.Member(
                "by_\(noun.field)",
                .array(tally.map { ["value": .string($0.value), "count": .integer(Int64($0.rows.count))] })))
        }
        return .object(members)
    }
}

// MARK: In the prompt

extension Evidence {
    func block(nonce: String) -> String { EvidenceFence.block(json, nonce: nonce) }
}
