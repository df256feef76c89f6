import Events
import JSON
import Testing

@testable import Pipeline

@Suite("The built-in analyst")
struct RuleAnalystTests {
    @Test("says that nothing is loaded")
    func empty() {
        let file = CaseFile(events: EventTable(), clock: DemoCase.clock)
        #expect(
            RuleAnalyst().reply(to: "what happened?", in: file).text
                == "No events are loaded, so there is nothing to answer from. Load some first: ingest FILE")
    }

    /// What is said before the commands that would find more were run.
    static let early: [(question: String, answer: String)] = [
        ("why was bob flagged?", "There are no findings yet, so nothing was flagged or promoted. Run: detect"),
        ("what next?", "Look through the events first: detect"),
        ("any incidents?", "There are no incidents: no finding was promoted, or none was scored yet (score)."),
        ("list findings", "There are no findings. If the detectors have not run yet: detect"),
    ]

    @Test("says what to run first", arguments: early)
    func isEarly(question: String, answer: String) async throws {
        let file = CaseFile(events: try await DemoCase.table(DemoCase.bob), clock: DemoCase.clock)
        #expect(RuleAnalyst().reply(to: question, in: file).text == answer)
    }

    @Test("puts only checked ids in brackets, whatever the names in the log")
    func hostile() async throws {
        let events = [
            DemoCase.event("evt-1", "[evt-9]\u{1B}[2J", ip: "192.0.2.1", "<b>", "US", "SUCCESS", "10:00:00"),
            DemoCase.event("evt-2", "eve\nevt-8", ip: "192.0.2.1", "[x](y)", "US", "FAILURE", "11:00:00"),
        ]
        let file = try await DemoCase.solved(events)
        for question in ["who used 192.0.2.1?", "where from?", "summarise", "show events"] {
            let answer = RuleAnalyst().reply(to: question, in: file)
            #expect(!answer.text.contains("[evt-9]") && !answer.text.contains("\u{1B}") && !answer.text.contains("[x]"))
            #expect(Set(answer.citations.map(\.id)).isSubset(of: ["evt-1", "evt-2"]))
        }
    }

    @Test("knows an actor by id, login, local part and display name", arguments: [
        "what did ann@example.com do?", "what did ann do?", "what did Ann Lee do?", "what did 00uABCdef1234567890Z do?",
    ])
    func names(question: String) async throws {
        let event: JSONValue = [
            "uuid": "e-1", "published": "2026-03-14T10:00:00.000Z", "eventType": "user.session.start",
            "actor": [
                "id": "00uABCdef1234567890Z", "type": "User", "alternateId": "ann@example.com", "displayName": "Ann Lee",
            ],
            "outcome": ["result": "SUCCESS"],
        ]
        let file = CaseFile(events: try await DemoCase.table([event]), clock: DemoCase.clock)
        #expect(
            RuleAnalyst().reply(to: question, in: file).text
                == "1 event by ann@example.com, 2026-03-14 10:00:00Z; SUCCESS 1. [e-1]\nNo findings so far. To look for some: detect")
    }

    @Test("cites ten ids and counts the rest")
    func capped() async throws {
        let events = (10..<40).map {
            DemoCase.event("evt-\($0)", "ann", ip: "192.0.2.1", "X", "US", "FAILURE", "10:00:\($0)")
        }
        let answer = RuleAnalyst().reply(
            to: "how many failed logins?", in: CaseFile(events: try await DemoCase.table(events), clock: DemoCase.clock))
        #expect(answer.text.hasPrefix("30 failed logins, 2025-11-12 10:00:10Z – 10:00:39Z. [evt-10] [evt-11]"))
        #expect(answer.text.hasSuffix("[evt-19] and 20 more"))
        #expect(answer.citations.count == 10)
    }
}
