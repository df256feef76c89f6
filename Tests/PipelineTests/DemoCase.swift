import Detection
import Events
import JSON
import Tables

@testable import Pipeline

/// The demo as the pipeline's tests know it: five failures of alice, bob in two countries, charlie harmless.
enum DemoCase {
    static let clock = Timestamp("2025-11-12T20:05:00Z")!

    static let alice = (0..<5).map { index in
        event(
            "evt-100\(index + 1)", "alice", ip: "203.0.113.10", "Washington", "US", "FAILURE",
            ["18:00:00", "18:01:30", "18:03:00", "18:04:30", "18:06:00"][index])
    }
    static let bob = [
        event("evt-2001", "bob", ip: "198.51.100.20", "Paris", "FR", "SUCCESS", "19:00:00"),
        event("evt-2002", "bob", ip: "192.0.2.44", "New York", "US", "SUCCESS", "19:25:00"),
    ]
    static let charlie = [
        event("evt-3001", "charlie", ip: "198.51.100.77", "Berlin", "DE", "SUCCESS", "20:00:00"),
        event(
            "evt-3002", "charlie", ip: "198.51.100.77", "Berlin", "DE", "SUCCESS", "20:05:00",
            type: "user.authentication.sso", target: "app-payroll"),
    ]

    /// An event in the flat shape on 2025-11-12.
    static func event(
        _ id: String, _ actor: String, actorType: String = "User", ip: String, _ city: String, _ country: String,
        _ outcome: String, _ time: String, type: String = "user.session.start", target: String? = nil,
        agent: String = "Mozilla/5.0"
    ) -> JSONValue {
        [
            "id": .string(id), "event_type": .string(type), "actor_id": .string(actor), "actor_type": .string(actorType),
            "target_id": .string(target ?? actor), "ip_address": .string(ip), "user_agent": .string(agent),
            "city": .string(city), "country": .string(country), "outcome": .string(outcome),
            "timestamp": .string(time.contains("T") ? time : "2025-11-12T\(time)Z"),
        ]
    }

    /// A table of events in any shape.
    static func table(_ events: [JSONValue]) async throws -> EventTable {
        let source = RawBytes(name: "test", bytes: Array(JSONValue.array(events).text.utf8))
        return try await EventReader()
            .read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).table
    }

    /// A case as it stands after both stages of the built-in analyst.
    static func solved(_ events: [JSONValue] = alice + bob + charlie) async throws -> CaseFile {
        let orchestrator = Orchestrator()
        var file = CaseFile(events: try await table(events), clock: clock)
        file.findings = try await orchestrator.detect(in: file).findings
        file.scores = try await orchestrator.score(in: file)
        file.incidents = orchestrator.incidents(in: file)
        for incident in file.incidents {
            let second = try await orchestrator.responseStage(incident, in: file)
            file.plans += [second.plan].compactMap { $0 }
            file.commands += second.commands
        }
        return file
    }
}
