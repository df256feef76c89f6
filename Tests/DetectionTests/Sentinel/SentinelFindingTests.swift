import Detection
import Events
import JSON
import Sigma
import Tables
import Testing

@Suite("What rules of Sentinel find")
struct SentinelFindingTests {
    private static func guess(_ number: Int, at minute: Double, from address: String = "203.0.113.9") -> LogEntry {
        LogEntry(id: "g\(number)", seconds: minute * 60 + 0.5, user: "user\(number)@example.com", address: address)
    }

    @Test("An address that guesses: one finding with the failures of the query's filter, and no other event of the address")
    func guessing() async throws {
        let noise = [
            LogEntry(id: "ok", seconds: 100, user: "user1@example.com", outcome: "SUCCESS"),
            LogEntry(id: "app", seconds: 110, user: "user2@example.com", type: "user.authentication.sso"),
            LogEntry(id: "far", seconds: 120, user: "user3@example.com", address: "198.51.100.1"),
        ]
        let found = try await sweep(SentinelRules.guessing, over: noise + entries(6) { Self.guess($0, at: Double($0)) })
        let finding = try #require(found.findings.first)
        #expect(found.findings.count == 1)
        #expect(finding.findingType == "5a0d6f0e-7f0c-4a39-9a53-3f1d7c1b8e10")
        #expect(finding.severity == .medium && finding.attack == ["T1110.003"])
        #expect(finding.oktaEventIDs == ["g0", "g1", "g2", "g3", "g4", "g5"])
        #expect(finding.metadata["title"] == "One address guesses at many accounts")
        #expect(finding.metadata["rule"] == "a.yaml:1")
        #expect(finding.metadata["group"] == ["IPCustomEntity": "203.0.113.9"])
        #expect(finding.metadata["tactics"] == ["CredentialAccess"])
        #expect(finding.metadata[path: "result.Accounts"] == 6)
        #expect(finding.texts("why") == ["Sign-ins of more than five accounts fail from one address within an hour."])
        #expect(finding.metadata["actor"] == "user0@example.com and 5 more")
    }

    @Test("What looks like guessing and is none", arguments: [
        ("five accounts", entries(5) { guess($0, at: Double($0)) }),
        ("two addresses", entries(10) { guess($0, at: Double($0), from: "203.0.113.\($0 % 2)") }),
        ("over hours", entries(10) { guess($0, at: Double($0) * 40) }),
        ("successes", entries(10) { LogEntry(id: "s\($0)", seconds: Double($0), user: "user\($0)", outcome: "SUCCESS") }),
    ])
    func quiet(name: String, log: [LogEntry]) async throws {
        #expect(try await sweep(SentinelRules.guessing, over: log).findings == [], "\(name)")
    }

    private static func prompt(_ id: String, _ minute: Double, _ user: String, denied: Bool) -> LogEntry {
        LogEntry(
            id: id, seconds: minute * 60 + 0.25, user: user, outcome: denied ? "FAILURE" : "SUCCESS",
            type: denied ? "user.mfa.okta_verify.deny_push" : "user.authentication.auth_via_mfa",
            address: denied ? "203.0.113.9" : "198.51.100.7")
    }

    @Test("Denied, then accepted: both sides of the join, once, though two stretches of time hold them")
    func prompts() async throws {
        let log = [
            Self.prompt("start", 0, "bob@example.com", denied: true), Self.prompt("d1", 70, "ann@example.com", denied: true),
            Self.prompt("d2", 71, "ann@example.com", denied: true), Self.prompt("a", 75, "ann@example.com", denied: false),
            Self.prompt("late", 100, "ann@example.com", denied: false), Self.prompt("end", 240, "bob@example.com", denied: false),
        ]
        let found = try await sweep(SentinelRules.prompts, over: log).findings
        #expect(found.map(\.brief) == ["0c4f3b52-6f0e-4a8b-8b1d-2e8a6f3f7d21 high 3"])
        #expect(found.map(\.oktaEventIDs) == [["d1", "d2", "a"]])
        #expect(found.map(\.userID) == ["00u-ann@example.com"])
        #expect(found.first?.number("query_runs") == 2)
        #expect(found.first?.metadata["group"] == [
            "AccountName": "ann", "AccountUPNSuffix": "example.com", "client_ipAddress_s": "198.51.100.7",
        ])
        #expect(found.first?.texts("attack") == ["T1621"])
    }

    @Test("What looks like a prompt that was wrung out of somebody and is none", arguments: [
        ("one denial", [prompt("d", 0, "ann", denied: true), prompt("a", 5, "ann", denied: false)]),
        ("accepted before", [prompt("a", 0, "ann", denied: false), prompt("d", 1, "ann", denied: true), prompt("e", 2, "ann", denied: true)]),
        ("much later", [prompt("d", 0, "ann", denied: true), prompt("e", 1, "ann", denied: true), prompt("a", 15, "ann", denied: false)]),
        ("another user", [prompt("d", 0, "ann", denied: true), prompt("e", 1, "ann", denied: true), prompt("a", 5, "bob", denied: false)]),
    ])
    func calm(name: String, log: [LogEntry]) async throws {
        #expect(try await sweep(SentinelRules.prompts, over: log).findings == [], "\(name)")
    }

    private static func granted(_ id: String, _ hours: Double, by user: String, outcome: String = "SUCCESS") -> LogEntry {
        LogEntry(id: id, seconds: hours * 3600, user: user, outcome: outcome, type: "user.account.privilege.grant")
    }

    @Test("Rows that are events: one finding for an actor's day, as rules of Sigma have it")
    func grants() async throws {
        let log = [
            Self.granted("a1", 0, by: "ann@example.com"), Self.granted("a2", 5, by: "ann@example.com"),
            Self.granted("no", 6, by: "ann@example.com", outcome: "FAILURE"), Self.granted("b1", 7, by: "bob@example.com"),
            Self.granted("a3", 40, by: "ann@example.com"),
        ]
        let found = try await sweep(SentinelRules.grant, over: log).findings
        #expect(found.map(\.oktaEventIDs) == [["a1", "a2"], ["b1"], ["a3"]])
        #expect(found.map(\.userID) == ["00u-ann@example.com", "00u-bob@example.com", "00u-ann@example.com"])
        #expect(Set(found.map(\.severity)) == [.low])
        #expect(found.first?.attack == ["T1098", "T1098.003"])
    }

    @Test("A rule of little weight about many tells of the org's ways: one finding for all")
    func manyActors() async throws {
        let log = entries(11) { Self.granted("e\($0)", Double($0) / 10, by: "user\($0)@example.com") }
        let found = try await sweep(SentinelRules.grant, over: log).findings
        #expect(found.map(\.oktaEventIDs.count) == [11])
        #expect(found.first?.metadata["scope"] == "organization" && found.first?.number("user_count") == 11)
    }

    @Test("An anti join over days: the first token of an actor, and not those of one who makes them often")
    func tokens() async throws {
        let day = 86_400.0
        let log = entries(4) {
            LogEntry(id: "often\($0)", seconds: Double($0) * day, user: "ci@example.com", outcome: "SUCCESS", type: "system.api_token.create")
        } + [LogEntry(id: "first", seconds: 3.5 * day, user: "ann@example.com", outcome: "SUCCESS", type: "system.api_token.create")]
        let found = try await sweep(SentinelRules.token, over: log).findings
        #expect(found.map(\.oktaEventIDs) == [["often0"], ["first"]])
        #expect(found.map(\.userID) == ["00u-ci@example.com", "00u-ann@example.com"])
        #expect(found.map(\.severity) == [.low, .low])
    }

    @Test("The same findings, however the events are shuffled, and beside other rules")
    func order() async throws {
        let log = entries(7) { Self.guess($0, at: Double($0)) }
            + [Self.prompt("d1", 10, "ann", denied: true), Self.prompt("d2", 11, "ann", denied: true), Self.prompt("a", 12, "ann", denied: false)]
        let rules = [SentinelRules.guessing, SentinelRules.prompts, SentinelRules.grant]
        let expected = try await sweep(rules[0], rules[1], rules[2], over: log).findings
        #expect(expected.count == 2)
        for shuffle in log.shuffles {
            #expect(try await sweep(rules[0], rules[1], rules[2], over: shuffle).findings.map(\.json.text) == expected.map(\.json.text))
        }
        let sigma = "title: Push denied\nid: sigma\nlogsource: {product: okta}\ndetection:\n  s: {eventType: user.mfa.okta_verify.deny_push}\n  condition: s\n"
        let both = try await sweep(rules[0], sigma, rules[1], over: log).findings
        #expect(Set(both.map(\.findingType)) == Set(expected.map(\.findingType) + ["sigma"]))
    }
}
