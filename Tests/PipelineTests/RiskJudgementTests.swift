import Detection
import Events
import JSON
import Testing

@testable import Pipeline

/// A detector that only lends its name to findings.
struct NamedDetector: Detector {
    let id: String
    var title = "A rule of the user"
    var severity = Severity.medium
    var attack: [String] = []
    let needs: [EventField] = []

    func findings(in events: EventTable) -> [DetectionFinding] { [] }

    func finding(_ figures: [(String, JSONValue)] = [], user: String = "bob", events: [String] = ["e"]) -> DetectionFinding {
        DetectionFinding(
            detector: self, groupKey: user, description: "d", oktaEventIDs: events, userID: user, createdAt: nil,
            figures: figures.map { JSONValue.Member($0.0, $0.1) })
    }
}

@Suite("A risk score")
struct RiskJudgementTests {
    @Test("falls into the contract's bands", arguments: [
        (0, Severity.low), (0.24, .low), (0.25, .medium), (0.59, .medium), (0.6, .high), (0.84, .high), (0.85, .critical),
        (1, .critical),
    ])
    func bands(score: Double, severity: Severity) { #expect(RiskJudgement.severity(ofScore: score) == severity) }

    static let floor = RiskProposal(severity: .medium, likelihood: 0.7, impact: 0.6, score: 0.42, rationale: "rules")

    /// Proposal (severity, score), then the outcome: severity, score, whose rationale, the proposal kept as disagreement.
    static let proposals:
        [(proposed: (Severity, Double), severity: Severity, score: Double, words: String, disagrees: Bool)] = [
            ((.medium, 0.42), .medium, 0.42, "model", false),
            ((.high, 0.81), .high, 0.81, "model", false),
            ((.low, 0.1), .medium, 0.42, "rules", true),
            ((.medium, 0.3), .medium, 0.42, "rules", true),
            ((.high, 0.3), .high, 0.42, "model", true),
            ((.low, 0.9), .medium, 0.9, "model", true),
            ((.critical, 7), .critical, 1, "model", false),
            ((.medium, -3), .medium, 0.42, "rules", true),
            ((.critical, .infinity), .critical, 1, "model", false),
            ((.medium, 0.4249), .medium, 0.42, "model", false),
        ]

    @Test("is raised by a model and never lowered", arguments: proposals)
    func floors(proposed: (Severity, Double), severity: Severity, score: Double, words: String, disagrees: Bool) {
        let finding = NamedDetector(id: "failed_login_burst").finding()
        let value = RiskProposal(
            severity: proposed.0, likelihood: 0.5, impact: 0.5, score: proposed.1, rationale: "model")
        let result = RiskJudgement.score(finding, Proposal(value, source: .model("m"), asked: [:]), baseline: Self.floor)
        #expect(result.severity == severity)
        #expect(result.score == score)
        #expect(result.rationale == words)
        #expect(result.baseline == RiskScore.Baseline(severity: .medium, score: 0.42))
        #expect((result.disagreement != nil) == disagrees)
    }

    @Test("keeps a lower opinion in full")
    func disagreement() {
        let value = RiskProposal(severity: .low, likelihood: 0.2, impact: 0.5, score: 0.1, rationale: "at home")
        let result = RiskJudgement.score(
            NamedDetector(id: "x").finding(), Proposal(value, source: .model("m"), asked: [:]), baseline: Self.floor)
        #expect(result.disagreement == ["severity": "low", "score": 0.1, "rationale": "at home"])
        #expect(result.likelihood == 0.7 && result.impact == 0.6)
    }

    @Test("of a proposal that is not a number is the baseline, marked")
    func notANumber() {
        let value = RiskProposal(severity: .critical, likelihood: 0.2, impact: .nan, score: 0.9, rationale: "x")
        let result = RiskJudgement.score(
            NamedDetector(id: "x").finding(), Proposal(value, source: .model("m"), asked: [:]), baseline: Self.floor)
        #expect(result.severity == .medium && result.score == 0.42)
        #expect(result.source == .fallback("the model's score is not a number"))
    }

    @Test("promotes from the threshold on, or when high", arguments: [
        (Severity.medium, 0.42, 0.6, false), (.medium, 0.6, 0.6, true), (.high, 0.3, 0.6, true),
        (.critical, 0.1, 0.99, true), (.medium, 0.42, 0.4, true), (.low, 0.59, 0.6, false),
    ])
    func promotion(severity: Severity, score: Double, threshold: Double, promoted: Bool) {
        let risk = RiskScore(
            findingID: "f", severity: severity, likelihood: 0, impact: 0, score: score, rationale: "", source: .rules,
            baseline: RiskScore.Baseline(severity: severity, score: score))
        #expect(risk.isPromoted(threshold: threshold) == promoted)
    }
}
