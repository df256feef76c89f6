import Detection
import Events
import JSON
import Testing

@Suite("Several accounts locked together")
struct MassLockoutTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await MassLockout().findings(in: log.table)
    }

    /// One lock of each of some users, each at its own address.
    private static func locks(_ users: Int, every step: Double = 60, _ change: (inout LogEntry) -> Void = { _ in }) -> [LogEntry] {
        entries(users) { index in
            var entry = LogEntry(
                id: "l\(index)", seconds: Double(index) * step, user: "u\(index)", outcome: "SUCCESS",
                type: "user.account.lock", address: "198.51.100.\(index)")
            change(&entry)
            return entry
        }
    }

    @Test("What fires", arguments: [
        ("five users", locks(5), ["mass_lockout medium 5"]),
        ("exactly in the window", locks(5, every: 150), ["mass_lockout medium 5"]),
        ("slow and long", locks(14, every: 150), ["mass_lockout medium 14"]),
        ("very many", locks(15), ["mass_lockout high 15"]),
        ("all from one address", locks(5) { $0.address = "203.0.113.9" }, ["mass_lockout high 5"]),
        ("locks that need an admin", locks(5) { $0.type = "user.account.lock.limit" }, ["mass_lockout medium 5"]),
        ("both kinds for each user are evidence", locks(5) + locks(5) { $0.id += "x"; $0.type = "user.account.lock.limit" },
         ["mass_lockout medium 10"]),
        ("locked by the system", locks(5) { $0.target = ("00u-" + $0.user, "User"); $0.user = "system"; $0.actorType = "SystemPrincipal" },
         ["mass_lockout medium 5"]),
        ("twice a day", locks(5) + locks(6) { $0.id += "x"; $0.seconds += 40_000 }, ["mass_lockout medium 5", "mass_lockout medium 6"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("four users", locks(4)),
        ("the fifth too late", locks(5, every: 150.25)),
        ("one user again and again", locks(12) { $0.user = "ann" }),
        ("unlocked, not locked", locks(12) { $0.type = "user.account.unlock" }),
        ("a few each day", locks(30, every: 3600)),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.locks(20), whole = try await findings(log)
        #expect(whole.count == 1)
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        #expect(try await findings(Array(log.prefix(6))).map(\.id) == whole.map(\.id))
    }

    @Test("The figures explain it")
    func figures() async throws {
        let finding = try #require(try await findings(Self.locks(25)).first)
        #expect(finding.description == "25 accounts locked within 0:24:00.")
        #expect(finding.metadata["actor"] == "u0 and 24 more")
        #expect(finding.userID == "00u-u0")
        #expect(finding.attack == ["T1110", "T1531"])
        #expect(finding.texts("users") == (0..<20).map { "u\($0)" })
        #expect(finding.number("user_count") == 25)
    }

    @Test("Ten thousand locks are one finding")
    func large() async throws {
        let found = try await findings(Self.locks(10_000, every: 0.06) { $0.user = "u\($0.id.numberBelow500)" })
        #expect(found.map(\.brief) == ["mass_lockout high 1000"])
        #expect(found.first?.number("user_count") == 500)
    }
}

extension String {
    /// The number in an id such as `l1234`, reduced below 500.
    fileprivate var numberBelow500: Int { (Int(dropFirst()) ?? 0) % 500 }
}
