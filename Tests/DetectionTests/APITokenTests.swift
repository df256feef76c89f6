import Detection
import Events
import JSON
import Testing

@Suite("API tokens used from elsewhere")
struct APITokenTests {
    private static let creation = "c 03/09:00:00 bob system.api_token.create at=paris ip=198.51.100.20 asn=3215 target=Token:T1\n"
    private static let past = "p 01/09:00:00 bob s at=paris ip=198.51.100.20 asn=3215\n"
    /// A token at work every four hours, from a data centre.
    private static let work = (4...8).flatMap { day in
        [0, 4, 8].map { hour in
            "u\(day)h\(hour) 0\(day)/0\(hour):00:00 bob user.lifecycle.update at=paris ip=192.0.2.10 asn=16276 token=T1\n"
        }
    }.joined()

    @Test("A settled token, and how bad it is", arguments: [
        ("another country", "x 09/09:00:00 bob user.lifecycle.update at=lagos ip=203.0.113.9 asn=37282 token=T1", "high"),
        ("another network", "x 09/09:00:00 bob user.lifecycle.update at=lyon ip=203.0.113.9 asn=9009 token=T1", "medium"),
        ("another network, and an act", "x 09/09:00:00 bob zone.delete at=lyon ip=203.0.113.9 asn=9009 token=T1", "high"),
        ("another country, and an act", "x 09/09:00:00 bob zone.delete at=lagos ip=203.0.113.9 asn=9009 token=T1", "critical"),
    ])
    func settled(name: String, log: String, severity: String) async throws {
        let findings = try await APITokenUsedElsewhere().findings(in: placed(Self.past + Self.work + log))
        #expect(findings.severities == ["\(severity) u4h0 x"])
    }

    @Test("A new token, and how bad it is", arguments: [
        (past, "x 03/10:00:00 bob user.lifecycle.update at=lagos ip=203.0.113.9 asn=37282 token=T1", "low c x"),
        (past, "x 03/10:00:00 bob zone.delete at=lagos ip=203.0.113.9 asn=37282 token=T1", "medium c x"),
        (
            past.replacing("at=paris ip=198.51.100.20 asn=3215", with: "at=london ip=198.51.100.77 asn=2856"),
            "x 03/10:00:00 bob user.lifecycle.update at=lagos ip=203.0.113.9 asn=37282 token=T1", "high c x"
        ),
    ])
    func new(past: String, log: String, expected: String) async throws {
        let findings = try await APITokenUsedElsewhere().findings(in: placed(past + Self.creation + log))
        #expect(findings.severities == [expected])
        #expect(findings[0].metadata["creation"] == "c" && findings[0].metadata["token"] == "T1")
    }

    @Test("What looks like it and is silent", arguments: [
        ("automation from its usual address", past + work),
        ("another address of its network", past + work + "x 09/09:00:00 bob a at=paris ip=192.0.2.11 asn=16276 token=T1"),
        ("a new token at its creator's place", past + creation + "x 03/10:00:00 bob a ip=198.51.100.21 asn=3215 token=T1"),
        ("a new token in the organisation's data centre",
            past + "o 01/09:00:00 eve a ip=192.0.2.10 asn=16276 token=T9\n" + creation + work),
        ("two data centres from the first day", past + work
            + "v 04/01:00:00 bob a at=lagos ip=203.0.113.9 asn=37282 token=T1\n"
            + "x 09/09:00:00 bob a at=lagos ip=203.0.113.9 asn=37282 token=T1"),
        ("the owner's browser elsewhere", past + work + "x 09/09:00:00 bob s at=lagos ip=203.0.113.9 asn=37282"),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await APITokenUsedElsewhere().findings(in: placed(log)).severities == [])
    }

    @Test("It grows into one finding with one id, whatever the order of the events")
    func growth() async throws {
        let use = " bob user.lifecycle.update at=lagos ip=203.0.113.9 asn=37282 token=T1\n"
        let short = Self.past + Self.work + "x 09/09:00:00" + use, long = short + "y 09/10:00:00" + use
        let first = try await APITokenUsedElsewhere().findings(in: placed(short))
        let grown = try await APITokenUsedElsewhere().findings(in: placed(long))
        #expect(grown.severities == ["high u4h0 x y"] && first.map(\.id) == grown.map(\.id))
        for other in shuffles(long) {
            #expect(try await APITokenUsedElsewhere().findings(in: placed(other)) == grown)
        }
    }
}
