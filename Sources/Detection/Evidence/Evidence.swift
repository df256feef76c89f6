internal import Events
internal import JSON
internal import Tables

/// The events that prove a finding, and the figures that all findings of several events share.
struct Evidence {
    /// Events that a finding names; the first ones are kept, so that it keeps its id as it grows.
    static let eventLimit = 500

    /// In time order, each once.
    let rows: [Int]
    let last: Timestamp?
    /// Of the events that are named.
    private let named: EvidenceFigures

    /// - Parameter rows: In any order; a row may be named twice.
    init(_ rows: [Int], in events: EventTable) {
        self.rows = Set(rows).sorted { events.isOrdered($0, before: $1) }
        last = self.rows.last.flatMap { events.time(at: $0) }
        named = EvidenceFigures(Array(self.rows.prefix(Self.eventLimit)), in: events)
    }

    var eventIDs: [String] { named.eventIDs }
    var first: Timestamp? { named.first }

    /// The first distinct values of a field, in the order of the events.
    func list(_ field: EventField) -> [String] { named.list(field) }

    /// - Parameters:
    ///   - actor: How people call whom it is about.
    ///   - why: What makes it attack-like, and what could make it benign, in short sentences.
    func figures(actor: String, why: [String], _ own: [JSONValue.Member]) -> [JSONValue.Member] {
        [JSONValue.Member("actor", .string(actor)), JSONValue.Member("count", .integer(Int64(rows.count)))] + own + [
            JSONValue.Member("ips", JSONValue(list(.ipAddress))),
            JSONValue.Member("countries", JSONValue(list(.country))),
            JSONValue.Member("asns", .array(named.networks.map(JSONValue.integer))),
            JSONValue.Member("user_agents", JSONValue(list(.userAgent))),
            JSONValue.Member("event_types", JSONValue(list(.eventType))),
            JSONValue.Member("first_seen", JSONValue(named.first?.description)),
            JSONValue.Member("last_seen", JSONValue(last?.description)),
            JSONValue.Member("why", JSONValue(why)),
        ]
    }
}

extension Detector {
    /// A finding about one actor.
    ///
    /// - Parameters:
    ///   - actor: What `EventTable.actorKey(at:)` calls it.
    ///   - name: How people call it.
    ///   - rows: The events that prove it, in any order.
    func finding(
        _ description: String, actor: String, name: String, key: String? = nil, rows: [Int], in events: EventTable,
        severity: Severity, attack: [String]? = nil, why: [String], figures: [JSONValue.Member] = []
    ) -> DetectionFinding {
        let evidence = Evidence(rows, in: events)
        return DetectionFinding(
            detector: self, groupKey: key ?? actor, description: description, oktaEventIDs: evidence.eventIDs,
            userID: actor, createdAt: evidence.last, severity: severity, attack: attack,
            figures: evidence.figures(actor: name, why: why, figures))
    }
}
