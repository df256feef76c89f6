internal import Detection
internal import Diagnostics

/// Says how bad each finding is, and which become incidents.
struct RiskAgent: Sendable {
    static let profile = AgentProfile(
        name: "risk_agent",
        description:
            "Gives each finding severity, likelihood, impact and score, and promotes the grave ones to incidents.",
        consumes: ["findings"], produces: ["risk_scores", "incident"], phase: .ingest, criticality: .required)

    let analyst: any Analyst
    private let baseline = RuleAnalyst()

    init(analyst: any Analyst) { self.analyst = analyst }

    /// Scores findings, the worst baseline first; the scores come back in that order.
    ///
    /// - Parameters:
    ///   - maxModelCalls: Findings beyond this many are scored by the built-in analyst.
    ///   - onScore: Told each score as it is made, so that an interrupted run keeps what is done.
    func run(
        _ findings: [DetectionFinding], in file: CaseFile, maxModelCalls: Int = RiskJudgement.maxModelCalls,
        onScore: @Sendable (RiskScore) -> Void = { _ in }
    ) async throws -> [RiskScore] {
        let ranked = findings.map { (finding: $0, floor: baseline.risk(of: $0, in: file)) }
            .enumerated().sorted { ($1.element.floor.score, $0.offset) < ($0.element.floor.score, $1.offset) }
            .map(\.element)
        var scores: [RiskScore] = []
        for (index, (finding, floor)) in ranked.enumerated() {
            guard !Task.isCancelled else { throw Diagnostic.interrupted }
            let proposal: Proposal<RiskProposal>
            if analyst.asksModel, index >= maxModelCalls {
                let reason = "past the limit of \(maxModelCalls) model calls"
                proposal = Proposal(floor, source: .fallback(reason), asked: finding.json)
            } else {
                proposal = try await analyst.score(finding, in: file)
            }
            scores.append(RiskJudgement.score(finding, proposal, baseline: floor))
            onScore(scores[scores.count - 1])
        }
        return scores
    }
}
