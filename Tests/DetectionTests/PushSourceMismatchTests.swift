import Detection
import Events
import JSON
import Testing

@Suite("A push asked for in one country and approved in another")
struct PushSourceMismatchTests {
    private func findings(_ log: [LogEntry]) async throws -> [DetectionFinding] {
        try await PushSourceMismatch().findings(in: log.table)
    }

    private static func sent(_ seconds: Double = 7200, _ country: String? = "RO", address: String = "203.0.113.9") -> LogEntry {
        LogEntry(
            id: "q\(seconds)", seconds: seconds, user: "ann", outcome: "SUCCESS", type: "system.push.send_factor_verify_push",
            address: address, country: country)
    }

    private static func approved(_ seconds: Double = 7220, _ country: String? = "US", _ outcome: String = "SUCCESS") -> LogEntry {
        LogEntry(
            id: "y\(seconds)", seconds: seconds, user: "ann", outcome: outcome, type: "user.authentication.auth_via_mfa",
            address: "198.51.100.1", country: country, factor: "OKTA_VERIFY_PUSH")
    }

    private static let many = entries(5) { index in
        LogEntry(id: "m\(index)", seconds: 0, user: "u\(index)", outcome: "SUCCESS", address: "203.0.113.9")
    }

    private static func signIn(from address: String) -> LogEntry {
        LogEntry(id: "s", seconds: 0, user: "ann", outcome: "SUCCESS", address: address)
    }

    @Test("What fires", arguments: [
        ("nothing known", [sent(), approved()], ["push_source_mismatch medium 2"]),
        ("a strange place", [sent(), approved(), signIn(from: "198.51.100.1")], ["push_source_mismatch high 2"]),
        ("a way out that several share", [sent(), approved()] + many, ["push_source_mismatch low 2"]),
        ("at the last moment", [sent(), approved(7500)], ["push_source_mismatch medium 2"]),
        ("the last of several", [sent(7100), sent(), approved()], ["push_source_mismatch medium 2"]),
    ] as [(String, [LogEntry], [String])])
    func fires(name: String, log: [LogEntry], expected: [String]) async throws {
        #expect(try await findings(log).map(\.brief) == expected)
        for shuffled in log.shuffles { #expect(try await findings(shuffled) == findings(log)) }
    }

    @Test("What looks like it and is silent", arguments: [
        ("a phone on a mobile network at home", [sent(7200, "US"), approved()]),
        ("the own computer behind a VPN as ever", [sent(), approved(), signIn(from: "203.0.113.9")]),
        ("too late", [sent(), approved(7500.5)]),
        ("denied", [sent(), approved(7220, "US", "FAILURE")]),
        ("asked for again, at home", [sent(), sent(7210, "US"), approved()]),
        ("approved before it was sent", [approved(7100), sent()]),
        ("no countries", [sent(7200, nil), approved()]),
    ] as [(String, [LogEntry])])
    func silent(name: String, log: [LogEntry]) async throws {
        #expect(try await findings(log).map(\.brief) == [])
    }

    /// The user's desk, where the phone answers, and a push that a stranger in the same country asks for.
    private static func compatriot(
        desk: (inout LogEntry) -> Void = { _ in }, stranger: (inout LogEntry) -> Void = { _ in }
    ) -> [LogEntry] {
        var signIn = LogEntry(
            id: "s", seconds: 0, user: "ann", outcome: "SUCCESS", address: "198.51.100.1", network: 1, device: "d1")
        var request = sent(7200, "US"), answer = approved()
        (request.network, request.device, answer.network) = (2, "d9", 1)
        desk(&signIn)
        stranger(&request)
        return [signIn, request, answer]
    }

    @Test("In one country it needs a strange device elsewhere, and the phone at the user's desk")
    func compatriots() async throws {
        #expect(try await findings(Self.compatriot()).map(\.brief) == ["push_source_mismatch medium 2"])
        let silent: [(String, [LogEntry])] = [
            ("the own laptop in a café", Self.compatriot(stranger: { $0.device = "d1" })),
            ("no word of the device", Self.compatriot(stranger: { $0.device = nil })),
            ("a private window at home, by the line's other address", Self.compatriot(stranger: { $0.network = 1 })),
            ("a private window behind a relay", Self.compatriot(stranger: { $0.proxy = true })),
            ("the phone answers from where no computer was", Self.compatriot(desk: { $0.agent = "iPhone" })),
            ("the phone answers from the carrier", Self.compatriot(desk: { $0.address = "198.51.100.9" })),
        ]
        for (name, log) in silent { #expect(try await findings(log).map(\.brief) == [], "\(name)") }
    }

    @Test("The figures explain it")
    func figures() async throws {
        let finding = try #require(try await findings([Self.sent(), Self.approved(), Self.signIn(from: "198.51.100.1")]).first)
        #expect(finding.description == "A push for ann asked for in RO was approved in US within 0:00:20.")
        #expect(finding.oktaEventIDs == ["q7200.0", "y7220.0"])
        #expect(finding.metadata["sent_from"] == "203.0.113.9")
        #expect(finding.metadata["approved_country"] == "US")
        #expect(finding.texts("why").count == 2)
    }
}
