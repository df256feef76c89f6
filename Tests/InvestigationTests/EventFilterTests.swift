import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import Testing

@Suite("Which events are listed")
struct EventFilterTests {
    private static let lines = """
        {"uuid":"e1","published":"2025-11-12T18:00:00Z","eventType":"user.session.start","actor":{"id":"00u1","alternateId":"Ann@Example.com","displayName":"Ann Lee"},"client":{"ipAddress":"192.0.2.1"}}
        {"uuid":"e3","published":"2025-11-12T20:00:00Z","eventType":"user.mfa.factor.activate","actor":{"id":"00u1","alternateId":"ann@example.com","displayName":"Ann Lee"},"client":{"ipAddress":"192.0.2.2"}}
        {"uuid":"e2","published":"2025-11-12T19:00:00Z","eventType":"user.session.end","actor":{"id":"00u2","alternateId":"bo@example.com"},"client":{"ipAddress":"192.0.2.1"}}
        {"uuid":"e4","eventType":"user.session.start","actor":{"id":"00u2"}}
        """

    @Test("By actor, address, type and time, in time order; what is not asked for does not matter", arguments: [
        (EventFilter(), ["e1", "e2", "e3", "e4"]),
        (EventFilter(actor: "00u1"), ["e1", "e3"]),
        (EventFilter(actor: "ANN@example.COM"), ["e1", "e3"]),
        (EventFilter(actor: "ann lee"), ["e1", "e3"]),
        (EventFilter(actor: "ann"), []),
        (EventFilter(ipAddress: "192.0.2.1"), ["e1", "e2"]),
        (EventFilter(ipAddress: "192.0.2"), []),
        (EventFilter(eventType: "user.session.start"), ["e1", "e4"]),
        (EventFilter(eventType: "user.session.*"), ["e1", "e2", "e4"]),
        (EventFilter(eventType: "*.Session.*t"), ["e1", "e4"]),
        (EventFilter(eventType: "*"), ["e1", "e2", "e3", "e4"]),
        (EventFilter(eventType: "user.[m-s]*.[!e]*"), ["e1", "e3", "e4"]),
        (EventFilter(eventType: "session"), []),
        (EventFilter(since: "2025-11-12T19:00Z"), ["e2", "e3"]),
        (EventFilter(until: "2025-11-12T19:00Z"), ["e1", "e2"]),
        (EventFilter(since: "90m"), ["e2", "e3"]),
        (EventFilter(actor: "00u2", ipAddress: "192.0.2.1", eventType: "*end"), ["e2"]),
        (EventFilter(limit: 2), ["e1", "e2"]),
    ])
    func rows(_ filter: EventFilter, expected: [String]) async throws {
        let outcome = try await outcome(of: filter)
        #expect(outcome.events.map(\.id) == expected)
        #expect(outcome.loaded == 4)
    }

    @Test("The limit cuts the list and not the count")
    func limit() async throws {
        let outcome = try await outcome(of: EventFilter(eventType: "user.session.*", limit: 2))
        #expect(outcome.events.count == 2 && outcome.matching == 3)
    }

    @Test("A window that ends before it begins is refused")
    func window() async throws {
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await outcome(of: EventFilter(since: "2025-11-12T19:00Z", until: "2025-11-12T18:00Z"))
        }
        #expect(fault?.kind == .usage)
    }

    @Test("An event is shown as it came, also by the beginning of its id")
    func shown() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try folder.write(#"{"id":"evt-77","event_type":"user.session.start","timestamp":"2025-11-12T18:00:00Z"}"#, to: "a.json")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        let result = try await session.perform(.show("evt-"), words: ["show"])
        #expect(result.json["event_type"]?.string == "user.session.start")
        #expect(!result.isRows)
    }

    private func outcome(of filter: EventFilter) async throws -> EventsOutcome {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try folder.write(Self.lines, to: "a.ndjson")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        guard case .events(let outcome) = try await session.perform(.showEvents(filter), words: ["show"]) else {
            throw Diagnostic("no list of events", remedy: "")
        }
        return outcome
    }
}
