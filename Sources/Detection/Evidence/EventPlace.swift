internal import Events
internal import JSON
internal import Tables

/// Where an event came from, as figures show it.
struct EventPlace {
    let event: OktaEvent
    private let table: EventTable

    init(_ row: Int, in table: EventTable) {
        event = table[row]
        self.table = table
    }

    /// Degrees; `nil` where there are none, or where they are no place on Earth. Zero and zero is how a look-up says
    /// that it knows nothing.
    var coordinates: (latitude: Double, longitude: Double)? {
        guard let latitude = table.number(.latitude, at: event.row), abs(latitude) <= 90,
            let longitude = table.number(.longitude, at: event.row), abs(longitude) <= 180,
            (latitude, longitude) != (0, 0)
        else { return nil }
        return (latitude, longitude)
    }

    /// The number of the autonomous system.
    var network: Int64? { table.number(.asNumber, at: event.row).flatMap { Int64(exactly: $0.rounded()) } }

    /// City and country, as far as they are known.
    var name: String { [event.city, event.country].compactMap { $0 }.joined(separator: ", ") }

    var isProxy: Bool { event[.isProxy] == "true" }

    /// Whether it has more than address, agent and place names.
    var hasDetail: Bool {
        coordinates != nil || network != nil || event[.deviceHash] != nil || event[.deviceID] != nil
            || event.sessionID != nil || event[.isProxy] != nil
    }

    var json: JSONValue {
        [
            "event": .string(event.id), "time": JSONValue(event.published?.description),
            "event_type": JSONValue(event.eventType), "outcome": JSONValue(event.outcome),
            "ip": JSONValue(event.ipAddress), "city": JSONValue(event.city), "country": JSONValue(event.country),
            "asn": network.map(JSONValue.integer) ?? .null, "isp": JSONValue(event[.isp]),
            "proxy": .bool(isProxy), "user_agent": JSONValue(event.userAgent),
            "os": JSONValue(event[.operatingSystem]), "device": JSONValue(event[.deviceHash] ?? event[.deviceID]),
            "session": JSONValue(event.sessionID),
        ]
    }
}
