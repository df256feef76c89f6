internal import Detection
public import JSON

/// One reason for a finding's baseline score, in words and numbers.
///
/// The first term says where likelihood and impact begin, each further one what it adds or takes away; their sums,
/// multiplied, are the score.
public struct RiskTerm: Hashable, Sendable {
    /// A sentence.
    public let words: String
    /// That it is an attack, 0–1; of a further term the change.
    public let likelihood: Double
    /// What it would cost, 0–1; of a further term the change.
    public let impact: Double

    init(_ words: String, likelihood: Double = 0, impact: Double = 0) {
        self.words = words
        self.likelihood = likelihood
        self.impact = impact
    }

    /// `{"words","likelihood","impact"}`
    public var json: JSONValue {
        [
            "words": .string(words), "likelihood": JSONValue(RiskJudgement.hundredths(likelihood)),
            "impact": JSONValue(RiskJudgement.hundredths(impact)),
        ]
    }

    /// `+0.05 likelihood`, as a further term is printed; `0.90 × 0.80` for the first.
    func figures(isFirst: Bool) -> String {
        if isFirst { return "\(RiskJudgement.twoDecimals(likelihood)) × \(RiskJudgement.twoDecimals(impact))" }
        let changes = [(likelihood, "likelihood"), (impact, "impact")].filter { $0.0 != 0 }
        return changes.map { change, name in
            "\(change < 0 ? "−" : "+")\(RiskJudgement.twoDecimals(abs(change))) \(name)"
        }.joined(separator: ", ")
    }
}
