public import Diagnostics
public import JSON
internal import Digests

/// One agent's turn in a route.
public struct RouteStep: Hashable, Sendable {
    /// An agent of the ``Roster``.
    public let agentName: String
    /// Why it runs.
    public let reason: String
    /// `always`, or a condition in words.
    public let when: String

    /// A turn.
    public init(agentName: String, reason: String, when: String = "always") {
        self.agentName = agentName
        self.reason = reason
        self.when = when
    }

    /// The step as `routes.jsonl` has it.
    public var json: JSONValue { ["agent_name": .string(agentName), "reason": .string(reason), "when": .string(when)] }

    /// Reads one element of a route's `steps`. A missing reason is empty, a missing condition `always`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "routes.jsonl")
        try self.init(
            agentName: fields.string("agent_name"), reason: fields.optionalString("reason") ?? "",
            when: fields.optionalString("when") ?? "always")
    }
}

/// Which agents run, and what the guardrails changed about it. One line of `routes.jsonl`.
public struct RoutePlan: Hashable, Sendable {
    /// What a route is about.
    public enum Kind: String, CaseIterable, Sendable {
        case rawEvents = "raw_events"
        case incident
    }

    /// The same for the same incident or the same events.
    public let id: String
    /// What it is about.
    public let kind: Kind
    /// The incident's id.
    public let subject: String?
    /// What the router was shown.
    public let asked: JSONValue
    /// The router's raw reply; `nil` when no model answered.
    public let answered: JSONValue?
    /// What is executed, after the guardrails.
    public let phase: String
    /// The turns, in order.
    public let steps: [RouteStep]
    /// What the guardrails changed, one sentence each.
    public let corrections: [String]
    /// The router's own remarks.
    public let notes: String
    /// Who proposed it.
    public let source: Source

    /// A route from its parts; its id is made of kind, subject and what was asked.
    public init(
        kind: Kind, subject: String?, asked: JSONValue, answered: JSONValue?, phase: String, steps: [RouteStep],
        corrections: [String], notes: String, source: Source
    ) {
        id = Self.id(kind: kind, subject: subject, asked: asked)
        self.kind = kind
        self.subject = subject
        self.asked = asked
        self.answered = answered
        self.phase = phase
        self.steps = steps
        self.corrections = corrections
        self.notes = notes
        self.source = source
    }

    /// One id for each incident, and one for each set of events.
    private static func id(kind: Kind, subject: String?, asked: JSONValue) -> String {
        NameUUID.of(["route", kind.rawValue, subject ?? SHA256(asked.text).hex])
    }

    /// Whether an agent runs.
    public func runs(_ agentName: String) -> Bool { steps.contains { $0.agentName == agentName } }
}

extension RoutePlan {
    /// The record as `routes.jsonl` has it.
    public var json: JSONValue {
        [
            "id": .string(id), "kind": .string(kind.rawValue), "subject": JSONValue(subject), "asked": asked,
            "answered": answered ?? .null, "phase": .string(phase), "steps": .array(steps.map(\.json)),
            "corrections": JSONValue(corrections), "notes": .string(notes), "source": .string(source.description),
        ]
    }

    /// Reads a record of `routes.jsonl`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "routes.jsonl")
        id = try fields.string("id")
        kind = try fields.value("kind", "raw_events or incident") { $0.string.flatMap(Kind.init) }
        subject = fields.optionalString("subject")
        asked = json["asked"] ?? .null
        answered = json["answered"].flatMap { $0.isNull ? Optional.none : $0 }
        phase = try fields.string("phase")
        steps = try fields.array("steps") { element throws(Diagnostic) in try RouteStep(json: element) }
        corrections = fields.strings("corrections")
        notes = fields.optionalString("notes") ?? ""
        source = fields.source
    }
}
