import Detection
import Events
import Foundation
import JSON
import Testing

/// Events in a compact form, one a line: `id time actor outcome country`, where `-` is no value and a time is a time
/// of day or a whole instant.
func events(_ text: String) async throws -> EventTable {
    let lines = text.split(separator: "\n").map { line in
        let words = line.split(separator: " ").map { $0 == "-" ? nil : String($0) }
        let time = words[1].map { $0.contains("T") ? $0 : "2025-11-12T\($0)Z" }
        let event: JSONValue = [
            "id": JSONValue(words[0]), "timestamp": JSONValue(time), "actor_id": JSONValue(words[2]),
            "outcome": JSONValue(words[3]), "country": JSONValue(words[4]), "ip_address": "203.0.113.1",
        ]
        return event.text
    }
    return try await table(lines.joined(separator: "\n"))
}

/// Events of one input, all of which must be accepted.
func table(_ json: String) async throws -> EventTable {
    let source = RawBytes(name: "a", bytes: Array(json.utf8))
    let (table, report) = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
    #expect(report.read == report.accepted)
    return table
}

extension [DetectionFinding] {
    /// Each finding in one line: its sentence and the events that prove it.
    var lines: [String] { map { "\($0.description) [\($0.oktaEventIDs.joined(separator: " "))]" } }
}
