import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The built-in analyst explains findings of any kind")
struct KindAnswerTests {
    private static let events = [
        logged("f-1", "user.session.start", at: "09:00:00", outcome: "FAILURE"),
        logged("f-2", "user.session.start", by: Okta.ben, at: "09:01:00", outcome: "FAILURE"),
        logged("s-1", "user.session.start", by: Okta.ben, at: "09:02:00"),
        logged("s-2", "zone.delete", by: Okta.ben, at: "09:05:00"),
    ]

    private static func file() async throws -> CaseFile {
        let spray = NamedDetector(id: "password_spray", title: "Password spray from one source", severity: .medium).finding(
            [
                ("actor", "ann@example.com and 1 more"), ("users", ["ann@example.com", "ben@example.com"]), ("user_count", 2),
                ("ips", ["203.0.113.9"]), ("why", ["2 accounts failed with 2 tries in all.", "Nobody ever signed in from there."]),
            ], user: Okta.ann, events: ["f-1", "f-2"])
        let hijack = NamedDetector(id: "session_hijack", title: "Session in use by someone else", severity: .critical).finding(
            [("actor", "ben@example.com"), ("acts", ["zone.delete"]), ("why", ["Another network.", "Benign where the owner moved."])],
            user: Okta.ben, events: ["s-1", "s-2"])
        var file = CaseFile(events: try await DemoCase.table(events), clock: DemoCase.clock)
        file.findings = [spray, hijack]
        file.scores = try await Orchestrator().score(in: file)
        file.incidents = IncidentBuilder.incidents(in: file)
        return file
    }

    static let answers: [(question: String, answer: String)] = [
        (
            "why was ben@example.com flagged?",
            """
            ben@example.com was flagged for session in use by someone else: d [s-1] [s-2]
            2 events, 2025-11-12 09:02:00Z – 09:05:00Z, from 203.0.113.9.
            Another network. Benign where the owner moved.
            Promoted: score 0.95, critical (likelihood 0.95 × impact 1.00), at or above the threshold of 0.60. A stolen session needs neither password nor factor. Then came acts that give power or take protection: zone.delete.
            It adds up: 0.95 × 0.95: A stolen session needs neither password nor factor. +0.05 impact: Then came acts that give power or take protection: zone.delete.
            ann@example.com and 1 more were flagged for password spray from one source: d [f-1] [f-2]
            2 events, 2025-11-12 09:00:00Z – 09:01:00Z, from 203.0.113.9.
            2 accounts failed with 2 tries in all. Nobody ever signed in from there.
            Not promoted: score 0.42, medium (likelihood 0.70 × impact 0.60), below the threshold of 0.60. One source tried its guesses on many accounts.
            """
        ),
        (
            "is this an attack?",
            """
            2 findings:
            medium 0.42, in an incident: d [f-1] [f-2]
            critical 0.95, in an incident: d [s-1] [s-2]
            For and against session in use by someone else, ben@example.com: Another network. Benign where the owner moved.
            """
        ),
        (
            "what happened to ann@example.com?",
            """
            1 event by ann@example.com, 2025-11-12 09:00:00Z; FAILURE 1. [f-1]
            Addresses: 203.0.113.9 1.
            1 finding about ann@example.com:
            medium 0.42, in an incident: d [f-1] [f-2]
            """
        ),
    ]

    @Test("by its title, its sentence, its reasons and its score", arguments: answers)
    func explains(question: String, answer: String) async throws {
        #expect(RuleAnalyst().reply(to: question, in: try await Self.file()).text == answer)
    }

    @Test("and begins with the worst where there are many")
    func worstFirst() async throws {
        var file = try await Self.file()
        let detector = NamedDetector(id: "new_country", title: "First sign-in from a country", severity: .low)
        file.findings = (0..<12).map { detector.finding(user: "u\($0)", events: ["f-1"]) } + file.findings
        file.scores = try await Orchestrator().score(in: file)
        let lines = RuleAnalyst().reply(to: "is this an attack?", in: file).text.split(separator: "\n")
        #expect(lines[0] == "14 findings, the worst first:")
        #expect(lines[1].hasPrefix("critical 0.95, in an incident: d"))
        #expect(lines[2].hasPrefix("medium 0.42"))
        #expect(lines[11] == "And 4 more: show findings")
    }
}
