public import Detection
public import JSON
public import Pipeline
public import Tables

/// What `suppress` gave.
public enum SuppressionsOutcome: Sendable {
    /// Those there are, and the session's clock, by which some may have run out.
    case list([Suppression], clock: Timestamp)
    /// One that was made, with what it hides here.
    case added(Suppression, SuppressionEffect)
    /// One that was taken back, and the findings it hid here and that show again.
    case removed(Suppression, shown: [DetectionFinding])
    /// One that was only tried; nothing was written.
    case tested(SuppressionScope, SuppressionEffect)

    /// Whether it is a list of records.
    var isList: Bool { if case .list = self { true } else { false } }

    /// As scripts read it.
    public var json: JSONValue {
        switch self {
        case .list(let suppressions, let clock):
            .array(suppressions.map { $0.json.setting("expired", to: .bool($0.isExpired(at: clock))) })
        case .added(let suppression, let effect):
            .object(Self.members(suppression.json, isWritten: true) + effect.members)
        case .removed(let suppression, let shown):
            ["suppression": suppression.json, "written": true, "shown": JSONValue(shown.map(\.id))]
        case .tested(let scope, let effect):
            .object(Self.members(.object(scope.members), isWritten: false) + effect.members)
        }
    }

    private static func members(_ suppression: JSONValue, isWritten: Bool) -> [JSONValue.Member] {
        [JSONValue.Member("suppression", suppression), JSONValue.Member("written", .bool(isWritten))]
    }
}

/// What a suppression hides in a session.
public struct SuppressionEffect: Sendable {
    /// The findings that it covers, in the order of the session.
    public let findings: [DetectionFinding]
    /// The incidents that it leaves without a promoted finding.
    public let lostIncidents: [SecurityIncident]
    /// What was said of those findings.
    public let verdicts: [Verdict]
    /// How many findings there are.
    public let total: Int

    /// The findings among them that somebody judged to be an attack, themselves or as the incident they led to.
    public let truePositives: [DetectionFinding]

    var members: [JSONValue.Member] {
        [
            JSONValue.Member("findings", .array(findings.map { finding in
                [
                    "id": .string(finding.id), "finding_type": .string(finding.findingType),
                    "user_id": .string(finding.userID), "severity": .string(finding.severity.rawValue),
                    "verdicts": .array(verdicts.filter { $0.subject == finding.id }.map(\.json)),
                ]
            })),
            JSONValue.Member("incidents", .array(lostIncidents.map {
                ["id": .string($0.id), "title": .string($0.title)]
            })),
            JSONValue.Member("true_positives", JSONValue(truePositives.map(\.id))),
        ]
    }
}
