internal import Detection
public import JSON
public import Events
internal import Tables

/// What the router is shown: a summary of the events or one incident, never the events themselves.
public struct RouteContext: Sendable {
    /// Events or an incident.
    public let kind: RoutePlan.Kind
    /// The incident that a response is routed for.
    public let incident: SecurityIncident?
    /// Summarised and capped.
    public let data: JSONValue

    /// How many distinct values of a field are shown.
    private static let listed = 10

    /// A route for newly loaded events.
    public init(events: EventTable) {
        kind = .rawEvents
        incident = nil
        data = [
            "events": .integer(Int64(events.count)), "first": JSONValue(events.first?.description),
            "last": JSONValue(events.last?.description), "actors": .integer(Int64(events.actors.count)),
            "event_types": Self.commonest(events.column(.eventType)),
            "outcomes": Self.commonest(events.column(.outcomeResult)),
            "countries": Self.commonest(events.column(.country)),
        ]
    }

    /// A route for the response to an incident.
    public init(incident: SecurityIncident) {
        kind = .incident
        self.incident = incident
        data = EvidenceCaps.capped(
            incident.json.removing("metadata").removing("status")
                .setting("finding_ids", to: JSONValue(Array(incident.findingIDs.prefix(Self.listed))))
                .setting("actors", to: JSONValue(Array(incident.actors.prefix(Self.listed))))
                .setting("ips", to: JSONValue(Array(incident.ips.prefix(Self.listed)))))
    }

    /// The context as the router and `routes.jsonl` have it.
    public var json: JSONValue { ["kind": .string(kind.rawValue), "data": data] }

    /// The commonest values of a column with their counts; ties by bytes.
    private static func commonest(_ column: StringColumn) -> JSONValue {
        var counts = [Int](repeating: 0, count: column.dictionary.count)
        for code in column.codes { counts[Int(code)] += 1 }
        let ranked = counts.indices.dropFirst().filter { counts[$0] > 0 }
            .sorted { (counts[$1], column.dictionary[$0]) < (counts[$0], column.dictionary[$1]) }
        return EvidenceCaps.capped(
            .array(ranked.prefix(listed).map {
                ["value": .string(column.dictionary[$0]), "count": .integer(Int64(counts[$0]))]
            }))
    }
}
