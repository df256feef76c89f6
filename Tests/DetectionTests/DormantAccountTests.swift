import Detection
import Events
import JSON
import Testing

@Suite("Dormant accounts")
struct DormantAccountTests {
    /// Bob's last day of work, and a colleague's working days since.
    private static let past = "p 2025-10-01T09:00:00Z bob s at=paris ip=198.51.100.20 asn=3215 agent=Mac/1 device=d1\n" + work

    private static let work = (0..<42).filter { $0 % 7 < 5 }.map { day in
        let date = day < 31 ? "2025-10-\(day < 9 ? "0" : "")\(day + 1)" : "2025-11-\(day < 40 ? "0" : "")\(day - 30)"
        return "w\(day) \(date)T09:00:00Z eve s at=paris ip=198.51.100.30\n"
    }.joined()

    @Test("What fires, and how bad it is", arguments: [
        ("a new place and device", "x 12/09:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2", "high x"),
        ("a new place", "x 12/09:00:00 bob s at=lagos ip=192.0.2.44 asn=37282", "medium x"),
        ("a new device in the usual network", "x 12/09:00:00 bob s at=paris ip=198.51.100.29 asn=3215 device=d2", "medium x"),
        ("nothing known", "x 12/09:00:00 bob s", "low x"),
        ("and then a role",
            "x 12/09:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2\n"
                + "y 12/09:30:00 bob user.account.privilege.grant at=lagos ip=192.0.2.44 asn=37282", "critical x y"),
    ])
    func fires(name: String, log: String, expected: String) async throws {
        #expect(try await DormantAccount().findings(in: placed(Self.past + log)).severities == [expected])
    }

    @Test("What looks like it and is silent", arguments: [
        ("back from leave, the usual device", "x 12/09:00:00 bob s at=london ip=192.0.2.44 asn=1 agent=Mac/2 device=d1"),
        ("back from leave, the usual address", "x 12/09:00:00 bob s at=paris ip=198.51.100.20 agent=Win device=d2"),
        ("three weeks", "v 2025-10-22T09:00:00Z bob s ip=1.1.1.1\nx 12/08:00:00 bob s at=lagos ip=192.0.2.44 device=d2"),
        ("refused", "x 12/09:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win outcome=FAILURE"),
        ("a script with a token", "x 12/09:00:00 bob s at=lagos ip=192.0.2.44 token=T"),
        ("a new account", "x 12/09:00:00 ann s at=lagos ip=192.0.2.44 agent=Win"),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await DormantAccount().findings(in: placed(Self.past + log)).severities == [])
    }

    @Test("A log that was silent itself says nothing about an account")
    func gap() async throws {
        let log = String(Self.past.prefix { $0 != "\n" }) + "\nx 12/09:00:00 bob s at=lagos ip=192.0.2.44 agent=Win"
        #expect(try await DormantAccount().findings(in: placed(log)).severities == [])
    }

    @Test("The silence can be set; the finding says how long it was", arguments: [(40.0, 1), (43.0, 0)])
    func settable(days: Double, count: Int) async throws {
        let log = Self.past + "x 12/09:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2"
        let findings = try await DormantAccount(silence: days * 86_400).findings(in: placed(log))
        #expect(findings.count == count)
        #expect(findings.allSatisfy { $0.metadata["silent_days"] == 42 && $0.reasons.contains("42 days") })
        for other in shuffles(log) {
            #expect(try await DormantAccount(silence: days * 86_400).findings(in: placed(other)) == findings)
        }
    }
}
