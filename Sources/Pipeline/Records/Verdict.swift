internal import Digests
public import Diagnostics
public import JSON
public import Tables

/// What somebody who looked says of a finding or an incident. One line of `verdicts.jsonl`.
///
/// It stands beside severity and score, and changes neither.
public struct Verdict: Hashable, Sendable {
    /// An attack; a false alarm; what the rule means, and harmless.
    public enum Kind: String, CaseIterable, Sendable {
        case truePositive = "true_positive", falsePositive = "false_positive", benign
    }

    /// Who says so.
    public enum Origin: String, Sendable {
        /// The user of this program.
        case analyst
        /// An administrator, in Okta's console; read from the log.
        case okta
    }

    /// A version-5 UUID of origin and subject: a later verdict replaces an earlier one of the same origin.
    public let id: String
    /// The id of a finding or an incident.
    public let subject: String
    /// What is said.
    public let verdict: Kind
    /// Why; `nil` where nobody said. May hold text from the log: make it visible before printing.
    public let reason: String?
    /// The session's clock, or the time of the event in the log.
    public let at: Timestamp
    /// Who says so.
    public let source: Origin
    /// Of a verdict from the log: the event that gives it.
    public let eventID: String?

    /// A verdict from its parts.
    public init(
        subject: String, _ verdict: Kind, reason: String?, at: Timestamp, source: Origin = .analyst,
        eventID: String? = nil
    ) {
        id = NameUUID.of(["verdict", source.rawValue, subject])
        (self.subject, self.verdict, self.reason) = (subject, verdict, reason)
        (self.at, self.source, self.eventID) = (at, source, eventID)
    }
}

extension Verdict {
    /// The record as `verdicts.jsonl` has it.
    public var json: JSONValue {
        .object([
            JSONValue.Member("id", .string(id)), JSONValue.Member("subject", .string(subject)),
            JSONValue.Member("verdict", .string(verdict.rawValue)), JSONValue.Member("reason", JSONValue(reason)),
            JSONValue.Member("at", .string(at.description)), JSONValue.Member("source", .string(source.rawValue)),
        ] + (eventID.map { [JSONValue.Member("okta_event_id", .string($0))] } ?? []))
    }

    /// Reads a record of `verdicts.jsonl`; one without `source` is an analyst's.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "verdicts.jsonl")
        id = try fields.string("id")
        subject = try fields.string("subject")
        verdict = try fields.value("verdict", "true_positive, false_positive or benign") {
            $0.string.flatMap(Kind.init)
        }
        reason = fields.optionalString("reason")
        at = try fields.value("at", "a time") { $0.string.flatMap { Timestamp($0) } }
        source = fields.optionalString("source").flatMap(Origin.init) ?? .analyst
        eventID = fields.optionalString("okta_event_id")
    }

    /// For people: `false_positive`, and who says so where that is not the analyst.
    public var words: String { verdict.rawValue + (source == .analyst ? "" : " (\(source.rawValue))") }

    /// Whether it says that there is nothing to act on.
    public var isHarmless: Bool { verdict != .truePositive }
}
