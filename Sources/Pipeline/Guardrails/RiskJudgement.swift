internal import Detection
internal import JSON

/// Turns a proposal into a score: bounded, rounded, and never below the baseline.
public enum RiskJudgement {
    /// The score from which a finding becomes an incident, unless the user sets another.
    public static let promoteThreshold = 0.6
    /// Model calls of one scoring run, unless the user sets another number.
    public static let maxModelCalls = 50

    /// The score of a finding.
    ///
    /// Numbers beyond 0…1 are clamped. A severity or score below the baseline's is not used; the proposal is then kept
    /// as `disagreement`. One that is not a number makes the whole proposal unusable.
    static func score(
        _ finding: DetectionFinding, _ proposal: Proposal<RiskProposal>, baseline: RiskProposal
    ) -> RiskScore {
        let floor = RiskScore.Baseline(severity: baseline.severity, score: rounded(baseline.score))
        let value = proposal.value
        guard [value.likelihood, value.impact, value.score].allSatisfy({ !$0.isNaN }) else {
            return score(
                finding, baseline, severity: floor.severity, .fallback("the model's score is not a number"), floor, nil)
        }
        let proposed = rounded(value.score)
        let isLower = proposed < floor.score || value.severity < floor.severity
        let raises = proposed > floor.score || value.severity > floor.severity
        let disagreement: JSONValue? = isLower ? [
            "severity": .string(value.severity.rawValue), "score": JSONValue(proposed),
            "rationale": .string(value.rationale),
        ] : nil
        let figures = proposed >= floor.score ? value : baseline
        let words = isLower && !raises ? baseline.rationale : value.rationale
        let used = RiskProposal(
            severity: value.severity, likelihood: figures.likelihood, impact: figures.impact, score: figures.score,
            rationale: words)
        return score(
            finding, used, severity: max(value.severity, floor.severity), proposal.source, floor, disagreement)
    }

    private static func score(
        _ finding: DetectionFinding, _ used: RiskProposal, severity: Severity, _ source: Source,
        _ floor: RiskScore.Baseline, _ disagreement: JSONValue?
    ) -> RiskScore {
        RiskScore(
            findingID: finding.id, severity: severity, likelihood: rounded(used.likelihood),
            impact: rounded(used.impact), score: rounded(used.score), rationale: used.rationale, source: source,
            baseline: floor, disagreement: disagreement)
    }

    /// A number between 0 and 1 with two decimals.
    static func rounded(_ number: Double) -> Double { hundredths(min(1, max(0, number))) }

    /// A number with two decimals.
    static func hundredths(_ number: Double) -> Double { (number * 100).rounded() / 100 }

    /// The severity that goes with a score: low below 0.25, medium below 0.6, high below 0.85, then critical.
    static func severity(ofScore score: Double) -> Severity {
        score < 0.25 ? .low : score < 0.6 ? .medium : score < 0.85 ? .high : .critical
    }

    /// `0.70`.
    static func twoDecimals(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
