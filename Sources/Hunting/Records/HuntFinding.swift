public import Detection
public import Diagnostics
public import JSON

/// Something in the rows of a hunt that deserves attention, with the rows that show it.
public struct HuntFinding: Hashable, Sendable {
    /// How sure it is that this is an attack.
    public enum Confidence: String, CaseIterable, Sendable { case low, medium, high }

    /// What to do next.
    public enum Recommendation: String, CaseIterable, Sendable {
        case pivot, monitor, ignore
        case createIncident = "create_incident"
    }

    /// A few words. Holds text from the log, as the description does: make it visible before printing.
    public let title: String
    /// One or two sentences.
    public let description: String
    public let confidence: Confidence
    /// ATT&CK techniques, each of which exists.
    public let attack: [String]
    /// The rows that show it, counted from 0, sorted; never empty.
    public let rows: [Int]
    /// What stands in these rows and is worth searching elsewhere.
    public let indicators: [Indicator]
    public let recommendation: Recommendation

    /// A finding; techniques that do not exist are left out, and rows are sorted, each once.
    public init(
        title: String, description: String, confidence: Confidence, attack: [String], rows: [Int],
        indicators: [Indicator], recommendation: Recommendation
    ) {
        self.title = title
        self.description = description
        self.confidence = confidence
        self.attack = attack.filter { AttackTechnique.name(of: $0) != nil }
        self.rows = Set(rows).sorted()
        self.indicators = indicators
        self.recommendation = recommendation
    }

    /// How bad it is, for scores and incidents.
    public var severity: Severity {
        switch confidence {
        case .low: .low
        case .medium: .medium
        case .high: .high
        }
    }

    /// `{"title","description","confidence","severity","attack","rows","indicators","recommendation"}`.
    public var json: JSONValue {
        [
            "title": .string(title), "description": .string(description), "confidence": .string(confidence.rawValue),
            "severity": .string(severity.rawValue), "attack": JSONValue(attack),
            "rows": .array(rows.map { .integer(Int64($0)) }), "indicators": .array(indicators.map(\.json)),
            "recommendation": .string(recommendation.rawValue),
        ]
    }

    /// Reads what ``json`` wrote.
    ///
    /// - Throws: Where a member is missing or wrong.
    public init(json: JSONValue) throws(Diagnostic) {
        guard let title = json["title"]?.string, let description = json["description"]?.string,
            let confidence = json["confidence"]?.string.flatMap(Confidence.init),
            let recommendation = json["recommendation"]?.string.flatMap(Recommendation.init),
            let rows = json["rows"]?.array
        else {
            throw Diagnostic(
                "a finding of a hunt needs `title`, `description`, `confidence`, `rows` and `recommendation`",
                remedy: "Remove the record and run the hunt again")
        }
        self.init(
            title: title, description: description, confidence: confidence, attack: json["attack"]?.strings ?? [],
            rows: rows.compactMap { $0.integer.map { Int($0) } },
            indicators: (json["indicators"]?.array ?? []).compactMap(Indicator.init), recommendation: recommendation)
    }
}
