import Detection
import Events
import JSON
import Testing

@Suite("Password sprays from many sources")
struct PasswordSprayDistributedTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await PasswordSprayDistributed().findings(in: log.table)
    }

    /// One failure of each of some users, each from its own address, so many seconds apart.
    private static func failures(
        _ users: Int, every step: Double = 60, tries: Int = 1, agent: String = "tool/1.0",
        _ change: (inout LogEntry) -> Void = { _ in }
    ) -> [LogEntry] {
        entries(users * tries) { index in
            var entry = LogEntry(
                id: "f\(index)", seconds: Double(index) * step, user: "u\(index % users)@example.com",
                address: "203.0.\(index / 200).\(index % 200)", agent: agent)
            change(&entry)
            return entry
        }
    }

    /// So many failures of the kind over ten days, none close to another.
    private static func past(_ count: Int) -> [LogEntry] {
        failures(count, every: 10 * 86_400 / Double(count)) { entry in
            (entry.id, entry.user) = ("p" + entry.id, "p" + entry.user)
            entry.address = entry.address.map { $0 + "9" }
        } + signIns(1)
    }

    /// People who sign in at their homes.
    private static func signIns(_ count: Int, agent: String = "Mozilla/5.0") -> [LogEntry] {
        entries(count) { index in
            LogEntry(
                id: "s\(index)", seconds: Double(index), user: "h\(index)@example.com", outcome: "SUCCESS",
                address: "198.51.\(index / 200).\(index % 200)", agent: agent)
        }
    }

    @Test("What fires", arguments: [
        ("a dozen users", failures(12), ["password_spray_distributed medium 12"]),
        ("exactly the threshold, exactly in the window", failures(10, every: 400), ["password_spray_distributed medium 10"]),
        ("as many as make it high", failures(25), ["password_spray_distributed high 25"]),
        ("slow: ten in each hour, for ten hours", failures(100, every: 360), ["password_spray_distributed high 100"]),
        ("several tries each", failures(12, tries: 4), ["password_spray_distributed medium 48"]),
        ("agents that change, but all at once", failures(30, every: 20) { $0.agent = "tool/" + $0.id },
         ["password_spray_distributed medium 30"]),
        ("no agent", failures(12) { $0.agent = nil }, ["password_spray_distributed medium 12"]),
        ("while the org works with another browser", failures(25) + signIns(200), ["password_spray_distributed high 25"]),
        ("with the org's browser, all at once", failures(30, every: 20, agent: "Mozilla/5.0") + signIns(100),
         ["password_spray_distributed medium 30"]),
        ("over half a day, which the log does not know", past(2) + failures(20, every: 2000) { $0.seconds += 10 * 86_400 },
         ["password_spray_distributed medium 20"]),
        ("five addresses", failures(12) { $0.address = "203.0.113.\($0.seconds.truncatingRemainder(dividingBy: 300) / 60)" },
         ["password_spray_distributed medium 12"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("nine users", failures(9)),
        ("the tenth too late", failures(10, every: 400.25)),
        ("people who mistype at home and then sign in",
         failures(20) + failures(20) { $0.id += "s"; $0.seconds += 20; $0.outcome = "SUCCESS" }),
        ("people at hotels, with the browser of those who work", failures(12, agent: "Mozilla/5.0") + signIns(40)),
        ("over half a day, as on every day before", past(60) + failures(20, every: 2000) { $0.seconds += 10 * 86_400 }),
        ("over half a day, and nothing before it to compare with", failures(20, every: 2000)),
        ("over half a day, too few", past(2) + failures(14, every: 2800) { $0.seconds += 10 * 86_400 }),
        ("any agents, not at once", failures(30, every: 60) { $0.agent = "tool/" + $0.id }),
        ("one user", failures(30) { $0.user = "ann@example.com" }),
        ("many tries each", failures(12, every: 10, tries: 5)),
        ("one address: a spray from one source", failures(12) { $0.address = "203.0.113.9" }),
        ("no addresses", failures(12) { $0.address = nil }),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.failures(40, every: 120), whole = try await findings(log)
        #expect(whole.map(\.brief) == ["password_spray_distributed high 40"])
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        #expect(try await findings(Array(log.prefix(20))).map(\.id) == whole.map(\.id))
    }

    @Test("The figures explain it")
    func figures() async throws {
        let finding = try #require(try await findings(Self.failures(12)).first)
        #expect(finding.description == "12 failed logins for 12 accounts from 12 addresses within 0:11:00.")
        #expect(finding.metadata["actor"] == "u0@example.com and 11 more")
        #expect(finding.number("ip_count") == 12)
        #expect(finding.texts("user_agents") == ["tool/1.0"])
        #expect(finding.texts("why").count == 3)
    }

    @Test("A distributed spray is one finding of all detectors together")
    func one() async throws {
        #expect(try await Sweep(Self.failures(60).table).findings.map(\.findingType) == ["password_spray_distributed"])
    }

    @Test("Ten thousand failures are one finding")
    func large() async throws {
        #expect(try await findings(Self.failures(5000, every: 0.3, tries: 2)).map(\.brief) == ["password_spray_distributed high 1000"])
    }
}

@Suite("Brute force of one user from many sources")
struct BruteForceManySourcesTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await BruteForceManySources().findings(in: log.table)
    }

    /// Failures of one user, each from the next of some addresses.
    private static func failures(
        _ count: Int, addresses: Int, every step: Double = 60, _ change: (inout LogEntry) -> Void = { _ in }
    ) -> [LogEntry] {
        entries(count) { index in
            var entry = LogEntry(
                id: "f\(index)", seconds: 7200 + Double(index) * step, user: "ann@example.com",
                address: "203.0.113.\(index % addresses)")
            change(&entry)
            return entry
        }
    }

    private static func signIns(_ addresses: [String], device: String? = nil, network: Int64? = nil) -> [LogEntry] {
        addresses.enumerated().map { index, address in
            LogEntry(
                id: "s\(index)", seconds: Double(index), user: "ann@example.com", outcome: "SUCCESS", address: address,
                network: network, device: device)
        }
    }

    @Test("What fires", arguments: [
        ("four addresses", failures(8, addresses: 4), ["brute_force_many_sources medium 8"]),
        ("exactly in the window", failures(8, addresses: 4, every: 1200), ["brute_force_many_sources medium 8"]),
        ("a dozen addresses", failures(12, addresses: 12), ["brute_force_many_sources high 12"]),
        ("many tries", failures(50, addresses: 4), ["brute_force_many_sources high 50"]),
        ("slow: six addresses in a day", failures(8, addresses: 6, every: 10_000), ["brute_force_many_sources medium 8"]),
        ("slow: a phone whose address changes", failures(8, addresses: 8, every: 10_000) { $0.network = 64_500 },
         ["brute_force_many_sources low 8"]),
        ("a new device hash each time", failures(8, addresses: 1) { $0.device = $0.id }, ["brute_force_many_sources medium 8"]),
        ("a new user agent each time", failures(8, addresses: 1) { $0.agent = $0.id }, ["brute_force_many_sources medium 8"]),
        ("the user works elsewhere", failures(8, addresses: 4) + signIns(["198.51.100.1"]), ["brute_force_many_sources medium 8"]),
        ("a phone whose address changes", failures(8, addresses: 8) { $0.network = 64_500 }, ["brute_force_many_sources low 8"]),
        ("an own script", failures(8, addresses: 4) { $0.token = "00T1" }, ["brute_force_many_sources low 8"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("three addresses", failures(20, addresses: 3)),
        ("seven tries", failures(7, addresses: 7)),
        ("slow: five addresses in a day", failures(8, addresses: 5, every: 10_000)),
        ("slow: six addresses in more than a day", failures(8, addresses: 6, every: 20_000)),
        ("the fourth address too late", failures(8, addresses: 4, every: 1200.25)),
        ("own devices with the old password, after it was changed",
         failures(12, addresses: 4) + signIns((0..<4).map { "203.0.113.\($0)" })),
        ("the own laptop on a journey", failures(12, addresses: 6) { $0.device = "d" } + signIns(["198.51.100.1"], device: "d")),
        ("the own phone in its network",
         failures(12, addresses: 6) { $0.network = 64_500 } + signIns(["198.51.100.1"], network: 64_500)),
        ("several users", failures(12, addresses: 12) { $0.user = $0.id }),
        ("no address", failures(12, addresses: 12) { $0.address = nil }),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.failures(40, addresses: 10), whole = try await findings(log)
        #expect(whole.map(\.brief) == ["brute_force_many_sources high 40"])
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        #expect(try await findings(Array(log.prefix(9))).map(\.id) == whole.map(\.id))
    }

    @Test("Ten thousand failures are one finding with its figures")
    func large() async throws {
        let found = try await findings(Self.failures(10_000, addresses: 200, every: 0.06))
        #expect(found.map(\.brief) == ["brute_force_many_sources high 1000"])
        let finding = try #require(found.first)
        #expect(finding.description == "10000 failed logins for ann@example.com from 200 addresses within 0:09:59.")
        #expect(finding.userID == "00u-ann@example.com")
        #expect(finding.attack == ["T1110.001"])
        #expect(finding.number("ip_count") == 200)
        #expect(finding.texts("ips").count == 20)
        #expect(finding.number("more_events") == 9000)
    }
}
