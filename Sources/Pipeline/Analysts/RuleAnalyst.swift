public import Detection
internal import Diagnostics
internal import Events
internal import JSON

/// The built-in analyst: deterministic code that answers everything without a model or a network.
///
/// ```swift
/// let answer = RuleAnalyst().reply(to: "how many failed logins per user?", in: file)
/// ```
public struct RuleAnalyst: Analyst {
    public let name = "built-in analyst"
    public let asksModel = false

    /// The analyst; it has no settings.
    public init() {}

    public func route(_ context: RouteContext) async throws -> Proposal<RouteProposal> {
        Proposal(routing(context), source: .rules, asked: context.json)
    }

    public func score(_ finding: DetectionFinding, in file: CaseFile) async throws -> Proposal<RiskProposal> {
        Proposal(risk(of: finding, in: file), source: .rules, asked: finding.json)
    }

    public func plan(_ incident: SecurityIncident, in file: CaseFile) async throws -> Proposal<PlanProposal> {
        Proposal(planning(incident, in: file), source: .rules, asked: incident.json)
    }

    public func answer(
        _ question: String, in file: CaseFile, onText: @escaping @Sendable (String) -> Void
    ) async throws -> Answer {
        guard !Task.isCancelled else { throw Diagnostic.interrupted }
        let answer = reply(to: question, in: file)
        onText(answer.text)
        return answer
    }
}

extension RuleAnalyst {
    /// The route by the rules that the guardrails enforce anyway.
    func routing(_ context: RouteContext) -> RouteProposal {
        switch context.kind {
        case .rawEvents:
            RouteProposal(
                phase: "ingest",
                steps: [
                    RouteStep(agentName: DetectorAgent.profile.name, reason: "new events have to be looked through"),
                    RouteStep(
                        agentName: RiskAgent.profile.name, reason: "each finding needs a score",
                        when: "when there are findings"),
                ], notes: "")
        case .incident: incidentRoute(context.incident?.severity ?? .low)
        }
    }

    private func incidentRoute(_ severity: Severity) -> RouteProposal {
        var steps = [RouteStep(agentName: PlannerAgent.profile.name, reason: "the incident needs a plan")]
        if severity >= .high {
            steps.append(RouteStep(agentName: CommandAgent.profile.name, reason: "the plan's steps need commands"))
            steps.append(
                RouteStep(agentName: EscalationAgent.profile.name, reason: "the incident is \(severity.rawValue)"))
        }
        return RouteProposal(phase: "response", steps: steps, notes: "")
    }

    /// The baseline of a finding's score.
    func risk(of finding: DetectionFinding, in file: CaseFile) -> RiskProposal { RiskTable.risk(of: finding) }

    /// The plan from the built-in plays, the worst finding's first.
    func planning(_ incident: SecurityIncident, in file: CaseFile) -> PlanProposal {
        let scores = Dictionary(file.scores.map { ($0.findingID, $0.score) }) { _, last in last }
        let findings = file.findings(incident.promotedFindingIDs).enumerated()
            .sorted { (scores[$1.element.id] ?? 0, $0.offset) < (scores[$0.element.id] ?? 0, $1.offset) }.map(\.element)
        let who = findings.first?.people ?? incident.actors.first ?? "the account"
        let steps = PlanTable.rows(for: findings, acts: acts(in: findings, file)).map { row in
            ResponseStep(
                stepID: row.step.rawValue, description: row.step.description, rationale: row.rationale,
                requiresHumanApproval: row.step.needsApproval, dependencies: row.after.map(\.rawValue))
        }
        return PlanProposal(overallGoal: PlanTable.goal(for: findings, who: who), steps: steps, notes: "")
    }

    /// The types of what was done in the events of findings that are more than unusual.
    private func acts(in findings: [DetectionFinding], _ file: CaseFile) -> [String] {
        let rows = findings.filter { $0.severity > .low }.flatMap { file.rows(of: $0) }
        let done = rows.map { file.events[$0] }.filter { !["FAILURE", "DENY"].contains($0.outcome) }
        return distinctTexts(done.compactMap(\.eventType))
    }
}
