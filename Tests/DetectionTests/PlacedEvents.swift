import Detection
import Events
import JSON
import Testing

/// Events with places and devices in a compact form, one a line: `id time actor event-type`, then `name=value` in any
/// order. The type `s` is `user.session.start`, `sso` is `user.authentication.sso`. A time is a time of day
/// of 2025-11-12, `DD/time` in that month, or a whole instant; `_` in a value is a space.
/// Without `outcome=` an event is a success. `device=` is the browser's token, `registered=` Okta's id of the device. A target is `Type:id`, several have commas between them.
///
/// ```
/// a 19:00:00 bob s at=paris ip=198.51.100.20 agent=Mac asn=3215 device=d1 session=s1
/// ```
func placed(_ text: String) async throws -> EventTable {
    try await table(text.split(separator: "\n").map { placedEvent($0).text }.joined(separator: "\n"))
}

private func placedEvent(_ line: Substring) -> JSONValue {
    let words = line.split(separator: " ").map(String.init)
    var values: [String: String] = [:]
    for word in words.dropFirst(4) {
        let parts = word.split(separator: "=", maxSplits: 1).map { String($0).replacing("_", with: " ") }
        values[parts[0]] = parts[1]
    }
    let place = values["at"].flatMap { cities[$0] }
    return [
        "uuid": .string(words[0]), "published": .string(instant(words[1])),
        "eventType": .string(shortTypes[words[3]] ?? words[3]),
        "actor": [
            "id": .string(words[2]), "alternateId": .string(words[2] + "@example.com"),
            "type": .string(values["type"] ?? "User"),
        ],
        "outcome": ["result": .string(values["outcome"] ?? "SUCCESS")], "device": ["id": JSONValue(values["registered"])],
        "client": [
            "id": JSONValue(values["client"]), "ipAddress": JSONValue(values["ip"]),
            "userAgent": ["rawUserAgent": JSONValue(values["agent"]), "os": JSONValue(values["os"])],
            "geographicalContext": [
                "city": JSONValue(place?.city), "country": JSONValue(place?.country ?? values["country"]),
                "geolocation": place.map { ["lat": JSONValue($0.latitude), "lon": JSONValue($0.longitude)] } ?? .null,
            ],
        ],
        "securityContext": [
            "asNumber": values["asn"].flatMap { Int64($0) }.map(JSONValue.integer) ?? .null,
            "isp": JSONValue(values["isp"]), "isProxy": values["proxy"].map { .bool($0 == "true") } ?? .null,
        ],
        "authenticationContext": ["externalSessionId": JSONValue(values["session"])],
        "debugContext": ["debugData": ["dtHash": JSONValue(values["device"]), "factor": JSONValue(values["factor"]), "behaviors": JSONValue(values["behaviors"])]],
        "transaction": ["detail": ["requestApiTokenId": JSONValue(values["token"])]],
        "target": targets(values["target"]),
    ]
}

private func targets(_ text: String?) -> JSONValue {
    guard let text else { return .null }
    return .array(text.split(separator: ",").map { target in
        let parts = target.split(separator: ":").map(String.init)
        return ["type": .string(parts[0]), "id": .string(parts[1]), "displayName": .string(parts[1])]
    })
}

private func instant(_ text: String) -> String {
    if text.contains("T") { return text }
    let parts = text.split(separator: "/")
    return parts.count == 2 ? "2025-11-\(parts[0])T\(parts[1])Z" : "2025-11-12T\(text)Z"
}

private let shortTypes = ["s": "user.session.start", "sso": "user.authentication.sso"]

private let cities: [String: (city: String, country: String, latitude: Double, longitude: Double)] = [
    "paris": ("Paris", "France", 48.8566, 2.3522), "lyon": ("Lyon", "France", 45.764, 4.8357),
    "marseille": ("Marseille", "France", 43.2965, 5.3698), "london": ("London", "United Kingdom", 51.5074, -0.1278),
    "newyork": ("New York", "United States", 40.7128, -74.006),
    "seattle": ("Seattle", "United States", 47.6062, -122.3321),
    "lagos": ("Lagos", "Nigeria", 6.5244, 3.3792), "brussels": ("Brussels", "Belgium", 50.8503, 4.3517),
]

/// The same lines in some other orders.
func shuffles(_ text: String) -> [String] {
    let lines = text.split(separator: "\n")
    return [1, 3].map { turn in
        let odd = lines.indices.filter { $0 % 2 == 1 }, even = lines.indices.filter { $0 % 2 == 0 }
        let order = turn == 1 ? lines.indices.reversed() : odd + even
        return order.map { lines[$0] }.joined(separator: "\n")
    }
}

extension DetectionFinding {
    /// The figure `why`, as one text.
    var reasons: String { metadata["why"]?.strings?.joined(separator: " ") ?? "" }
}

extension [DetectionFinding] {
    /// Each finding in one line: its severity and the events that prove it.
    var severities: [String] { map { "\($0.severity) \($0.oktaEventIDs.joined(separator: " "))" } }
}
