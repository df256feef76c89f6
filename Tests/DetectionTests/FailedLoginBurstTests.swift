import Detection
import Events
import Foundation
import JSON
import Tables
import Testing

@Suite("Bursts of failed logins")
struct FailedLoginBurstTests {
    /// Failures of one actor, named by their minute after 18:00.
    private static func failures(_ minutes: [Int], actor: String = "ann", outcome: String = "FAILURE") -> String {
        minutes.map { minute in
            let time = "\(18 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60):00"
            return "\(actor)\(minute) \(time) \(actor) \(outcome) US\n"
        }.joined()
    }

    @Test("What fires", arguments: [
        (
            failures([0, 1, 3, 4, 6]),
            ["5 failed logins for actor ann within 0:10:00. [ann0 ann1 ann3 ann4 ann6]"]
        ),
        (
            failures([0, 2, 5, 8, 10]),
            ["5 failed logins for actor ann within 0:10:00. [ann0 ann2 ann5 ann8 ann10]"]
        ),
        (
            failures([6, 0, 4, 1, 3]),
            ["5 failed logins for actor ann within 0:10:00. [ann0 ann1 ann3 ann4 ann6]"]
        ),
        (
            failures(Array(0..<12)),
            ["12 failed logins for actor ann within 0:11:00. [\((0..<12).map { "ann\($0)" }.joined(separator: " "))]"]
        ),
        (
            failures([0, 1, 2, 3, 4, 60, 61, 62, 63, 64, 65]),
            [
                "5 failed logins for actor ann within 0:10:00. [ann0 ann1 ann2 ann3 ann4]",
                "6 failed logins for actor ann within 0:10:00. [ann60 ann61 ann62 ann63 ann64 ann65]",
            ]
        ),
        (
            failures([0, 2, 4, 6, 8]) + failures([1, 3, 5, 7, 9], actor: "bob"),
            [
                "5 failed logins for actor ann within 0:10:00. [ann0 ann2 ann4 ann6 ann8]",
                "5 failed logins for actor bob within 0:10:00. [bob1 bob3 bob5 bob7 bob9]",
            ]
        ),
        (
            failures([0, 1, 2, 3, 4, 5]) + failures([30, 31, 32, 33], actor: "bob"),
            ["6 failed logins for actor ann within 0:10:00. [ann0 ann1 ann2 ann3 ann4 ann5]"]
        ),
        (
            failures([0, 1, 3, 4, 6]) + failures([2, 5], outcome: "SUCCESS") + failures([7, 8], outcome: "DENY"),
            ["5 failed logins for actor ann within 0:10:00. [ann0 ann1 ann3 ann4 ann6]"]
        ),
        (
            failures([0, 9, 9 * 2, 20, 21, 22, 23]),
            ["5 failed logins for actor ann within 0:10:00. [ann18 ann20 ann21 ann22 ann23]"]
        ),
    ])
    func fires(log: String, expected: [String]) async throws {
        #expect(try await FailedLoginBurst().findings(in: events(log)).lines == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("four", failures([0, 1, 2, 3])),
        ("five in more than ten minutes", failures([0, 1, 2, 3, 11])),
        ("five in ten minutes and a second", failures([0, 1, 2, 3]) + "z 18:10:01 ann FAILURE US"),
        ("five in ten minutes and a tick", failures([0, 1, 2, 3]) + "z 18:10:00.0000001 ann FAILURE US"),
        ("one every three minutes", failures(Array(stride(from: 0, to: 120, by: 3)))),
        ("refusals of a policy", failures([0, 1, 2, 3, 4, 5], outcome: "DENY")),
        ("another case of the word", failures([0, 1, 2, 3, 4, 5], outcome: "failure")),
        ("successes", failures([0, 1, 2, 3, 4, 5], outcome: "SUCCESS")),
        ("other actors' failures", failures([0, 1, 2, 3]) + failures([1, 2, 3, 4], actor: "bob")),
        ("nobody's failures", failures([0, 1, 2, 3, 4, 5]).replacing(" ann ", with: " - ")),
        ("failures without a time", ["a", "b", "c", "d", "e"].map { "\($0) - ann FAILURE US\n" }.joined()),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await FailedLoginBurst().findings(in: events(log)).lines == [])
    }

    private static func typed(_ count: Int, _ change: (inout LogEntry) -> Void = { _ in }) -> [LogEntry] {
        entries(count) { index in
            var entry = LogEntry(id: "f\(index)", seconds: 7200 + Double(index) * 60, user: "ann")
            change(&entry)
            return entry
        }
    }

    private static let past = LogEntry(id: "s", seconds: 0, user: "ann", outcome: "SUCCESS")

    @Test("Which kinds of event count, and what makes a burst its owner's own", arguments: [
        ("failed sign-ins", typed(5), ["failed_login_burst medium 5"]),
        ("a policy's refusals", typed(5) { $0.outcome = "DENY" }, ["failed_login_burst medium 5"]),
        ("of a directory agent", typed(5) { $0.type = "user.authentication.auth_via_AD_agent" }, ["failed_login_burst medium 5"]),
        ("mistyped codes", typed(5) { $0.type = "user.authentication.auth_via_mfa"; $0.factor = "GOOGLE_OTP" },
         ["failed_login_burst medium 5"]),
        ("the agent's and the session's event of one attempt", typed(4) { $0.transaction = $0.id } + typed(4) {
            $0.transaction = $0.id; $0.id += "a"; $0.type = "user.authentication.auth_via_AD_agent" }, []),
        ("pushes", typed(5) { $0.type = "user.authentication.auth_via_mfa"; $0.factor = "OKTA_VERIFY_PUSH" }, []),
        ("failed changes of an app", typed(5) { $0.type = "application.lifecycle.update" }, []),
        ("a policy's evaluation", typed(5) { $0.type = "policy.evaluate_sign_on"; $0.outcome = "DENY" }, []),
        ("a service account", typed(5) { $0.actorType = "PublicClientApp" }, []),
        ("a script with an API token", typed(8) { $0.token = "00T1" }, ["failed_login_burst low 8"]),
        ("at the own desk, after a password change", typed(8) + [past], ["failed_login_burst low 8"]),
        ("at the own desk, but very many", typed(50) + [past], ["failed_login_burst medium 50"]),
        ("elsewhere", typed(8) { $0.address = "192.0.2.1" } + [past], ["failed_login_burst medium 8"]),
    ] as [(String, [LogEntry], [String])])
    func kinds(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await FailedLoginBurst().findings(in: log.table).map(\.brief) == expected)
    }

    @Test("Five bursts of one spray are the spray; four are findings beside it", arguments: [(8, 5, 0), (8, 4, 4)])
    func sprays(users: Int, heavy: Int, count: Int) async throws {
        let log = entries(users * 6) { index in
            LogEntry(id: "f\(index)", seconds: Double(index) * 2, user: "u\(index % users)")
        }.filter { $0.seconds < Double(users) * 2 || Int($0.user.dropFirst()) ?? 0 < heavy }
        let findings = try await Sweep(log.table, with: [FailedLoginBurst(), PasswordSpray()]).findings.map(\.findingType)
        #expect(findings.count { $0 == "failed_login_burst" } == count)
        #expect(findings.count { $0 == "password_spray" } == 1)
    }

    @Test("Ten thousand failures are one finding, which names the first thousand")
    func large() async throws {
        let log = try await entries(10_000) { LogEntry(id: "f\($0)", seconds: Double($0) * 0.06, user: "ann") }.table
        let found = FailedLoginBurst().findings(in: log)
        #expect(found.map(\.brief) == ["failed_login_burst medium 1000"])
        #expect(found.first?.number("count") == 10_000)
        #expect(found.first?.number("more_events") == 9000)
    }

    @Test("Threshold and window can be set", arguments: [
        (3, 600.0, ["3 failed logins for actor ann within 0:10:00. [ann0 ann1 ann8]"]), (4, 600.0, []),
        (2, 60.0, ["2 failed logins for actor ann within 0:01:00. [ann0 ann1]"]), (3, 479.0, []),
        (3, 480.0, ["3 failed logins for actor ann within 0:08:00. [ann0 ann1 ann8]"]),
        (0, 60.0, ["2 failed logins for actor ann within 0:01:00. [ann0 ann1]"]),
    ])
    func settable(threshold: Int, window: Double, expected: [String]) async throws {
        let log = try await events(Self.failures([0, 1, 8]))
        #expect(FailedLoginBurst(threshold: threshold, window: window).findings(in: log).lines == expected)
    }

    @Test("The figures of a finding; a success within the hour after is named", arguments: [
        ("s 19:06:00 ann SUCCESS FR", "s"), ("s 19:06:01 ann SUCCESS FR", nil), ("s 18:30:00 bob SUCCESS FR", nil),
        ("s 18:05:00 ann SUCCESS FR", nil), ("s 18:06:00 ann SUCCESS FR", "s"),
        ("t 18:09:00 ann SUCCESS FR\ns 18:08:00 ann SUCCESS FR\nu 18:07:00 ann DENY FR", "s"),
    ] as [(String, String?)])
    func figures(after: String, success: String?) async throws {
        let log = try await events(Self.failures([0, 1, 3, 4, 6]) + after)
        let finding = try #require(FailedLoginBurst().findings(in: log).first)
        #expect(finding.userID == "ann")
        #expect(finding.createdAt?.description == "2025-11-12T18:06:00Z")
        #expect(finding.metadata == [
            "rule_id": "failed_login_burst", "title": "Burst of failed logins", "severity": "medium", "attack": ["T1110"],
            "attack_version": "18.1", "actor": "ann", "count": 5, "window_seconds": 600, "duration_seconds": 360,
            "ips": ["203.0.113.1"], "countries": ["US"], "success_followed": JSONValue(success),
            "first_seen": "2025-11-12T18:00:00Z", "last_seen": "2025-11-12T18:06:00Z",
        ])
    }

    /// Counted in processor time of this thread, so that what else runs does not matter. A search from the actor's
    /// first event for each burst takes some twelve times as long for four times the events.
    @Test("Four times the bursts of one actor cost about four times as much")
    func linear() async throws {
        let few = try await bursts(800), many = try await bursts(3200)
        #expect(FailedLoginBurst().findings(in: many).count == 3200)
        let cost = { (log: EventTable) in
            (0..<3).map { _ in processorTime { _ = FailedLoginBurst().findings(in: log) } }.min() ?? 0
        }
        #expect(cost(many) < 8 * cost(few))
    }

    /// Bursts of five failures, twenty minutes apart.
    private func bursts(_ count: Int) async throws -> EventTable {
        let lines = (0..<count * 5).map { index in
            let time = Timestamp(seconds: 1_700_000_000 + Double(index / 5 * 1200))
            return #"{"id":"\#(index)","timestamp":"\#(time)","actor_id":"ann","outcome":"FAILURE"}"#
        }
        return try await table(lines.joined(separator: "\n"))
    }

    private func processorTime(_ work: () -> Void) -> Double {
        var before = timespec(), after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        work()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        return Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) / 1e9
    }
}
