internal import Detection
internal import JSON

/// What the built-in analyst thinks of each kind of finding: the baseline of every score.
///
/// The first row of a finding's type whose evidence is there counts. Score is likelihood × impact.
enum RiskTable {
    struct Row: Sendable {
        let findingType: String
        let likelihood: Double
        let impact: Double
        let rationale: String
        let applies: @Sendable (DetectionFinding) -> Bool
    }

    static let rows: [Row] = [
        Row(findingType: "impossible_travel", likelihood: 0.70, impact: 0.80,
            rationale: "Two countries inside an hour, but neither attempt got in.",
            applies: { finding in
                let outcomes = finding.metadata["outcomes"]?.strings ?? []
                return !outcomes.isEmpty && outcomes.allSatisfy { $0 == "FAILURE" || $0 == "DENY" }
            }),
        Row(findingType: "impossible_travel", likelihood: 0.90, impact: 0.80,
            rationale: "Two countries inside an hour, and no shared device to explain it.", applies: { _ in true }),
        Row(findingType: "failed_login_burst", likelihood: 0.85, impact: 0.80,
            rationale: "A success followed the failures within the hour: the guessing may have worked.",
            applies: { ($0.metadata["success_followed"] ?? .null) != .null }),
        Row(findingType: "failed_login_burst", likelihood: 0.85, impact: 0.60,
            rationale: "Many failures, and no success followed within the hour.",
            applies: { ($0.metadata["count"]?.integer ?? 0) >= 50 }),
        Row(findingType: "failed_login_burst", likelihood: 0.70, impact: 0.60,
            rationale: "Failures only: no success followed within the hour.", applies: { _ in true }),
    ]

    /// Likelihood and impact of findings that no row is about, by the severity their rule gives.
    static func bySeverity(_ severity: Severity) -> (likelihood: Double, impact: Double) {
        switch severity {
        case .low: (0.40, 0.40)
        case .medium: (0.60, 0.70)
        case .high: (0.85, 0.85)
        case .critical: (0.95, 0.95)
        }
    }

    /// The baseline of a finding.
    static func risk(of finding: DetectionFinding) -> RiskProposal {
        let row = rows.first { $0.findingType == finding.findingType && $0.applies(finding) }
        let (likelihood, impact) = row.map { ($0.likelihood, $0.impact) } ?? bySeverity(finding.severity)
        let score = RiskJudgement.rounded(likelihood * impact)
        return RiskProposal(
            severity: RiskJudgement.severity(ofScore: score), likelihood: likelihood, impact: impact, score: score,
            rationale: row?.rationale ?? "Its rule calls it \(finding.severity.rawValue).")
    }
}
