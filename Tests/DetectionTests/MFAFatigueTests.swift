import Detection
import Events
import JSON
import Testing

@Suite("MFA fatigue")
struct MFAFatigueTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await MFAFatigue().findings(in: log.table)
    }

    private static func push(
        _ id: String, _ seconds: Double, _ outcome: String, reason: String? = nil, factor: String? = "OKTA_VERIFY_PUSH",
        from address: String? = "203.0.113.9"
    ) -> LogEntry {
        LogEntry(
            id: id, seconds: seconds, user: "ann@example.com", outcome: outcome, type: "user.authentication.auth_via_mfa",
            address: address, reason: reason, factor: factor)
    }

    /// Pushes a minute apart that were not approved.
    private static func refused(_ count: Int, every step: Double = 60, reason: String? = nil) -> [LogEntry] {
        entries(count) { push("p\($0)", 7200 + Double($0) * step, "FAILURE", reason: reason) }
    }

    private static func approved(_ seconds: Double, from address: String? = "203.0.113.9") -> [LogEntry] {
        [push("y", 7200 + seconds, "SUCCESS", from: address)]
    }

    /// A sign-in two hours before the pushes.
    private static func signIn(from address: String) -> [LogEntry] {
        [LogEntry(id: "s", seconds: 0, user: "ann@example.com", outcome: "SUCCESS", address: address)]
    }

    private static func sent(_ count: Int, every step: Double = 60) -> [LogEntry] {
        entries(count) { index in
            LogEntry(
                id: "q\(index)", seconds: 7200 + Double(index) * step - 5, user: "ann@example.com", outcome: "SUCCESS",
                type: "system.push.send_factor_verify_push")
        }
    }

    private static func denied(_ count: Int) -> [LogEntry] {
        entries(count) { index in
            LogEntry(
                id: "d\(index)", seconds: 7200 + Double(index) * 60, user: "ann@example.com", outcome: "SUCCESS",
                type: "user.mfa.okta_verify.deny_push")
        }
    }

    /// Pushes asked for from one place and denied at home, so many seconds apart; each answer follows its request.
    private static func denied(_ count: Int, askedFrom address: String, every step: Double) -> [LogEntry] {
        entries(2 * count) { index in
            let isAnswer = index % 2 == 1, seconds = 7200 + Double(index / 2) * step
            return LogEntry(
                id: "\(isAnswer ? "d" : "q")\(index / 2)", seconds: seconds + (isAnswer ? 12 : 0), user: "ann@example.com",
                outcome: "SUCCESS", type: isAnswer ? "user.mfa.okta_verify.deny_push" : "system.push.send_factor_verify_push",
                address: isAnswer ? "198.51.100.7" : address)
        }
    }

    @Test("What fires", arguments: [
        ("five unanswered", refused(5), ["mfa_fatigue medium 5"]),
        ("three unanswered, the last at the window's end", refused(3, every: 300), ["mfa_fatigue low 3"]),
        ("three denied, Identity Engine", refused(3, reason: "INVALID_CREDENTIALS"), ["mfa_fatigue medium 3"]),
        ("three denied, Classic", denied(3), ["mfa_fatigue medium 3"]),
        ("ten", refused(10), ["mfa_fatigue high 10"]),
        ("ten, patient", refused(10, every: 299), ["mfa_fatigue high 10"]),
        ("approved, nothing known", refused(4) + approved(240), ["mfa_fatigue high 5"]),
        ("approved from a strange place", refused(4) + approved(240) + signIn(from: "198.51.100.7"), ["mfa_fatigue critical 5"]),
        ("approved after ten", refused(12) + approved(800), ["mfa_fatigue critical 13"]),
        ("approved at the last moment", refused(3) + approved(720), ["mfa_fatigue high 4"]),
        ("approved too late", refused(3) + approved(721), ["mfa_fatigue low 3"]),
        ("approved between refusals", refused(4) + approved(90), ["mfa_fatigue high 5"]),
        ("sent and ignored", sent(6), ["mfa_fatigue medium 6"]),
        ("sent and denied: both are evidence, denials count", sent(4) + denied(4), ["mfa_fatigue medium 8"]),
        ("sent, ignored, approved", sent(6) + approved(300), ["mfa_fatigue high 7"]),
        ("abandoned", entries(5) { push("a\($0)", Double($0), "ABANDONED") }, ["mfa_fatigue medium 5"]),
        ("a log without factors", entries(5) { push("a\($0)", Double($0), "FAILURE", factor: nil) }, ["mfa_fatigue medium 5"]),
        ("patient, asked for from a strange place", denied(4, askedFrom: "192.0.2.1", every: 420) + signIn(from: "198.51.100.7"),
         ["mfa_fatigue medium 8"]),
        ("patient, asked for from a strange place, approved at home",
         denied(4, askedFrom: "192.0.2.1", every: 420) + approved(1500, from: "198.51.100.7") + signIn(from: "198.51.100.7"),
         ["mfa_fatigue critical 9"]),
        ("denied five times, asked for at the own desk",
         denied(5, askedFrom: "198.51.100.7", every: 60) + signIn(from: "198.51.100.7"), ["mfa_fatigue medium 10"]),
        ("sent by Okta itself for the user", sent(5).map { entry in
            var entry = entry
            (entry.actorType, entry.actorID, entry.target) = ("SystemPrincipal", "system", ("00u-ann@example.com", "User"))
            return entry }, ["mfa_fatigue medium 5"]),
        ("twice, an hour apart", refused(3) + refused(3).map { var entry = $0; entry.id += "x"; entry.seconds += 3600; return entry },
         ["mfa_fatigue low 3", "mfa_fatigue low 3"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("Benign look-alikes stay low", arguments: [
        ("a phone in another room: unanswered, then approved at the own desk", refused(6) + approved(400) + signIn(from: "203.0.113.9")),
        ("a phone without power at the own desk", refused(7) + signIn(from: "203.0.113.9")),
        ("the wrong thumb: denied, but asked for at the own desk",
         denied(4, askedFrom: "198.51.100.7", every: 60) + signIn(from: "198.51.100.7")),
    ] as [(String, [LogEntry])])
    func low(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.severity) == [.low])
    }

    @Test("What looks like it and is silent", arguments: [
        ("two", refused(2) + approved(120)),
        ("the third too late", refused(3, every: 300.5)),
        ("patient, asked for at the own desk", denied(4, askedFrom: "198.51.100.7", every: 420) + signIn(from: "198.51.100.7")),
        ("patient, and the log knows no place of the user's", denied(4, askedFrom: "192.0.2.1", every: 420)),
        ("two in an hour, asked for from a strange place",
         denied(2, askedFrom: "192.0.2.1", every: 600) + signIn(from: "198.51.100.7")),
        ("approved, all of them", entries(20) { push("y\($0)", Double($0) * 30, "SUCCESS") }),
        ("sent and approved, all of them", sent(20) + entries(20) { push("y\($0)", 7200 + Double($0) * 60, "SUCCESS") }),
        ("mistyped codes", entries(6) { push("c\($0)", Double($0), "FAILURE", factor: "GOOGLE_OTP") }),
        ("wrong passwords", entries(6) { push("c\($0)", Double($0), "FAILURE", factor: "PASSWORD_AS_FACTOR") }),
        ("three users, one each", refused(3).map { var entry = $0; entry.user = entry.id; return entry }),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.sent(8) + Self.denied(8) + Self.approved(500), whole = try await findings(log)
        #expect(whole.map(\.brief) == ["mfa_fatigue high 17"])
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        let part = try await findings(Self.sent(4) + Self.denied(4))
        #expect(part.map(\.id) == whole.map(\.id))
    }

    @Test("The figures explain it")
    func figures() async throws {
        let log = Self.refused(2) + Self.denied(2) + Self.approved(240) + Self.signIn(from: "198.51.100.7")
        let finding = try #require(try await findings(log).first)
        #expect(finding.description == "4 pushes refused by ann@example.com within 0:04:00, then approved.")
        #expect(finding.userID == "00u-ann@example.com")
        #expect(finding.attack == ["T1621"])
        #expect(finding.number("refused_count") == 4)
        #expect(finding.number("denied_count") == 2)
        #expect(finding.metadata["approved_event"] == "y")
        #expect(finding.texts("ips") == ["203.0.113.9"])
        #expect(finding.texts("why").last == "The user signed in before, but never from there.")
    }

    @Test("Ten thousand refused pushes are one finding")
    func large() async throws {
        let found = try await findings(Self.refused(10_000, every: 0.06))
        #expect(found.map(\.brief) == ["mfa_fatigue high 1000"])
        #expect(found.first?.number("refused_count") == 10_000)
    }
}
