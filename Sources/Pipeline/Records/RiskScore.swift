public import Detection
public import Diagnostics
public import JSON

/// How bad one finding is. One line of `risk_scores.jsonl`.
///
/// Made by ``RiskJudgement``, which keeps severity and score at or above the baseline.
public struct RiskScore: Hashable, Sendable {
    /// What the built-in analyst says of the same finding: the floor.
    public struct Baseline: Hashable, Sendable {
        /// The built-in analyst's severity.
        public let severity: Severity
        /// The built-in analyst's score.
        public let score: Double

        /// A floor.
        public init(severity: Severity, score: Double) {
            self.severity = severity
            self.score = score
        }
    }

    /// The finding it is about.
    public let findingID: String
    /// At least the baseline's.
    public let severity: Severity
    /// That it is an attack: 0.0–1.0, two decimals, as impact and score are.
    public let likelihood: Double
    /// What it would cost.
    public let impact: Double
    /// At least the baseline's.
    public let score: Double
    /// One or two sentences. May hold a model's words: make it visible before printing.
    public let rationale: String
    /// Who gave it.
    public let source: Source
    /// The floor it was held to.
    public let baseline: Baseline
    /// A model's `severity`, `score` and `rationale` where one of them was lower than the baseline and not used.
    public let disagreement: JSONValue?

    /// A score from its parts; ``Orchestrator`` makes them within the rules.
    public init(
        findingID: String, severity: Severity, likelihood: Double, impact: Double, score: Double, rationale: String,
        source: Source, baseline: Baseline, disagreement: JSONValue? = nil
    ) {
        self.findingID = findingID
        self.severity = severity
        self.likelihood = likelihood
        self.impact = impact
        self.score = score
        self.rationale = rationale
        self.source = source
        self.baseline = baseline
        self.disagreement = disagreement
    }

    /// Whether the score is enough for an incident: code decides, never a model.
    public func isPromoted(threshold: Double = RiskJudgement.promoteThreshold) -> Bool {
        score >= threshold || severity >= .high
    }

    /// Whether the finding that was scored becomes an incident: one that is suppressed does not, whatever its score.
    public func promotes(_ finding: DetectionFinding, threshold: Double) -> Bool {
        !finding.isSuppressed && isPromoted(threshold: threshold)
    }
}

extension RiskScore {
    /// The record as `risk_scores.jsonl` has it.
    public var json: JSONValue {
        [
            "finding_id": .string(findingID), "severity": .string(severity.rawValue),
            "likelihood": JSONValue(likelihood), "impact": JSONValue(impact), "score": JSONValue(score),
            "rationale": .string(rationale), "source": .string(source.description),
            "baseline": ["severity": .string(baseline.severity.rawValue), "score": JSONValue(baseline.score)],
            "disagreement": disagreement ?? .null,
        ]
    }

    /// Reads a record of `risk_scores.jsonl`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "risk_scores.jsonl")
        let severity = try fields.severity(), score = try fields.number("score")
        let floor = json["baseline"]
        try self.init(
            findingID: fields.string("finding_id"), severity: severity, likelihood: fields.number("likelihood"),
            impact: fields.number("impact"), score: score, rationale: fields.string("rationale"), source: fields.source,
            baseline: Baseline(
                severity: floor?["severity"]?.string.flatMap(Severity.init) ?? severity,
                score: floor?["score"]?.double ?? score),
            disagreement: json["disagreement"].flatMap { $0.isNull ? Optional.none : $0 })
    }
}
