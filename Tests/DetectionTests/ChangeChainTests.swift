import Detection
import Events
import JSON
import Testing

/// Changes to an account and its use from a new place: by its own hand, by a help desk, by the grant of a role.
@Suite("Changes of an account, and then a new place")
struct ChangeChainTests {
    /// Four days of sign-ins at home.
    private static let past = (3...6).map { day in
        "p\(day) 0\(day)/09:00:00 bob s at=paris ip=198.51.100.20 asn=3215 agent=Mac/1.1 device=d1\n"
    }.joined()
    private static let enrolment =
        "e 09:00:00 bob user.mfa.factor.activate at=paris ip=198.51.100.20 asn=3215 target=User:bob\n"
    private static let reset = "e 09:00:00 ida user.mfa.factor.reset_all at=paris ip=198.51.100.9 target=User:bob\n"
    private static let grant = "e 09:00:00 ida user.account.privilege.grant at=paris ip=198.51.100.9 target=User:bob\n"
    private static let cases: [(any Detector, String)] = [
        (FactorChangeThenNewPlace(), enrolment), (HelpDeskTakeover(), reset), (AdminRoleThenNewPlace(), grant),
    ]

    @Test("What fires, and how bad it is", arguments: [
        ("a new place and device", "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2",
            "high e x"),
        ("a new network in the same country", "x 10:00:00 bob s at=lyon ip=192.0.2.44 asn=1 agent=Win",
            "high e x"),
        ("far away, in the usual network of the country", "x 10:00:00 bob s at=marseille ip=192.0.2.44 asn=3215 agent=Win device=d2",
            "high e x"),
        ("nothing known of the device", "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=37282", "medium e x"),
        ("through a proxy", "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win proxy=true", "high e x"),
        ("at the end of the day", "x 13/09:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win", "high e x"),
        ("and then a token",
            "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win\n"
                + "y 10:05:00 bob system.api_token.create at=lagos ip=192.0.2.44 asn=1 agent=Win", "critical e x y"),
        ("after a stealthy look around from there",
            "w 08:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win\n"
                + "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win", "high e x"),
    ])
    func fires(name: String, log: String, expected: String) async throws {
        for (detector, change) in Self.cases {
            let findings = try await detector.findings(in: placed(Self.past + change + log))
            #expect(findings.severities == [expected], "\(detector.id)")
            #expect(findings[0].userID == "bob" && findings[0].reasons.contains("new to it"))
        }
    }

    @Test("What looks like it and is silent", arguments: [
        ("the usual place", "x 10:00:00 bob s at=paris ip=198.51.100.20 asn=3215 agent=Mac/1.1 device=d1"),
        ("a new laptop in the usual network", "x 10:00:00 bob s at=paris ip=198.51.100.99 asn=3215 agent=Win"),
        ("a new phone, whose carrier's gateway is far away",
            "x 10:00:00 bob s at=marseille ip=192.0.2.44 asn=3215 agent=iPhone os=iOS device=d2"),
        ("the registered phone, which the log sees for the first time",
            "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=iPhone device=d2 registered=g1\n"
                + "o 02/09:00:00 ann device.enrollment.create target=Device:g9,User:ann"),
        ("the known device on a journey", "x 10:00:00 bob s at=london ip=192.0.2.44 asn=2856 device=d1"),
        ("refused", "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win outcome=FAILURE"),
        ("before the change", "x 08:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win"),
        ("days later", "x 16/10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win"),
        ("somebody else", "x 10:00:00 eve s at=lagos ip=192.0.2.44 asn=1 agent=Win"),
        ("a script with a token", "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win token=T"),
        ("a gateway of many", (1...5).map { "o\($0) 08:0\($0):00 u\($0) s at=london ip=192.0.2.44\n" }.joined()
            + "x 10:00:00 bob s at=london ip=192.0.2.44 asn=1 agent=Win"),
    ])
    func silent(name: String, log: String) async throws {
        for (detector, change) in Self.cases {
            let findings = try await detector.findings(in: placed(Self.past + change + log))
            #expect(findings.severities == [], "\(detector.id)")
        }
    }

    @Test("A registered device is the user's own, unless it is new to the log, somebody else's, or the log may be cut", arguments: [
        ("enrolled just before", "o 08:00:00 bob device.enrollment.create target=Device:g1,User:bob\n"),
        ("used by somebody else", "n 02/09:00:00 ann device.enrollment.create target=Device:g9,User:ann\n"
            + "o 02/10:00:00 eve s at=lagos ip=192.0.2.44 registered=g1\n"),
        ("no enrolments in the log at all", ""),
    ])
    func registered(name: String, before: String) async throws {
        let log = "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2 registered=g1"
        let findings = try await HelpDeskTakeover().findings(in: placed(Self.past + Self.reset + before + log))
        #expect(findings.severities == ["high e x"])
    }

    @Test("Without earlier sign-ins nothing is new: a colleague's first day")
    func firstDay() async throws {
        let log = "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=1 agent=Win"
        for (detector, change) in Self.cases {
            #expect(try await detector.findings(in: placed(change + log)).severities == [], "\(detector.id)")
        }
    }

    @Test("Who changes it decides which of the two it is")
    func hands() async throws {
        let entry = "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2"
        let own = try await placed(Self.past + Self.enrolment + entry)
        let other = try await placed(Self.past + Self.reset + entry)
        #expect(FactorChangeThenNewPlace().findings(in: own).count == 1 && HelpDeskTakeover().findings(in: own) == [])
        #expect(FactorChangeThenNewPlace().findings(in: other) == [])
        #expect(HelpDeskTakeover().findings(in: other).count == 1)
        #expect(HelpDeskTakeover().findings(in: other)[0].metadata["administrator"] == "ida@example.com")
    }

    @Test("It grows into one finding with one id, whatever the order of the events")
    func growth() async throws {
        let entry = " bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2\n"
        for (detector, change) in Self.cases {
            let short = Self.past + change + "x 10:00:00" + entry
            let long = short + "y 11:00:00" + entry + "z 12:00:00" + entry.replacing(" s ", with: " zone.delete ")
            let first = try await detector.findings(in: placed(short))
            let grown = try await detector.findings(in: placed(long))
            #expect(grown.severities == ["critical e x y z"] && first.map(\.id) == grown.map(\.id))
            for other in shuffles(long) { #expect(try await detector.findings(in: placed(other)) == grown) }
        }
    }

    @Test("A user that is not the first target is found", arguments: ["User:bob", "Factor:x1,User:bob"])
    func targets(target: String) async throws {
        let entry = "x 10:00:00 bob s at=lagos ip=192.0.2.44 asn=37282 agent=Win device=d2"
        let log = Self.past + Self.reset.replacing("User:bob", with: target) + entry
        #expect(try await HelpDeskTakeover().findings(in: placed(log)).map(\.userID) == ["bob"])
    }
}
