import Detection
import Events
import JSON
import Testing

@Suite("Password sprays and credential stuffing from one source")
struct SourceAttackTests {
    private static let attackers: [any Detector] = [PasswordSpray(), CredentialStuffing()]

    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await Sweep(log.table, with: Self.attackers).findings
    }

    /// One failure of each of some users, so many seconds apart.
    static func failures(_ users: Int, every step: Double = 60, tries: Int = 1, _ change: (inout LogEntry) -> Void = { _ in })
        -> [LogEntry]
    {
        entries(users * tries) { index in
            var entry = LogEntry(id: "f\(index)", seconds: Double(index) * step, user: "u\(index % users)@example.com")
            change(&entry)
            return entry
        }
    }

    /// Sign-ins of users `u0`, `u1`, … from the attacked address.
    static func successes(_ users: Range<Int>, at seconds: Double) -> [LogEntry] {
        users.map { LogEntry(id: "s\($0)", seconds: seconds + Double($0), user: "u\($0)@example.com", outcome: "SUCCESS") }
    }

    @Test("What fires", arguments: [
        ("twelve users in as many minutes", failures(12), ["password_spray medium 12"]),
        ("exactly the threshold, exactly in the window", failures(5, every: 900), ["password_spray medium 5"]),
        ("three tries each, all are evidence", failures(12, tries: 3), ["password_spray medium 36"]),
        ("many users", failures(25), ["password_spray high 25"]),
        ("one attacked user gets in", failures(12) + successes(3..<4, at: 1000), ["password_spray high 12"]),
        ("patient: one user in ninety minutes", failures(15, every: 5400), ["password_spray medium 15"]),
        ("patient: eight users in a day, and nobody signs in from there", failures(8, every: 10_000), ["password_spray medium 8"]),
        ("policies answer DENY", failures(12) { $0.outcome = "DENY" }, ["password_spray medium 12"]),
        ("two attacks, a day apart", failures(6) + failures(7) { $0.id += "x"; $0.seconds += 90_000 },
         ["password_spray medium 6", "password_spray medium 7"]),
        ("names that the org does not have", failures(12) { if $0.id < "f4" { $0.actorID = "unknown" } },
         ["credential_stuffing medium 12"]),
        ("names that are misspelt", failures(12) { $0.reason = "VERIFICATION_ERROR" }, ["credential_stuffing medium 12"]),
        ("unknown names, but many tries each", failures(12, tries: 3) { $0.actorID = "unknown" },
         ["password_spray medium 36"]),
        ("one device at a dozen addresses", failures(12) { $0.device = "d"; $0.address = "203.0.113.\($0.id.dropFirst())" },
         ["password_spray medium 12"]),
        ("several events of one attempt count once",
         failures(12) { $0.transaction = $0.id } + failures(12) {
            $0.transaction = $0.id; $0.id += "m"; $0.type = "user.authentication.auth_via_mfa"
            $0.factor = "PASSWORD_AS_FACTOR"; $0.seconds += 0.1 },
         ["password_spray medium 12"]),
        ("an own login page under attack", failures(12) { $0.token = "00T1" }, ["password_spray low 12"]),
        ("an office, and as many strangers", failures(12) + successes(100..<140, at: 0), ["password_spray low 12"]),
        ("few users where some sign in", failures(6) + successes(0..<2, at: 1000), ["password_spray low 6"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("an office in the morning: who mistypes signs in", failures(20, every: 30) + successes(0..<12, at: 700)),
        ("a big office: few of very many mistype", failures(8) + successes(100..<300, at: 0)),
        ("four users", failures(4)),
        ("the fifth one second too late", failures(5, every: 900.25)),
        ("patient: seven users in a day", failures(7, every: 10_000)),
        ("patient: eight users in a day, and somebody works there", failures(8, every: 10_000) + successes(100..<101, at: 0)),
        ("one user, ten tries", failures(10) { $0.user = "ann@example.com" }),
        ("a user's own tries after a password change", failures(8) { $0.user = "ann@example.com" }
            + [LogEntry(id: "s", seconds: 600, user: "ann@example.com", outcome: "SUCCESS")]),
        ("no address", failures(12) { $0.address = nil }),
        ("a user at each address", failures(12) { $0.address = "203.0.113.\($0.id.dropFirst())" }),
        ("service accounts", failures(12) { $0.actorType = "PublicClientApp" }),
        ("failures of another kind", failures(12) { $0.type = "application.user_membership.add" }),
        ("pushes denied, not passwords", failures(12) {
            $0.type = "user.authentication.auth_via_mfa"; $0.factor = "OKTA_VERIFY_PUSH" }),
        ("a kiosk, one device of people who sign in", failures(12) { $0.device = "d" } + successes(0..<12, at: 900)),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.failures(12, tries: 2), whole = try await findings(log)
        #expect(whole.count == 1)
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        let part = try await findings(Array(log.prefix(9)))
        #expect(part.map(\.id) == whole.map(\.id))
        #expect(part.map(\.oktaEventIDs.count) == [9])
    }

    @Test("The figures explain it")
    func figures() async throws {
        var log = Self.failures(12, tries: 2) { $0.network = 64_500 } + Self.successes(3..<4, at: 3000)
        log[1].actorID = "unknown"
        let finding = try #require(try await findings(log).first)
        #expect(finding.description == "24 failed logins for 13 accounts from 203.0.113.9 within 0:23:00.")
        #expect(finding.userID == "00u-u3@example.com")
        #expect(finding.metadata["actor"]?.string == "u3@example.com and 12 more")
        #expect(finding.attack == ["T1110.003"])
        #expect(finding.number("count") == 24)
        #expect(finding.number("user_count") == 13)
        #expect(finding.number("unknown_user_count") == 1)
        #expect(finding.texts("users").count == 13)
        #expect(finding.texts("entered_users") == ["u3@example.com"])
        #expect(finding.texts("ips") == ["203.0.113.9"])
        #expect(finding.metadata["asns"] == [64_500])
        #expect(finding.number("duration_seconds") == 1380)
        #expect(finding.metadata["first_seen"]?.string == "2025-11-12T08:00:00Z")
        #expect(finding.texts("why").contains("1 attacked account signed in from there after the attack began."))
    }

    @Test("Ten thousand failures are one finding, which names the first thousand")
    func large() async throws {
        let found = try await findings(Self.failures(500, every: 0.06, tries: 20))
        #expect(found.map(\.brief) == ["password_spray high 1000"])
        #expect(found.first?.number("more_events") == 9000)
        #expect(found.first?.number("user_count") == 500)
        #expect(found.first?.texts("users").count == 20)
    }

    @Test("The limits can be set", arguments: [(SprayLimits(users: 13), 0), (SprayLimits(users: 12, window: 660), 1),
        (SprayLimits(users: 12, window: 659), 0), (SprayLimits(users: 99, slowUsers: 12), 1)])
    func settable(limits: SprayLimits, count: Int) async throws {
        #expect(try await PasswordSpray(limits: limits).findings(in: Self.failures(12).table).count == count)
    }
}
