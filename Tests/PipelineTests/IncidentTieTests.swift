import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("An incident")
struct IncidentTieTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let events: [JSONValue]
        let findings: [DetectionFinding]
        /// For each incident its kinds of finding.
        let incidents: [[String]]
    }

    private static func finding(
        _ kind: String, of user: String = Okta.ann, _ events: [String], _ figures: [(String, JSONValue)] = []
    ) -> DetectionFinding {
        NamedDetector(id: kind, severity: .high, attack: []).finding(figures, user: user, events: events)
    }

    /// Five people who sign in from an address in the morning.
    private static func office(_ ip: String) -> [JSONValue] {
        (0..<5).map { logged("o-\($0)", "user.session.start", by: "00uOffice90123456700\($0)", at: "07:00:00", from: ip) }
    }

    static let ties = [
        Case(
            testDescription: "is not made of two people's by their office's address",
            events: office("192.0.2.1") + [
                logged("a", "user.session.start", from: "192.0.2.1"),
                logged("b", "user.session.start", by: Okta.ben, from: "192.0.2.1"),
            ],
            findings: [finding("impossible_travel", ["a"]), finding("session_hijack", of: Okta.ben, ["b"])],
            incidents: [["impossible_travel"], ["session_hijack"]]),
        Case(
            testDescription: "is made of two people's by an address that is nobody's own",
            events: [
                logged("a", "user.session.start", from: "198.51.100.7"),
                logged("b", "user.session.start", by: Okta.ben, from: "198.51.100.7"),
            ],
            findings: [finding("impossible_travel", ["a"]), finding("session_hijack", of: Okta.ben, ["b"])],
            incidents: [["impossible_travel", "session_hijack"]]),
        Case(
            testDescription: "is not made of two people's by a proxy",
            events: [
                logged("a", "user.session.start", from: "198.51.100.7", proxy: true),
                logged("b", "user.session.start", by: Okta.ben, from: "198.51.100.7", proxy: true),
            ],
            findings: [finding("impossible_travel", ["a"]), finding("session_hijack", of: Okta.ben, ["b"])],
            incidents: [["impossible_travel"], ["session_hijack"]]),
        Case(
            testDescription: "is not made of two people's by the home that they have shared for a week",
            events: [
                logged("h-1", "user.session.start", at: "2025-11-01T10:00:00Z", from: "198.51.100.7"),
                logged("h-2", "user.session.start", by: Okta.ben, at: "2025-11-01T10:00:00Z", from: "198.51.100.7"),
                logged("a", "user.session.start", from: "198.51.100.7"),
                logged("b", "user.session.start", by: Okta.ben, from: "198.51.100.7"),
            ],
            findings: [finding("impossible_travel", ["a"]), finding("session_hijack", of: Okta.ben, ["b"])],
            incidents: [["impossible_travel"], ["session_hijack"]]),
        Case(
            testDescription: "is not made by the session that Okta calls unknown",
            events: [
                logged("a", "user.session.start", from: "198.51.100.7", session: "unknown"),
                logged("b", "user.session.start", by: Okta.ben, from: "198.51.100.8", session: "unknown"),
            ],
            findings: [finding("impossible_travel", ["a"]), finding("session_hijack", of: Okta.ben, ["b"])],
            incidents: [["impossible_travel"], ["session_hijack"]]),
    ]

    /// An attack on many accounts, from a proxy.
    private static let guesses = [
        logged("f-1", "user.session.start", at: "09:58:00", outcome: "FAILURE", proxy: true),
        logged("f-2", "user.session.start", by: Okta.ben, outcome: "FAILURE", proxy: true),
        logged("f-3", "user.session.start", by: Okta.eve, outcome: "FAILURE", proxy: true),
    ]
    private static let spray = finding(
        "password_spray", ["f-1", "f-2", "f-3"], [("users", ["ann", "ben", "eve"]), ("user_count", 3)])

    static let sprays = [
        Case(
            testDescription: "holds a spray and the sign-in it led to, by its failures",
            events: guesses + [logged("s", "user.session.start", by: Okta.ben, at: "12:00:00", from: "198.51.100.9")],
            findings: [spray, finding("success_after_attack", of: Okta.ben, ["f-2", "s"])],
            incidents: [["password_spray", "success_after_attack"]]),
        Case(
            testDescription: "holds a spray and the first guess that was right, by the source",
            events: guesses + [logged("s", "user.session.start", by: "00uZoe45678901234567", at: "12:00:00", proxy: true)],
            findings: [
                spray,
                finding(
                    "success_after_attack", of: "00uZoe45678901234567", ["s"],
                    [("from_attacker", true), ("success_ip", "203.0.113.9"), ("follows", ["password_spray"])]),
            ], incidents: [["password_spray", "success_after_attack"]]),
        Case(
            testDescription: "does not hold a spray and what else happens to one of the many it tried",
            events: guesses + [logged("t", "user.session.start", at: "12:00:00", from: "198.51.100.9")],
            findings: [spray, finding("impossible_travel", ["t"])],
            incidents: [["password_spray"], ["impossible_travel"]]),
        Case(
            testDescription: "does not hold a lockout and what else happens to one of the locked",
            events: [
                logged("l", "user.account.lock", from: "198.51.100.1"),
                logged("t", "user.session.start", at: "12:00:00", from: "198.51.100.9"),
            ],
            findings: [
                finding("mass_lockout", ["l"], [("users", ["ann", "ben"]), ("user_count", 2)]),
                finding("session_hijack", ["t"]),
            ], incidents: [["mass_lockout"], ["session_hijack"]]),
        Case(
            testDescription: "holds one browser's users and what one of them then did",
            events: [
                logged("d-1", "user.session.start", from: "198.51.100.1"),
                logged("d-2", "user.session.start", by: Okta.ben, from: "198.51.100.2"),
                logged("t", "zone.delete", by: Okta.ben, at: "12:00:00", from: "198.51.100.9"),
            ],
            findings: [
                finding("device_token_shared", ["d-1", "d-2"], [("users", ["ann", "ben"]), ("user_count", 2)]),
                finding("defence_weakening", of: Okta.ben, ["t"]),
            ], incidents: [["device_token_shared", "defence_weakening"]]),
    ]

    static let organization = [
        Case(
            testDescription: "of a rule about the whole org is alone, whosever events it names",
            events: [
                logged("a", "user.session.start", from: "198.51.100.7"),
                logged("b", "user.session.start", by: Okta.ben, at: "11:00:00", from: "198.51.100.8"),
            ],
            findings: [
                finding("impossible_travel", ["a"]), finding("session_hijack", of: Okta.ben, ["b"]),
                finding("a_rule", ["a", "b"], [("scope", "organization"), ("user_count", 14), ("actor", "14 actors")]),
            ], incidents: [["impossible_travel"], ["session_hijack"], ["a_rule"]])
    ]

    @Test("is one attack", arguments: ties + sprays + organization)
    func grouped(_ example: Case) async throws {
        let file = try await Self.file(example.findings, example.events, score: 0.7)
        let kinds = Dictionary(uniqueKeysWithValues: file.findings.map { ($0.id, $0.findingType) })
        let incidents = file.incidents.map { $0.findingIDs.map { kinds[$0] ?? "" } }
        #expect(Set(incidents) == Set(example.incidents) && incidents.count == example.incidents.count)
    }

    @Test("takes context to the attack with which it shares most")
    func closest() async throws {
        let events = [
            logged("a", "user.session.start", at: "10:00:00", from: "198.51.100.7"),
            logged("b", "user.session.start", by: Okta.ben, at: "11:00:00", from: "198.51.100.8"),
            logged("c-1", "user.session.start", by: Okta.ben, at: "12:00:00", from: "198.51.100.7"),
            logged("c-2", "user.session.start", by: Okta.ben, at: "12:00:00", from: "198.51.100.8"),
        ]
        let findings = [
            Self.finding("impossible_travel", ["a"]), Self.finding("session_hijack", of: Okta.ben, ["b"]),
            Self.finding("new_device", of: Okta.ben, ["c-1", "c-2"]),
        ]
        var file = try await Self.file(findings, events, score: 0.7)
        file.scores[2] = IncidentBuilderTests.score(findings[2], 0.16)
        let incidents = IncidentBuilder.incidents(in: file)
        #expect(incidents.map(\.findingIDs) == [[findings[0].id], [findings[1].id, findings[2].id]])
    }

    @Test("tells its chain in the order of time, with the tactics of each link")
    func chain() async throws {
        let events = [
            logged("a", "user.session.start", at: "10:00:00"), logged("b", "user.mfa.factor.activate", at: "11:00:00"),
            logged("c", "policy.lifecycle.delete", at: "12:00:00"),
        ]
        let links: [(kind: String, event: String, attack: [String])] = [
            ("defence_weakening", "c", ["T1562.008", "T1556.006"]), ("session_hijack", "a", ["T1539", "T1550.004"]),
            ("factor_change_then_new_place", "b", ["T1556.006", "T1098.005"]),
        ]
        let findings = links.map { link in
            NamedDetector(id: link.kind, title: link.kind, severity: .high, attack: link.attack)
                .finding(user: Okta.ann, events: [link.event])
        }
        var file = try await Self.file(findings, events, score: 0.7)
        file.scores[2] = IncidentBuilderTests.score(findings[2], 0.9)
        let incident = try #require(IncidentBuilder.incidents(in: file).first)
        #expect(incident.attack == ["T1539", "T1550.004", "T1556.006", "T1098.005", "T1562.008"])
        #expect(incident.title == "factor_change_then_new_place: \(Okta.ann)")
        #expect(
            incident.metadata["chain"]?.array?.map { ($0["tactics"]?.strings ?? []).joined(separator: " ") } == [
                "credential-access lateral-movement", "persistence", "defense-evasion persistence",
            ])
        #expect(
            incident.metadata["tactics"]?.strings
                == ["credential-access", "lateral-movement", "persistence", "defense-evasion"])
    }

    /// Kinds, each with the worst last, and whom the title names.
    static let titles: [(findings: [DetectionFinding], title: String)] = [
        ([finding("session_hijack", ["a"], [("actor", "ann")])], "A rule of the user: ann"),
        (
            [
                finding("password_spray", ["a"], [("actor", "ann and 11 more"), ("users", ["ann"]), ("user_count", 12)]),
                finding("success_after_attack", of: Okta.ben, ["a"], [("actor", "ben")]),
            ], "A rule of the user: ben"
        ),
        (
            [finding("password_spray", ["a"], [("actor", "ann and 11 more"), ("users", ["ann"]), ("user_count", 12)])],
            "A rule of the user: ann and 11 more"
        ),
        (
            [finding("device_token_shared", ["a"], [("actor", "ann"), ("users", ["ann"]), ("user_count", 6)])],
            "A rule of the user: ann and 5 more"
        ),
        (
            [finding("a_rule", ["a"], [("actor", "14 actors"), ("scope", "organization"), ("user_count", 14)])],
            "A rule of the user: 14 actors"
        ),
        (
            [
                finding("new_device", ["a"], [("actor", "ann")]), finding("session_hijack", of: Okta.eve, ["a"], [("actor", "eve")]),
                finding("impossible_travel", of: Okta.ben, ["a"], [("actor", "ben")]),
            ], "A rule of the user: ben and 2 more"
        ),
    ]

    @Test("is called by its worst finding and the people whose accounts it is about", arguments: titles)
    func named(findings: [DetectionFinding], title: String) async throws {
        var file = try await Self.file(findings, [logged("a", "user.session.start")], score: 0.7)
        file.scores[findings.count - 1] = IncidentBuilderTests.score(findings[findings.count - 1], 0.9)
        #expect(IncidentBuilder.incidents(in: file).map(\.title) == [title])
    }

    private static func file(_ findings: [DetectionFinding], _ events: [JSONValue], score: Double) async throws -> CaseFile {
        var file = CaseFile(events: try await DemoCase.table(events), clock: DemoCase.clock)
        file.findings = findings
        file.scores = findings.map { IncidentBuilderTests.score($0, score) }
        file.incidents = IncidentBuilder.incidents(in: file)
        return file
    }
}
