import Detection
import Events
import JSON
import Tables
import Testing

/// An event of the System Log in its own shape; what a test does not care about has a default.
struct LogEntry {
    /// 2025-11-12T08:00:00Z.
    static let start = 1_762_934_400.0

    var id: String
    /// After 08:00:00 of 2025-11-12.
    var seconds: Double
    var user: String
    var outcome: String? = "FAILURE"
    var type: String? = "user.session.start"
    var address: String? = "203.0.113.9"
    var agent: String? = "Mozilla/5.0"
    var country: String? = "US"
    var network: Int64?
    var reason: String?
    var device: String?
    var factor: String?
    var transaction: String?
    var token: String?
    var actorID: String?
    var actorType = "User"
    var proxy: Bool?
    var target: (id: String, type: String)?

    var line: String {
        let target = target.map { target -> JSONValue in
            .array([["id": .string(target.id), "type": .string(target.type), "displayName": .string(target.id)]])
        }
        let event: JSONValue = [
            "uuid": .string(id), "published": .string(Timestamp(seconds: Self.start + seconds).description),
            "eventType": JSONValue(type), "outcome": ["result": JSONValue(outcome), "reason": JSONValue(reason)],
            "actor": ["id": .string(actorID ?? "00u-" + user), "type": .string(actorType), "alternateId": .string(user)],
            "client": [
                "ipAddress": JSONValue(address), "userAgent": ["rawUserAgent": JSONValue(agent)],
                "geographicalContext": ["country": JSONValue(country)],
            ],
            "securityContext": ["asNumber": network.map(JSONValue.integer) ?? .null, "isProxy": proxy.map(JSONValue.bool) ?? .null],
            "debugContext": ["debugData": ["dtHash": JSONValue(device), "factor": JSONValue(factor)]],
            "transaction": ["id": JSONValue(transaction), "detail": ["requestApiTokenId": JSONValue(token)]],
            "target": target ?? .null,
        ]
        return event.text
    }
}

extension [LogEntry] {
    /// The entries as a table, in this order.
    var table: EventTable {
        get async throws { try await DetectionTests.table(map(\.line).joined(separator: "\n")) }
    }

    /// Some other orders of the same entries.
    var shuffles: [[LogEntry]] {
        [Array(reversed()), indices.map { self[($0 * 7 + 3) % count] }].filter { Set($0.map(\.id)).count == count }
    }
}

/// Entries made by number.
func entries(_ count: Int, _ entry: (Int) -> LogEntry) -> [LogEntry] { (0..<count).map(entry) }

extension DetectionFinding {
    /// What tests look at first: kind, severity and the number of events.
    var brief: String { "\(findingType) \(severity.rawValue) \(oktaEventIDs.count)" }

    /// A figure that is a number.
    func number(_ name: String) -> Int? { metadata[name]?.integer.map { Int($0) } }

    /// A figure that is a list of texts.
    func texts(_ name: String) -> [String] { metadata[name]?.strings ?? [] }
}
