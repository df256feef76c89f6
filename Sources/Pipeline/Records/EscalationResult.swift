public import Diagnostics
public import JSON
public import Tables

/// One notification about an incident, sent or only shown. One line of `escalations.jsonl`.
public struct EscalationResult: Hashable, Sendable {
    /// The incident it is about.
    public let incidentID: String
    /// Where it is to be read.
    public let channel: String
    /// Severity and title, score, description: one line each.
    public let message: String
    /// Whether a service took it.
    public let sent: Bool
    /// Where it goes: a service's name, never its address, which may be a secret. `nil` while nothing is sent.
    public let target: String?
    /// `dry-run`, the service's status and words, such as `200 ok`, or why it was not taken.
    public let status: String
    /// The session's clock when it was made; of one that was to be sent, the wall clock.
    public let at: Timestamp

    /// A notification from its parts.
    public init(
        incidentID: String, channel: String, message: String, sent: Bool, target: String?, status: String, at: Timestamp
    ) {
        self.incidentID = incidentID
        self.channel = channel
        self.message = message
        self.sent = sent
        self.target = target
        self.status = status
        self.at = at
    }

    /// The record as `escalations.jsonl` has it.
    public var json: JSONValue {
        [
            "incident_id": .string(incidentID), "channel": .string(channel), "message": .string(message),
            "sent": .bool(sent), "target": JSONValue(target), "status": .string(status), "at": .string(at.description),
        ]
    }

    /// Reads a record of `escalations.jsonl`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "escalations.jsonl")
        try self.init(
            incidentID: fields.string("incident_id"), channel: fields.string("channel"),
            message: fields.string("message"), sent: fields.bool("sent"), target: fields.optionalString("target"),
            status: fields.string("status"), at: fields.value("at", "a time") { $0.string.flatMap { Timestamp($0) } })
    }
}
