import Detection
import Diagnostics
import Foundation
import Investigation
import JSON
import Pipeline
import Testing

struct VerdictTests {
    private static let travel = "324800c9-f3ec-53d8-90ef-047f0a720287"
    private static let incident = "40e8e340-f035-5df8-b71f-135d669fd13c"

    private func perform(
        _ operations: [Investigation.Operation], in session: Session, notices: NoticeList = NoticeList()
    ) async throws -> OperationResult? {
        var last: OperationResult?
        for operation in operations {
            last = try await session.perform(operation, words: [operation.name], watch: notices.watch)
        }
        return last
    }

    private func verify(_ folder: TemporaryFolder, _ name: String = "test") async throws -> Int {
        try await Replay(SavedSession(path: folder.path + "/sessions/\(name).jsonl")).verify { ModelAnalyst(model: $0) }.compared
    }

    @Test("A verdict is kept beside the score, which stays; a later one replaces it, and both lines stay")
    func kept() async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder)
        _ = try await perform(steps + [.verdict(subject: "3248", is: "benign", reason: nil)], in: session)
        let scores = await session.state.scores
        let said = try await perform([.verdict(subject: "3248", is: "true_positive", reason: "called bob")], in: session)
        #expect(said?.json.removing("id").text == """
            {"subject":"\(Self.travel)","verdict":"true_positive","reason":"called bob","at":"2025-11-12T20:05:00Z","source":"analyst"}
            """)
        #expect(await session.state.scores == scores)
        let shown = try await perform([.show("findings")], in: session)
        #expect(shown?.json[path: "0.verdicts"] == nil)
        #expect(shown?.json[path: "1.verdicts"]?.text
            == #"[{"verdict":"true_positive","reason":"called bob","at":"2025-11-12T20:05:00Z","source":"analyst"}]"#)
        let why = try await perform([.why("3248")], in: session)
        #expect(why?.json[path: "finding.verdicts.0.verdict"]?.string == "true_positive")
        let lines = try folder.lines("data/verdicts.jsonl").map { try JSONValue(parsing: $0) }
        #expect(lines.map { $0["verdict"]?.string } == ["benign", "true_positive"])
        #expect(lines.map { $0["revision"]?.integer } == [nil, 2])
    }

    @Test("An incident that is no attack is not escalated, and a notice says so", arguments: [
        ("false_positive", 0), ("benign", 0), ("true_positive", 1),
    ])
    func escalation(verdict: String, count: Int) async throws {
        let session = try await session(in: try TemporaryFolder()), said = NoticeList()
        let judge = Investigation.Operation.verdict(subject: Self.incident, is: verdict, reason: "on leave")
        for again in [Investigation.Operation.escalate(incidents: []), .run(maxModelCalls: 50)] {
            let outcome = try await perform(
                [.ingest(.init(paths: [demo])), .run(maxModelCalls: 50), judge, again], in: session, notices: said)
            let escalations = outcome?.json["escalations"]?.array ?? outcome?.json.array
            #expect(escalations?.count == count)
        }
        let notice = "incident 40e8e340 is not escalated: its verdict is \(verdict) (on leave)"
        #expect(said.texts.contains(notice) == (count == 0))
    }

    @Test("What cannot be judged is refused", arguments: [
        ("3248", "maybe", "`maybe` is not a verdict"), ("ffff", "benign", "there is no finding or incident `ffff`"),
    ])
    func refused(id: String, verdict: String, problem: String) async throws {
        let session = try await session(in: try TemporaryFolder())
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await perform(steps + [.verdict(subject: id, is: verdict, reason: nil)], in: session)
        }
        #expect(fault?.problem == problem)
    }

    @Test("Another session over the same events knows the verdicts; both can be replayed, and the first resumed")
    func otherSessions() async throws {
        let folder = try TemporaryFolder()
        do {
            let first = try await session("one", in: folder)
            _ = try await perform(
                steps + [.verdict(subject: Self.travel, is: "true_positive", reason: nil),
                         .verdict(subject: Self.incident, is: "benign", reason: nil)], in: first)
            try await first.end()
        }
        let second = try await session("two", in: folder)
        let shown = try await perform(steps + [.show("incidents")], in: second)
        #expect(shown?.json[path: "0.verdicts.0.verdict"]?.string == "benign")
        #expect(await second.state.escalations.isEmpty)
        _ = try await perform([.verdict(subject: Self.travel, is: "benign", reason: nil), .show("findings")], in: second)
        try await second.end()
        #expect(try await verify(folder, "one") == 10)
        #expect(try await verify(folder, "two") == 11)
        let again = try await session("one", in: folder)
        _ = try await again.restore(from: SavedSession(path: folder.path + "/sessions/one.jsonl"))
        #expect(await again.state.verdicts.map(\.verdict) == [.truePositive, .benign])
    }

    @Test("Feedback in the log is a verdict beside the analyst's, holds nothing back, and is written once")
    func feedback() async throws {
        let folder = try TemporaryFolder()
        let event = #"{"uuid":"fb","published":"2025-11-12T20:00:00Z","eventType":"analytics.feedback.provide","debugContext":{"debugData":{"eventUuid":"evt-2002","label":"false_positive"}}}"#
        let log = try folder.write(event, to: "feedback.ndjson")
        for name in ["one", "two"] {
            let session = try await session(name, in: folder)
            let shown = try await perform(
                [.ingest(.init(paths: [demo, log])), .run(maxModelCalls: 50), .verdict(subject: Self.travel, is: "true_positive", reason: nil), .show("findings")],
                in: session)
            let said = shown?.json.array?.flatMap { $0["verdicts"]?.array ?? [] } ?? []
            #expect(Set(said.compactMap { $0["source"]?.string }) == ["okta", "analyst"])
            #expect(said.first { $0["source"]?.string == "okta" }?["okta_event_id"]?.string == "fb")
            #expect(await session.state.escalations.count == 1)
            try await session.end()
            #expect(try await verify(folder, name) == 4)
        }
        #expect(try folder.lines("data/verdicts.jsonl").count == 2)
    }

    @Test("The rules are listed with their findings, verdicts of all sessions, and suppressions")
    func rules() async throws {
        let folder = try TemporaryFolder()
        let first = try await session("one", in: folder)
        _ = try await perform(
            steps + [.verdict(subject: Self.incident, is: "benign", reason: nil), .verdict(subject: Self.travel, is: "true_positive", reason: nil)],
            in: first)
        let second = try await session("two", in: folder)
        let request = SuppressRequest(
            .add, scope: try .init(rule: "failed_login_burst", ip: "203.0.113.10"), owner: "nina", reason: "scanner")
        let rules = try await perform([.ingest(.init(paths: [demo])), .detect(DetectRequest()), .suppress(request), .show("rules")], in: second)
        let entries = rules?.json.array ?? []
        let kinds = Dictionary(grouping: entries, by: { $0["kind"]?.string }).mapValues(\.count)
        #expect(kinds["detector"] == 23 && (kinds["rule"] ?? 0) > 100 && kinds[nil] == nil)
        #expect(entries[0].text == """
            {"id":"impossible_travel","kind":"detector","title":"Impossible travel between two countries","severity":"high",\
            "attack":["T1078.004"],"findings":1,"verdicts":{"true_positive":1,"false_positive":0,"benign":1},"suppressions":0}
            """)
        #expect(entries[1]["findings"]?.integer == 1 && entries[1]["suppressions"]?.integer == 1)
    }
}
