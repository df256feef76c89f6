import Events
import JSON
import Tables
import Testing

@Suite("What an event has")
struct FieldTests {
    @Test("Each field may stand alone", arguments: [
        #"{"uuid":"a"}"#, #"{"published":"2025-11-12"}"#, #"{"eventType":"e"}"#, #"{"legacyEventType":"e"}"#,
        #"{"displayMessage":"m"}"#, #"{"actor":{}}"#, #"{"client":{}}"#, #"{"outcome":{}}"#, #"{"transaction":{}}"#,
        #"{"debugContext":null}"#, #"{"securityContext":{}}"#, #"{"authenticationContext":{}}"#,
        #"{"event_type":"e"}"#, #"{"actor_id":"a"}"#, #"{"timestamp":"2025-11-12"}"#, #"{"timestamp":null}"#,
    ])
    func optional(input: String) async throws {
        let (table, report) = try await read(input)
        #expect(table.count == 1)
        #expect(report.messages == [])
    }

    @Test("Null, empty, the word null and other types", arguments: [
        (#"{"uuid":"a","target":null,"actor":null,"client":null}"#, EventField.targetID, nil),
        (#"{"uuid":"a","target":[]}"#, .targetID, nil), (#"{"uuid":"a","target":{"id":"t"}}"#, .targetID, nil),
        (#"{"uuid":"a","target":[null]}"#, .targetID, nil), (#"{"uuid":"a","target":[{"id":"t"}]}"#, .targetID, "t"),
        (#"{"uuid":"a","actor":{"id":null}}"#, .actorID, nil), (#"{"uuid":"a","actor":{"id":""}}"#, .actorID, nil),
        (#"{"uuid":"a","actor":{"id":"null"}}"#, .actorID, nil), (#"{"uuid":"a","actor":"ann"}"#, .actorID, nil),
        (#"{"uuid":"a","actor":{"id":42}}"#, .actorID, "42"), (#"{"uuid":"a","actor":{"id":true}}"#, .actorID, "true"),
        (#"{"uuid":"a","actor":{"id":["x"]}}"#, .actorID, nil),
        (#"{"uuid":"a","version":0,"severity":"INFO"}"#, .severity, "INFO"),
        (#"{"uuid":"a","eventType":"x","eventType":"y"}"#, .eventType, "y"),
        (#"{"uuid":"a","client":{"geographicalContext":null}}"#, .country, nil),
        (#"{"uuid":"a","debugContext":{"debugData":{"dtHash":"h"}}}"#, .deviceHash, "h"),
    ] as [(String, EventField, String?)])
    func values(input: String, field: EventField, expected: String?) async throws {
        let table = try await read(input).table
        #expect(table.ids == ["a"])
        #expect(table[0][field] == expected)
        #expect(table.has(field) == (expected != nil))
    }

    @Test("When it happened, in UTC", arguments: [
        (#""2025-11-12T18:00:00.123Z""#, "2025-11-12T18:00:00.123Z"), (#""2025-11-12T18:00:00""#, "2025-11-12T18:00:00Z"),
        (#""2025-11-12 18:00:00.5""#, "2025-11-12T18:00:00.500Z"), (#""2025-11-12T20:00:00+02:00""#, "2025-11-12T18:00:00Z"),
        (#""2025-11-12T18:00:00.123456789Z""#, "2025-11-12T18:00:00.1234567Z"), ("null", nil),
    ] as [(String, String?)])
    func published(text: String, expected: String?) async throws {
        let (table, report) = try await read(#"{"uuid":"a","published":\#(text)}"#)
        #expect(table[0].published?.description == expected)
        #expect(report.first?.description == expected)
    }

    @Test("Paths into an event", arguments: [
        ("uuid", "a"), ("client.geographicalContext.geolocation.lat", 43.5), ("target.1.id", "u"), ("target.2.id", nil),
        ("debugContext.debugData.requestUri", "/x"), ("version", 0), ("client.id", .null), ("missing.path", nil), ("", nil),
    ] as [(String, JSONValue?)])
    func paths(path: String, expected: JSONValue?) async throws {
        let table = try await read("""
            {"uuid":"a","version":0,"client":{"id":null,"geographicalContext":{"geolocation":{"lat":43.5,"lon":"x"}}},\
            "debugContext":{"debugData":{"requestUri":"/x"}},"target":[{"id":"t"},{"id":"u"}]}
            """).table
        #expect(table[0].value(at: path) == (path.isEmpty ? table[0].rawJSON : expected))
        #expect(table.number(.latitude, at: 0) == 43.5)
        #expect(table.number(.longitude, at: 0) == nil)
    }

    @Test("Who acted", arguments: [
        (#"{"id":"00u1","alternateId":"ann@example.com"}"#, "00u1", "ann@example.com"),
        (#"{"alternateId":"ann@example.com"}"#, "ann@example.com", "ann@example.com"),
        (#"{"id":"unknown","alternateId":"ann@example.com"}"#, "ann@example.com", "ann@example.com"),
        (#"{"id":"00u1","alternateId":"unknown"}"#, "00u1", "00u1"), (#"{"id":"unknown"}"#, "unknown", "unknown"),
        (#"{"displayName":"Ann"}"#, nil, nil), ("null", nil, nil),
    ] as [(String, String?, String?)])
    func actors(actor: String, key: String?, login: String?) async throws {
        let table = try await read(#"{"uuid":"a","actor":\#(actor)}"#).table
        #expect(table.actorKey(at: 0) == key)
        #expect(table[0].actorLogin == login)
        #expect(table.actors == (key.map { [$0] } ?? []))
        #expect(Array(table.rowsOfActor(key ?? "?")) == (key == nil ? [] : [0]))
    }

    @Test("An event without an id has one made of its bytes")
    func madeID() async throws {
        let ids = try await read(#"{"eventType":"e"}"# + "\n" + #"{"eventType":"f"}"# + "\n" + #"{"eventType":"e"}"#)
        #expect(ids.table.count == 2)
        #expect(ids.report.duplicates == 1)
        #expect(try await read(#"{"eventType":"e"}"#).table.ids == [ids.table.ids[0]])
    }

    @Test("Texts that Unicode calls equivalent are different ids and actors")
    func bytes() async throws {
        let (table, report) = try await read("\u{E9}", "e\u{301}") { #"{"uuid":"\#($0)","actor":{"id":"\#($0)"}}"# }
        #expect(table.count == 2 && table.actors.count == 2)
        #expect(report.duplicates == 0 && report.actors == 2)
        #expect(table.row(ofID: "\u{E9}") == 0)
        #expect(table.row(ofID: "e\u{301}") == 1)
        #expect(Array(table.rowsOfActor("e\u{301}")) == [1])
    }

    private func read(_ texts: String..., event: (String) -> String) async throws -> (table: EventTable, report: IngestReport) {
        try await EventsTests.read(texts.map(event).joined(separator: "\n"))
    }

    private func read(_ text: String) async throws -> (table: EventTable, report: IngestReport) {
        try await EventsTests.read(text)
    }
}
