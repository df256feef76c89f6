public import Detection
public import Pipeline
internal import Tables

/// An incident with all that belongs to it.
public struct ReportIncident: Sendable {
    /// Its record.
    public let incident: SecurityIncident
    /// Its findings: the promoted ones in time order, then those that joined as context.
    public let findings: [ReportFinding]
    /// The score that made it as bad as it is: the highest of its findings.
    public let score: RiskScore?
    /// The order of its events, cut to the first lines; of the worst incidents alone.
    public let timeline: TimelineOutcome?
    /// What to do about it.
    public let plan: ResponsePlan?
    /// Commands that nobody ran.
    public let commands: [CommandSuggestion]
    /// Notifications, sent or only shown.
    public let escalations: [EscalationResult]
    /// What people said of it.
    public let verdicts: [Verdict]

    /// Lines of a timeline, and incidents that have one.
    static let timelineLimit = 60, timelines = 100
}

/// A finding with what was made of it.
public struct ReportFinding: Sendable {
    /// Its record.
    public let finding: DetectionFinding
    /// `nil` where it was not scored.
    public let score: RiskScore?
    /// Whether it made an incident, and did not only join one.
    public let isPromoted: Bool
    /// Why it made none, in a sentence; `nil` where it did.
    public let reason: String?
    /// The incident that it belongs to.
    public let incidentID: String?
    /// What people said of it.
    public let verdicts: [Verdict]

    /// As scored; as detected where it is not.
    public var severity: Severity { score?.severity ?? finding.severity }

    /// The worst first: by severity, score, time and id.
    static func isWorse(_ left: ReportFinding, _ right: ReportFinding) -> Bool {
        let scores = (left.score?.score ?? 0, right.score?.score ?? 0)
        let times = (left.finding.createdAt?.ticks ?? .max, right.finding.createdAt?.ticks ?? .max)
        return (right.severity, scores.1, times.0, left.finding.id)
            < (left.severity, scores.0, times.1, right.finding.id)
    }
}

extension ReportIncident {
    /// The worst first: by severity, score, time and id.
    static func isWorse(_ left: SecurityIncident, _ right: SecurityIncident) -> Bool {
        let times = (left.firstSeen?.ticks ?? .max, right.firstSeen?.ticks ?? .max)
        return (right.severity, right.riskScore, times.0, left.id) < (left.severity, left.riskScore, times.1, right.id)
    }
}
