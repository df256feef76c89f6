import Detection
import Events
import JSON
import Testing

@Suite("Impossible travel")
struct ImpossibleTravelTests {
    private static func finding(_ actor: String, _ leg: String, _ span: String, _ ids: String) -> String {
        "Possible impossible travel for actor \(actor): \(leg) within \(span). [\(ids)]"
    }

    @Test("What fires", arguments: [
        ("a 19:00:00 bob SUCCESS FR\nb 19:25:00 bob SUCCESS US", [finding("bob", "FR -> US", "0:25:00", "a b")]),
        ("a 19:00:00 bob SUCCESS FR\nb 19:59:59 bob FAILURE US", [finding("bob", "FR -> US", "0:59:59", "a b")]),
        ("a 19:00:00 bob - FR\nb 19:59:59.9999999 bob - US", [finding("bob", "FR -> US", "0:59:59", "a b")]),
        ("a 19:00:00 bob - FR\nb 19:00:00 bob - US", [finding("bob", "FR -> US", "0:00:00", "a b")]),
        ("b 19:25:00 bob - US\na 19:00:00 bob - FR", [finding("bob", "FR -> US", "0:25:00", "a b")]),
        (
            "a 2025-11-12T23:50:00Z bob - FR\nb 2025-11-13T00:10:00Z bob - US",
            [finding("bob", "FR -> US", "0:20:00", "a b")]
        ),
        (
            "a 2025-11-12T19:00:00+02:00 bob - FR\nb 2025-11-12T17:25:00Z bob - US",
            [finding("bob", "FR -> US", "0:25:00", "a b")]
        ),
        ("a 19:00:00 bob - FR\nm 19:10:00 bob - -\nb 19:25:00 bob - US", [finding("bob", "FR -> US", "0:25:00", "a b")]),
        ("a 19:00:00 bob - FR\nm 19:20:00 bob - FR\nb 19:25:00 bob - US", [finding("bob", "FR -> US", "0:05:00", "m b")]),
        (
            "a 19:00:00 bob - FR\nb 19:25:00 bob - US\nc 19:30:00 bob - FR",
            ["Possible impossible travel for actor bob: FR -> US within 0:25:00, and 1 more such leg. [a b c]"]
        ),
        (
            "a 19:00:00 bob - FR\nx 19:05:00 eve - DE\nb 19:50:00 bob - US\ny 19:10:00 eve - NL",
            [finding("bob", "FR -> US", "0:50:00", "a b"), finding("eve", "DE -> NL", "0:05:00", "x y")]
        ),
    ])
    func fires(log: String, expected: [String]) async throws {
        #expect(try await ImpossibleTravel().findings(in: events(log)).lines == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("exactly one hour", "a 19:00:00 bob SUCCESS FR\nb 20:00:00 bob SUCCESS US"),
        ("more than one hour", "a 19:00:00 bob SUCCESS FR\nb 21:00:00 bob SUCCESS US"),
        ("one country", "a 19:00:00 bob SUCCESS FR\nb 19:25:00 bob SUCCESS FR"),
        ("one event", "a 19:00:00 bob SUCCESS FR"),
        ("no country before", "a 19:00:00 bob SUCCESS -\nb 19:25:00 bob SUCCESS US"),
        ("no country after", "a 19:00:00 bob SUCCESS FR\nb 19:25:00 bob SUCCESS -"),
        ("the word null", "a 19:00:00 bob SUCCESS FR\nb 19:25:00 bob SUCCESS null"),
        ("two actors", "a 19:00:00 bob SUCCESS FR\nb 19:25:00 eve SUCCESS US"),
        ("two actors, each at home", "a 19:00:00 bob - FR\nx 19:01:00 eve - US\nb 19:02:00 bob - FR\ny 19:03:00 eve - US"),
        ("no actor", "a 19:00:00 - SUCCESS FR\nb 19:25:00 - SUCCESS US"),
        ("no time", "a - bob SUCCESS FR\nb 19:25:00 bob SUCCESS US\nc - bob SUCCESS DE"),
        ("the same minute of two days", "a 2025-11-12T19:00:00Z bob - FR\nb 2025-11-13T19:25:00Z bob - US"),
        ("a clock one zone off", "a 2025-11-12T19:00:00+01:00 bob - FR\nb 2025-11-12T19:25:00Z bob - US"),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await ImpossibleTravel().findings(in: events(log)).lines == [])
    }

    @Test("The hour can be set", arguments: [(1500.0, 0), (1501.0, 1), (86_400.0, 1)])
    func settable(window: Double, count: Int) async throws {
        let log = try await events("a 19:00:00 bob - FR\nb 19:25:00 bob - US")
        #expect(ImpossibleTravel(window: window).findings(in: log).count == count)
    }

    @Test("The figures of a finding")
    func figures() async throws {
        let log = try await table("""
            {"uuid":"a","published":"2025-11-12T19:00:00Z","actor":{"id":"00u1","alternateId":"bob@example.com"},\
            "client":{"ipAddress":"198.51.100.20","userAgent":{"rawUserAgent":"M"},\
            "geographicalContext":{"city":"Paris","country":"FR"}},"outcome":{"result":"SUCCESS"}}
            {"uuid":"b","published":"2025-11-12T19:25:00Z","actor":{"id":"00u1","alternateId":"bob@example.com"},\
            "client":{"ipAddress":"192.0.2.44","userAgent":{"rawUserAgent":"M"},\
            "geographicalContext":{"country":"US"}},"outcome":{"result":"SUCCESS"}}
            """)
        let finding = try #require(ImpossibleTravel().findings(in: log).first)
        #expect(finding.description == "Possible impossible travel for actor bob@example.com: FR -> US within 0:25:00.")
        #expect(finding.userID == "00u1")
        #expect(finding.metadata == [
            "rule_id": "impossible_travel", "title": "Impossible travel between two countries", "severity": "high",
            "attack": ["T1078.004"], "attack_version": "18.1", "actor": "bob@example.com", "from_country": "FR",
            "to_country": "US", "time_delta_seconds": 1500, "from_city": "Paris", "to_city": nil,
            "ips": ["198.51.100.20", "192.0.2.44"], "same_user_agent": true, "outcomes": ["SUCCESS", "SUCCESS"],
            "first_seen": "2025-11-12T19:00:00Z", "last_seen": "2025-11-12T19:25:00Z",
        ])
    }

    @Test("Actors that Unicode calls equivalent are two")
    func bytes() async throws {
        let log = try await events("a 19:00:00 Jos\u{E9} - FR\nb 19:25:00 Jose\u{301} - US")
        #expect(ImpossibleTravel().findings(in: log).lines == [])
    }
}
