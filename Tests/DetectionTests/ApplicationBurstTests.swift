import Detection
import Events
import JSON
import Testing

@Suite("Many applications opened at once")
struct ApplicationBurstTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await ApplicationBurst().findings(in: log.table)
    }

    private static let day = 86_400.0

    /// Openings of different applications on some day, from 10:00:00 on.
    private static func openings(
        _ count: Int, every step: Double = 10, on day: Int = 0, _ change: (inout LogEntry) -> Void = { _ in }
    ) -> [LogEntry] {
        entries(count) { index in
            var entry = LogEntry(
                id: "o\(day)-\(index)", seconds: Double(day) * Self.day + 7200 + Double(index) * step, user: "ann",
                outcome: "SUCCESS", type: "user.authentication.sso", target: ("app\(index)", "AppInstance"))
            change(&entry)
            return entry
        }
    }

    private static func signIn(from address: String) -> [LogEntry] {
        [LogEntry(id: "s", seconds: 0, user: "ann", outcome: "SUCCESS", address: address)]
    }

    @Test("What fires", arguments: [
        ("ten, nothing known", openings(10), ["application_burst low 10"]),
        ("exactly in the window", openings(10, every: 66.6), ["application_burst low 10"]),
        ("patient: ten in any ten minutes, for an hour", openings(60, every: 60), ["application_burst medium 60"]),
        ("very many", openings(30), ["application_burst medium 30"]),
        ("from a strange place", openings(10) + signIn(from: "198.51.100.1"), ["application_burst medium 10"]),
        ("more than the habit", openings(5) + openings(10, on: 1), ["application_burst medium 10"]),
        ("more than the habit, from a place of the user's", openings(5) + openings(10, on: 1) + signIn(from: "203.0.113.9"),
         ["application_burst low 10"]),
        ("far more than the habit, from there", openings(5) + openings(20, on: 1) + signIn(from: "203.0.113.9"),
         ["application_burst medium 20"]),
        ("more than the habit, from a strange place", openings(5) + openings(10, on: 1) + signIn(from: "198.51.100.1"),
         ["application_burst high 10"]),
        ("some of them twice", openings(20) { $0.target = ("app\((Int($0.id.dropFirst(3)) ?? 0) / 2)", "AppInstance") },
         ["application_burst low 20"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("nine", openings(9)),
        ("the tenth too late", openings(10, every: 66.7)),
        ("one application all the time", openings(50) { $0.target = ("mail", "AppInstance") }),
        ("not let in", openings(20) { $0.outcome = "FAILURE" }),
        ("another kind of event", openings(20) { $0.type = "application.user_membership.add" }),
        ("several users", openings(20) { $0.user = $0.id }),
        ("no application named", openings(20) { $0.target = nil }),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    /// A week of two applications at home, then a sign-in and openings from elsewhere, two minutes apart.
    private static func stranger(
        _ count: Int, opens first: Int = 50, device: String = "d9", from address: String = "192.0.2.1", past days: Int = 6
    ) -> [LogEntry] {
        let home = (0..<days).flatMap { openings(2, on: $0) { $0.device = "d1" } } + signIn(from: "203.0.113.9")
        let away = openings(count, every: 120, on: 7) { entry in
            let number = Int(entry.id.split(separator: "-")[1]) ?? 0
            (entry.device, entry.address, entry.target) = (device, address, ("app\(first + number)", "AppInstance"))
        }
        let entry = LogEntry(
            id: "x", seconds: 7 * day + 7100, user: "ann", outcome: "SUCCESS", address: address, device: device)
        return home + [entry] + away
    }

    @Test("From a strange place fewer are enough, when the user never opened half of them", arguments: [
        ("six", stranger(6), ["application_burst medium 6"]),
        ("six, of which the user knows two", stranger(6, opens: 0), ["application_burst medium 6"]),
        ("five", stranger(5), []),
        ("three, of which the user knows two, again and again", stranger(3, opens: 0) + stranger(3, opens: 0).map {
            var entry = $0; entry.id += "b"; entry.seconds += 30; return entry }, []),
        ("the own laptop on a journey", stranger(6, device: "d1"), []),
        ("a new laptop at home", stranger(6, from: "203.0.113.9"), []),
        ("hardly a past", stranger(6, past: 2), []),
    ] as [(String, [LogEntry], [String])])
    func strange(name: String, log: [LogEntry], expected: [String]) async throws {
        let log = log.map { entry in
            var entry = entry
            if entry.id == "s" { entry.device = "d1" }
            return entry
        }
        let found = try await findings(log)
        #expect(found.map(\.brief) == expected)
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == found) }
    }

    @Test("A dozen tabs each morning are a finding once, low, and a habit then")
    func habit() async throws {
        let log = (0..<5).flatMap { Self.openings(12, on: $0) }
        #expect(try await findings(log).map(\.brief) == ["application_burst low 12"])
        #expect(try await findings(log + Self.openings(24, on: 6)).map(\.brief) == ["application_burst low 12", "application_burst medium 24"])
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.openings(40), whole = try await findings(log)
        #expect(whole.count == 1)
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        #expect(try await findings(Array(log.prefix(12))).map(\.id) == whole.map(\.id))
    }

    @Test("The figures explain it")
    func figures() async throws {
        let log = Self.openings(3) + Self.openings(12, on: 1) + Self.signIn(from: "198.51.100.1")
        let finding = try #require(try await findings(log).first)
        #expect(finding.description == "12 applications opened by ann within 0:01:50.")
        #expect(finding.userID == "00u-ann")
        #expect(finding.attack == ["T1078.004", "T1538"])
        #expect(finding.number("application_count") == 12)
        #expect(finding.number("habit") == 3)
        #expect(finding.texts("applications").count == 12)
        #expect(finding.texts("why").last == "The user signed in before, but never from there.")
    }

    @Test("Ten thousand openings are one finding")
    func large() async throws {
        #expect(try await findings(Self.openings(10_000, every: 0.06)).map(\.brief) == ["application_burst medium 1000"])
    }
}
