internal import Detection
internal import Diagnostics
internal import JSON
internal import Pipeline
internal import Tables

/// Findings beside their scores, and what became of each.
struct ReportFindings {
    private let state: SessionState
    private let threshold: Double
    private let scores: [String: RiskScore]
    private let verdicts: [String: [Verdict]]
    private let findings: [String: DetectionFinding]
    private let plans: [String: ResponsePlan]
    private let commands: [String: [CommandSuggestion]]
    private let escalations: [String: [EscalationResult]]
    /// By a finding's id, the incident that holds it, and whether it was promoted there.
    private let places: [String: (incident: SecurityIncident, isPromoted: Bool)]

    init(_ state: SessionState, threshold: Double) {
        self.state = state
        self.threshold = threshold
        scores = Dictionary(state.scores.map { ($0.findingID, $0) }) { _, last in last }
        verdicts = Dictionary(grouping: state.verdicts, by: \.subject)
        findings = Dictionary(state.findings.map { ($0.id, $0) }) { first, _ in first }
        plans = Dictionary(state.plans.map { ($0.incidentID, $0) }) { _, last in last }
        commands = Dictionary(grouping: state.commands, by: \.incidentID)
        escalations = Dictionary(grouping: state.escalations, by: \.incidentID)
        var places: [String: (incident: SecurityIncident, isPromoted: Bool)] = [:]
        for incident in state.incidents {
            let promoted = Set(incident.promotedFindingIDs)
            for id in incident.findingIDs where places[id]?.isPromoted != true {
                places[id] = (incident, promoted.contains(id))
            }
        }
        self.places = places
    }

    /// The findings that made no incident, the worst first.
    var unpromoted: [ReportFinding] {
        state.findings.map(made).filter { !$0.isPromoted }.sorted(by: ReportFinding.isWorse)
    }

    /// The incidents with all that belongs to them, the worst first.
    func incidents(now: Timestamp) throws(Diagnostic) -> [ReportIncident] {
        var incidents: [ReportIncident] = []
        for (index, incident) in state.incidents.sorted(by: ReportIncident.isWorse).enumerated() {
            let filter = EventFilter(limit: ReportIncident.timelineLimit)
            let isTold = index < ReportIncident.timelines
            let timeline = isTold ? try state.timeline(of: incident.id, filter, now: now) : nil
            incidents.append(made(incident, timeline))
        }
        return incidents
    }

    private func made(_ incident: SecurityIncident, _ timeline: TimelineOutcome?) -> ReportIncident {
        let findings = incident.findingIDs.compactMap { self.findings[$0] }.map(made)
        let counting = findings.filter { !$0.finding.isSuppressed }.compactMap(\.score)
        return ReportIncident(
            incident: incident, findings: findings, score: counting.max { $0.score < $1.score },
            timeline: timeline, plan: plans[incident.id], commands: commands[incident.id] ?? [],
            escalations: escalations[incident.id] ?? [],
            verdicts: verdicts[incident.id] ?? [])
    }

    private func made(_ finding: DetectionFinding) -> ReportFinding {
        let place = places[finding.id], score = scores[finding.id], isPromoted = place?.isPromoted == true
        return ReportFinding(
            finding: finding, score: score, isPromoted: isPromoted,
            reason: isPromoted ? nil : reason(finding, score, joined: place?.incident), incidentID: place?.incident.id,
            verdicts: verdicts[finding.id] ?? [])
    }

    /// Why a finding made no incident.
    private func reason(
        _ finding: DetectionFinding, _ score: RiskScore?, joined incident: SecurityIncident?
    ) -> String {
        let context = incident.map { " It is part of incident \($0.id.prefix(8)) as context." } ?? ""
        if let mark = finding.suppression {
            let end = mark["expires"]?.string.map { " until \($0)" } ?? " for good"
            let why = mark["reason"]?.string.map { ": \($0)" } ?? ""
            return "Suppressed by \(mark["owner"]?.string ?? "nobody named")\(end)\(why)." + context
        }
        guard let score else { return "Not scored yet." + context }
        if score.isPromoted(threshold: threshold) { return "Its score came after the incidents were made." + context }
        return "Its score \(Self.twoDecimals(score.score)) is below the threshold of \(Self.twoDecimals(threshold)), "
            + "and its severity \(score.severity.rawValue) below high." + context
    }

    private static func twoDecimals(_ number: Double) -> String {
        let hundredths = Int((min(max(0, number), 1e6) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
