public import Detection
public import Events
public import Hunting
internal import JSON
public import Tables

/// What `timeline` gave: the order of events.
public struct TimelineOutcome: Sendable {
    /// `nil` for the story of all findings.
    public let subject: StorySubject?
    /// In time order, up to the limit.
    public let entries: [TimelineEntry]
    /// How many entries there are without the limit.
    public let entryCount: Int
    /// How many events the entries stand for, without the limit.
    public let matching: Int
    /// How many events the session has.
    public let loaded: Int
    /// The findings that ``entries`` belong to, in the order in which those name them.
    public let findings: [DetectionFinding]
    /// The rows of other tables that findings of hunts rest on, in time order, each with its finding's id.
    public let cited: [(finding: String, row: CitedRow)]
    /// Whether the detectors have seen all the events.
    public let isDetected: Bool
}

/// One line of a story: an event, or similar ones that repeat.
public struct TimelineEntry: Sendable {
    /// The first event.
    public let event: OktaEvent
    /// The time of the last event, UTC; that of ``event`` where it is the only one.
    public let last: Timestamp?
    /// How many events it stands for.
    public let count: Int
    /// Seconds in which nothing of the story happened before it; `nil` for the first one.
    public let gap: Double?
    /// How many actors and addresses the events have.
    public let actors: Int
    public let addresses: Int
    /// The ids of the findings that its events belong to.
    public let findingIDs: [String]

    var json: JSONValue {
        [
            "id": .string(event.id), "first": JSONValue(event.published?.description),
            "last": JSONValue(last?.description),
            "count": .integer(Int64(count)), "gap_seconds": gap.map { JSONValue($0) } ?? .null,
            "actor": JSONValue(actors == 1 ? event.actorLogin : nil), "actors": .integer(Int64(actors)),
            "event_type": JSONValue(event.eventType), "outcome": JSONValue(event.outcome),
            "reason": JSONValue(count == 1 ? event.outcomeReason : nil),
            "ip": JSONValue(addresses == 1 ? event.ipAddress : nil), "addresses": .integer(Int64(addresses)),
            "city": JSONValue(addresses == 1 ? event.city : nil),
            "country": JSONValue(addresses == 1 ? event.country : nil),
            "finding_ids": JSONValue(findingIDs),
        ]
    }
}

extension TimelineOutcome {
    var json: JSONValue {
        .array(entries.map(\.json) + cited.map { $0.row.json.setting("finding_ids", to: [.string($0.finding)]) })
    }
}
