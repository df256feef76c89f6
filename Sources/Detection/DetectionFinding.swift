public import Diagnostics
public import JSON
public import Tables
internal import Digests

/// Something a detector saw, with the events that prove it. One line of `findings.jsonl`.
public struct DetectionFinding: Hashable, Sendable {
    /// A version-5 UUID of kind, rule, group key and first event: the same for the same evidence.
    public let id: String
    /// The detector's or rule's id.
    public let findingType: String
    /// One sentence for people. Holds text from the log: make it visible before printing.
    public let description: String
    /// The events that prove it, in time order; never empty.
    public let oktaEventIDs: [String]
    /// The actor it is about: `actor.id`, or the login where the log has no id.
    public let userID: String
    /// The time of the last event, UTC; `nil` where the events have none.
    public let createdAt: Timestamp?
    /// `rule_id`, `title`, `severity`, `attack`, `attack_version` and the detector's own figures; `suppressed` where a
    /// suppression covers it.
    public internal(set) var metadata: JSONValue

    /// - Parameters:
    ///   - severity: What this evidence says; the detector's own when it is not given.
    ///   - attack: Technique ids of this evidence; the detector's own when they are not given.
    public init(
        detector: any Detector, groupKey: String, description: String, oktaEventIDs: [String], userID: String,
        createdAt: Timestamp?, severity: Severity? = nil, attack: [String]? = nil, figures: [JSONValue.Member]
    ) {
        self.init(
            id: NameUUID.of(["finding", detector.id, groupKey, oktaEventIDs.first ?? ""]), findingType: detector.id,
            description: description, oktaEventIDs: oktaEventIDs, userID: userID, createdAt: createdAt,
            heading: [
                JSONValue.Member("rule_id", .string(detector.id)),
                JSONValue.Member("title", .string(detector.title)),
                JSONValue.Member("severity", .string((severity ?? detector.severity).rawValue)),
                JSONValue.Member("attack", JSONValue(attack ?? detector.attack)),
                JSONValue.Member("attack_version", .string(Detectors.attackVersion)),
            ], figures: figures)
    }

    /// - Parameter heading: The members of ``metadata`` that all findings have.
    init(
        id: String, findingType: String, description: String, oktaEventIDs: [String], userID: String,
        createdAt: Timestamp?, heading: [JSONValue.Member], figures: [JSONValue.Member]
    ) {
        self.id = id
        self.findingType = findingType
        self.description = description
        self.oktaEventIDs = oktaEventIDs
        self.userID = userID
        self.createdAt = createdAt
        metadata = .object(heading + figures)
    }
}

extension DetectionFinding {
    /// Whether a built-in rule gave it.
    var isOfBuiltInRule: Bool { metadata["rule"]?.string?.hasPrefix(BuiltInRules.prefix) == true }

    /// Takes note of a finding that saw nothing but events of this one.
    mutating func take(_ other: DetectionFinding) {
        let note: JSONValue = [
            "rule_id": other.metadata["rule_id"] ?? .null, "finding_type": .string(other.findingType),
            "title": other.metadata["title"] ?? .null, "attack": JSONValue(other.attack),
        ]
        metadata = metadata.setting("also", to: .array((metadata["also"]?.array ?? []) + [note]))
    }

    /// The severity that the detector gives by itself.
    public var severity: Severity { metadata["severity"]?.string.flatMap(Severity.init) ?? .low }

    /// ATT&CK technique ids.
    public var attack: [String] { metadata["attack"]?.strings ?? [] }

    /// The record as `findings.jsonl` has it.
    public var json: JSONValue {
        [
            "id": .string(id), "finding_type": .string(findingType), "description": .string(description),
            "okta_event_ids": JSONValue(oktaEventIDs), "user_id": .string(userID),
            "created_at": JSONValue(createdAt?.description), "metadata": metadata,
        ]
    }

    /// Reads a record of `findings.jsonl`; unknown keys are passed over.
    public init(json: JSONValue) throws(Diagnostic) {
        guard let id = json["id"]?.string, let type = json["finding_type"]?.string,
            let events = json["okta_event_ids"]?.strings
        else {
            throw Diagnostic(
                "a finding needs `id`, `finding_type` and `okta_event_ids`",
                remedy: "Remove the record and run `detect`")
        }
        self.id = id
        findingType = type
        description = json["description"]?.string ?? ""
        oktaEventIDs = events
        userID = json["user_id"]?.string ?? ""
        createdAt = json["created_at"]?.string.flatMap { Timestamp($0) }
        metadata = json["metadata"] ?? [:]
    }
}
