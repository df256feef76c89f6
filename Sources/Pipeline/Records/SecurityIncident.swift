public import Detection
public import Diagnostics
public import JSON
public import Tables

/// Findings that belong together and are bad enough to act on. One line of `incidents.jsonl`.
public struct SecurityIncident: Hashable, Sendable {
    /// Where the analyst stands with it.
    public enum Status: String, CaseIterable, Sendable { case open, triaged, closed }

    /// A version-5 UUID of its earliest promoted finding.
    public let id: String
    /// The earliest promoted finding.
    public let findingID: String
    /// One line. Holds text from the log, as the description does: make it visible before printing.
    public let title: String
    /// What was seen, in sentences.
    public let description: String
    /// The worst of its findings.
    public let severity: Severity
    /// The highest score of its findings.
    public let riskScore: Double
    /// The time of its last event.
    public let createdAt: Timestamp?
    /// Set by the analyst; `open` at first.
    public var status: Status
    /// `promoted`: how many of ``findingIDs`` were promoted; `actor_names`; `chain`: its findings in time order; where
    /// there are several, their `tactics`; `shared_ips`: those of ``ips`` that many people share.
    public let metadata: JSONValue
    /// The promoted findings in time order, then those that joined as context.
    public let findingIDs: [String]
    /// Actor keys, those of promoted findings first.
    public let actors: [String]
    /// The addresses of its events.
    public let ips: [String]
    /// The time of its first event.
    public let firstSeen: Timestamp?
    /// The time of its last event.
    public let lastSeen: Timestamp?
    /// ATT&CK technique ids in the order of the chain, each once.
    public let attack: [String]

    /// An incident from its parts; ``Orchestrator/incidents(in:)`` makes them of findings.
    public init(
        id: String, findingID: String, title: String, description: String, severity: Severity, riskScore: Double,
        createdAt: Timestamp?, status: Status = .open, metadata: JSONValue = [:], findingIDs: [String],
        actors: [String], ips: [String], firstSeen: Timestamp?, lastSeen: Timestamp?, attack: [String] = []
    ) {
        self.id = id
        self.findingID = findingID
        self.title = title
        self.description = description
        self.severity = severity
        self.riskScore = riskScore
        self.createdAt = createdAt
        self.status = status
        self.metadata = metadata
        self.findingIDs = findingIDs
        self.actors = actors
        self.ips = ips
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.attack = attack
    }
}

extension SecurityIncident {
    /// The findings that made it an incident, without those that joined as context.
    public var promotedFindingIDs: [String] {
        Array(findingIDs.prefix(metadata["promoted"]?.integer.flatMap { Int(exactly: $0) } ?? findingIDs.count))
    }

    /// The record as `incidents.jsonl` has it.
    public var json: JSONValue {
        [
            "id": .string(id), "finding_id": .string(findingID), "title": .string(title),
            "description": .string(description), "severity": .string(severity.rawValue),
            "risk_score": JSONValue(riskScore), "created_at": JSONValue(createdAt?.description),
            "status": .string(status.rawValue), "metadata": metadata, "finding_ids": JSONValue(findingIDs),
            "actors": JSONValue(actors), "ips": JSONValue(ips), "first_seen": JSONValue(firstSeen?.description),
            "last_seen": JSONValue(lastSeen?.description), "attack": JSONValue(attack),
        ]
    }

    /// Reads a record of `incidents.jsonl`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "incidents.jsonl")
        let findingID = try fields.string("finding_id")
        try self.init(
            id: fields.string("id"), findingID: findingID, title: fields.string("title"),
            description: fields.string("description"), severity: fields.severity(),
            riskScore: fields.number("risk_score"), createdAt: fields.time("created_at"),
            status: fields.value("status", "open, triaged or closed") { $0.string.flatMap(Status.init) },
            metadata: json["metadata"] ?? [:], findingIDs: json["finding_ids"]?.strings ?? [findingID],
            actors: fields.strings("actors"), ips: fields.strings("ips"), firstSeen: fields.time("first_seen"),
            lastSeen: fields.time("last_seen"), attack: fields.strings("attack"))
    }
}
