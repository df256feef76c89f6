import Detection
import Events
import JSON
import Testing

@Suite("A sign-in after an attack on the password")
struct SuccessAfterAttackTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await SuccessAfterAttack().findings(in: log.table)
    }

    /// Failures of users `u0`, `u1`, … from one address, a minute apart, from 10:00:00 on.
    private static func spray(_ users: Int, from address: String = "203.0.113.9") -> [LogEntry] {
        entries(users) { LogEntry(id: "f\($0)", seconds: 7200 + Double($0) * 60, user: "u\($0)", address: address) }
    }

    /// Failures of `u0`.
    private static func burst(_ count: Int, _ address: (Int) -> String = { _ in "203.0.113.9" }) -> [LogEntry] {
        entries(count) { LogEntry(id: "f\($0)", seconds: 7200 + Double($0) * 10, user: "u0", address: address($0)) }
    }

    private static func success(
        _ user: String, _ seconds: Double, from address: String = "203.0.113.9", device: String? = nil
    ) -> [LogEntry] {
        [LogEntry(id: "s\(user)\(seconds)", seconds: seconds, user: user, outcome: "SUCCESS", address: address, device: device)]
    }

    /// A sign-in of `u0` long before, from its desk.
    private static let past = success("u0", 0, from: "198.51.100.1")

    /// Failures of `u0` twenty minutes apart, from one address with one device, then two hours of nothing.
    private static func patient(_ count: Int, device: String? = nil, network: Int64? = nil) -> [LogEntry] {
        entries(count) {
            LogEntry(id: "f\($0)", seconds: 7200 + Double($0) * 1200, user: "u0", network: network, device: device)
        }
    }

    private static let late = 7200 + 6 * 1200 + 7200.0

    @Test("What fires", arguments: [
        ("patient, from a strange place", patient(6) + success("u0", late) + past, ["success_after_attack high 7"]),
        ("a sprayed account, from the attacker", spray(12) + success("u0", 9000) + past, ["success_after_attack critical 2"]),
        ("the log knows nothing of it before", spray(12) + success("u0", 9000), ["success_after_attack critical 2"]),
        ("a small spray", spray(6) + success("u0", 9000), ["success_after_attack high 2"]),
        ("the first guess was right", spray(12) + success("eve", 9000), ["success_after_attack critical 13"]),
        ("two accounts", spray(12) + success("u0", 9000) + success("u5", 9001),
         ["success_after_attack critical 2", "success_after_attack critical 2"]),
        ("a day later", spray(12) + success("u0", 7860 + 86_400), ["success_after_attack critical 2"]),
        ("again and again is one", spray(12) + success("u0", 9000) + success("u0", 9100) + success("u0", 9200),
         ["success_after_attack critical 2"]),
        ("a burst from a strange place", burst(6) + success("u0", 7300) + past, ["success_after_attack high 7"]),
        ("exactly a burst", burst(5) + success("u0", 7300) + past, ["success_after_attack high 6"]),
        ("a long burst, no past", burst(20) + success("u0", 7500), ["success_after_attack medium 21"]),
        ("many sources", burst(12) { "203.0.113.\($0)" } + success("u0", 7500, from: "203.0.113.4") + past,
         ["success_after_attack critical 13"]),
        ("from a strange place, not the attacker's", burst(6) + success("u0", 7500, from: "192.0.2.1") + past,
         ["success_after_attack medium 7"]),
        ("a sprayed account, from elsewhere", spray(12) + success("u0", 7500, from: "192.0.2.1") + past,
         ["success_after_attack low 2"]),
        ("a spray from many sources", entries(12) {
            LogEntry(id: "f\($0)", seconds: 7200 + Double($0) * 60, user: "u\($0)", address: "203.0.113.\($0)", agent: "tool") }
            + success("u0", 9000, from: "203.0.113.7"), ["success_after_attack critical 2"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("What looks like it and is silent", arguments: [
        ("a forgotten password at the own desk", burst(8) + success("u0", 7400) + success("u0", 0)),
        ("a forgotten password, no past in the log", burst(8) + success("u0", 7400)),
        ("the own laptop at a hotel", burst(8).map { var entry = $0; entry.device = "d"; return entry }
            + success("u0", 7400, device: "d") + success("u0", 0, from: "198.51.100.1", device: "d")),
        ("sprayed, and at the own desk as ever", spray(12) + success("u0", 7500, from: "198.51.100.1") + past),
        ("sprayed, and from elsewhere an hour later", spray(12) + success("u0", 7860 + 3601, from: "192.0.2.1") + past),
        ("too late", spray(12) + success("u0", 7860 + 86_401)),
        ("before the attack", spray(12) + success("u0", 7100)),
        ("an office in the morning", spray(12) + (0..<8).flatMap { success("u\($0)", 9000) }),
        ("patient, and too few", patient(4) + success("u0", late) + past),
        ("patient, and from elsewhere", patient(6) + success("u0", late, from: "192.0.2.1") + past),
        ("patient, and no past in the log", patient(6) + success("u0", late)),
        ("patient, with the own laptop", patient(6, device: "d") + success("u0", late, device: "d")
            + success("u0", 0, from: "198.51.100.1", device: "d")),
        ("a few typing errors", burst(4) + success("u0", 7300) + past),
        ("nobody gets in", spray(12) + past),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    /// One provider, one kind of browser, one city; only the device's token differs.
    @Test("A provider's network is the user's, unless with a device that is not", arguments: [
        (nil, []), ("d1", []), ("d9", ["success_after_attack high 7"]),
    ] as [(String?, [String])])
    func providers(device: String?, expected: [String]) async throws {
        var past = Self.past[0], entry = Self.success("u0", Self.late, device: device)[0]
        (past.network, past.device, entry.network) = (64_500, "d1", 64_500)
        let log = Self.patient(6, device: device, network: 64_500) + [past, entry]
        #expect(try await findings(log).map(\.brief) == expected)
    }

    @Test("The same however the events are shuffled, and under the same id as it grows")
    func stable() async throws {
        let log = Self.burst(12) { "203.0.113.\($0)" } + Self.success("u0", 7500, from: "203.0.113.4") + Self.past
        let whole = try await findings(log)
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == whole) }
        let more = log + Self.success("u0", 7600, from: "203.0.113.5") + [LogEntry(id: "g", seconds: 7700, user: "u0")]
        #expect(try await findings(more).map(\.id) == whole.map(\.id))
    }

    @Test("The figures explain it")
    func figures() async throws {
        let log = Self.burst(12) { "203.0.113.\($0)" } + Self.success("u0", 7500, from: "203.0.113.4") + Self.past
        let finding = try #require(try await findings(log).first)
        #expect(finding.description == "u0 signed in from 203.0.113.4 after 12 failed logins of an attack.")
        #expect(finding.userID == "00u-u0")
        #expect(finding.attack == ["T1110", "T1078.004"])
        #expect(finding.oktaEventIDs.last == "su07500.0")
        #expect(finding.texts("follows") == ["brute_force_many_sources", "failed_login_burst"])
        #expect(finding.metadata["from_attacker"] == true)
        #expect(finding.metadata["success_event"] == "su07500.0")
        #expect(finding.texts("why").last == "The account signed in before the attack, but never from there.")
    }

    @Test("Ten thousand failures and a sign-in are one finding, which names the sign-in")
    func large() async throws {
        let found = try await findings(Self.burst(10_000) { "203.0.113.\($0 % 200)" } + Self.success("u0", 190_000, from: "203.0.113.4"))
        #expect(found.map(\.brief) == ["success_after_attack high 901"])
        #expect(found.first?.number("failure_count") == 10_000)
        #expect(found.first?.oktaEventIDs.last == "su0190000.0")
    }
}
