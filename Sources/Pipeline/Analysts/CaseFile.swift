public import Detection
public import Events
public import Tables
internal import JSON

/// All that is known in a session at one moment: what an analyst reads to answer.
public struct CaseFile: Sendable {
    /// What was ingested.
    public var events: EventTable
    /// In the order of their sweep.
    public var findings: [DetectionFinding]
    /// The last one of a finding counts.
    public var scores: [RiskScore]
    /// With the status the analyst gave them.
    public var incidents: [SecurityIncident]
    /// The last one of an incident counts.
    public var plans: [ResponsePlan]
    /// Of all plans.
    public var commands: [CommandSuggestion]
    /// The session's clock.
    public var clock: Timestamp
    /// The score from which a finding becomes an incident.
    public var promoteThreshold: Double

    /// A case, of which everything but events and clock may still be missing.
    public init(
        events: EventTable, findings: [DetectionFinding] = [], scores: [RiskScore] = [],
        incidents: [SecurityIncident] = [], plans: [ResponsePlan] = [], commands: [CommandSuggestion] = [],
        clock: Timestamp, promoteThreshold: Double = RiskJudgement.promoteThreshold
    ) {
        self.events = events
        self.findings = findings
        self.scores = scores
        self.incidents = incidents
        self.plans = plans
        self.commands = commands
        self.clock = clock
        self.promoteThreshold = promoteThreshold
    }
}

extension CaseFile {
    /// The findings with these ids, in the order of the ids. Linear in both.
    func findings(_ ids: [String]) -> [DetectionFinding] {
        let findingOf = Dictionary(findings.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { findingOf[$0] }
    }

    func score(of findingID: String) -> RiskScore? { scores.last { $0.findingID == findingID } }

    func incidents(holding findingID: String) -> [SecurityIncident] {
        incidents.filter { $0.findingIDs.contains(findingID) }
    }

    /// The rows of the events that prove a finding, where they are loaded.
    func rows(of finding: DetectionFinding) -> [Int] { finding.oktaEventIDs.compactMap { events.row(ofID: $0) } }

    /// The rows of the events that prove an incident's findings, each once, in the order of the findings.
    func rows(of incident: SecurityIncident) -> [Int] {
        var seen: Set<Int> = []
        return findings(incident.findingIDs).flatMap { rows(of: $0) }.filter { seen.insert($0).inserted }
    }

    /// What people call an actor: the login of the actor's latest event, or the key itself.
    func name(ofActor key: String) -> String {
        events.rowsOfActor(key).last.flatMap { events[$0].actorLogin } ?? key
    }
}

extension DetectionFinding {
    /// What people call its actor.
    var actorName: String { metadata["actor"]?.string ?? userID }
    /// A few words for what it is.
    var title: String { metadata["title"]?.string ?? findingType }
}
