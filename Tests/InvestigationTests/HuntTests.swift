import Detection
import Diagnostics
import Foundation
import Hunting
import Investigation
import JSON
import Pipeline
import Testing

/// Hunts in what is loaded: what the question becomes, what runs, what is kept.
struct HuntTests {
    private let question = "failed logins of alice in the last 2 days"

    /// Twelve failures of mallory, a minute apart, then she is in; and one event more for the clock.
    private static let guessing = (0...13).map { minute in
        """
        {"id":"e-\(minute)","event_type":"user.session.start","actor_id":"\(minute < 13 ? "mallory" : "bob")",\
        "actor_type":"User","ip_address":"203.0.113.10","outcome":"\(minute < 12 ? "FAILURE" : "SUCCESS")",\
        "timestamp":"2025-11-12T18:\(minute + 10):00Z"}
        """
    }.joined(separator: "\n")

    private func begun(_ folder: TemporaryFolder) async throws -> Session {
        let session = try await session(in: folder)
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        return session
    }

    private func hunt(
        _ request: HuntRequest, in session: Session, _ decisions: Decisions = Decisions([])
    ) async throws -> JSONValue {
        try await session.perform(.hunt(request), words: ["hunt"], watch: decisions.watch).json
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Replay.Report {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }
    }

    @Test("A question becomes a query of the loaded events, which is shown and runs; record and replay agree")
    func local() async throws {
        let folder = try TemporaryFolder(), session = try await begun(folder), shown = Decisions([])
        let result = try await hunt(HuntRequest(question), in: session, shown)
        #expect(result["from"]?.string == "2025-11-10T20:05:00Z" && result["until"]?.string == "2025-11-12T20:05:00Z")
        #expect(result["rows"]?.integer == 5 && result[path: "result.rows"]?.array?.count == 5)
        #expect(result["tables"]?.text == #"["OktaSystemLog"]"# && result["on"]?.string == "local")
        #expect(result["confirmed"]?.text == #"{"by":"nobody"}"# && result["source"]?.string == "rules")
        #expect(shown.proposals.map(\.plan.query.text) == [result["query"]?.string])
        #expect(shown.proposals.map(\.service) == [nil])
        let kept = try JSONValue(parsing: try #require(folder.lines("data/hunts.jsonl").first))
        #expect(kept["id"] == result["id"] && kept["question"]?.string == question)
        #expect(await session.state.hunts.count == 1)
        // The same hunt again adds nothing.
        _ = try await hunt(HuntRequest(question), in: session)
        #expect(try folder.lines("data/hunts.jsonl").count == 1)
        try await session.end()
        #expect(try await verify(folder).compared == 3)
    }

    @Test("A finding of a hunt is one of the session's: it is scored, explained, and outlives detecting again")
    func findings() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try folder.write(Self.guessing, to: "guessing.ndjson")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        let result = try await hunt(HuntRequest("sign-ins of mallory in the last 2 hours"), in: session)
        let id = try #require(result["finding_ids"]?.strings?.first)
        #expect(await session.state.findings.map(\.findingType) == ["hunt"])
        let scored = try await session.perform(.score(findings: [], maxModelCalls: 50), words: ["score"]).json
        #expect(scored.array?.contains { $0["finding_id"]?.string == id } == true)
        let types = await session.state.findings.map(\.findingType)
        #expect(types.contains("failed_login_burst") && types.contains("hunt"))
        let why = try await session.perform(.why(id), words: ["why"]).json
        #expect(why[path: "rule.kind"]?.string == "hunt" && why[path: "rule.query"] == result["query"])
        #expect(why["events"]?.array?.isEmpty == false)
        _ = try await session.perform(.plan(incidents: []), words: ["plan"])
        try await session.end()
        #expect(try await verify(folder).compared == 5)
        let again = try await resumed(folder)
        #expect(await again.state.hunts.count == 1)
        #expect(await again.state.findings.contains { $0.id == id })
    }

    private func resumed(_ folder: TemporaryFolder) async throws -> Session {
        let again = try await session("again", in: folder)
        _ = try await again.restore(from: SavedSession(path: folder.path + "/sessions/test.jsonl"))
        return again
    }

    @Test("What cannot be hunted is refused in words, as a command that failed", arguments: [
        ("isolate ws1", "a hunt only reads, and `isolate` asks for something to be done"),
        ("blorp the frobnitz", "what to look for was not understood"),
        (
            "encoded powershell on ws1 in the last 4 hours",
            "no loaded table answers this: it is a question for `DeviceProcessEvents`"
        ),
        ("what is in SigninLogs", "the table `SigninLogs` is not loaded"),
    ])
    func refused(question: String, problem: String) async throws {
        let folder = try TemporaryFolder(), session = try await begun(folder), shown = Decisions([])
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await hunt(HuntRequest(question), in: session, shown)
        }
        #expect(fault?.problem.hasPrefix(problem) == true, "\(fault?.problem ?? "")")
        #expect(fault?.kind == .failed && shown.proposals.isEmpty)
        if problem.contains("table") { #expect(fault?.remedy.contains("`hunt --on loganalytics …`") == true) }
        try await session.end()
        #expect(try await verify(folder).compared == 2)
    }

    @Test("Where nothing is loaded the way to other tables is named")
    func nothingLoaded() async throws {
        let session = try await session(in: try TemporaryFolder())
        let fault = await #expect(throws: Diagnostic.self) { _ = try await hunt(HuntRequest(question), in: session) }
        #expect(fault?.problem.hasPrefix("nothing is loaded") == true)
        #expect(fault?.remedy.contains("--on loganalytics") == true)
    }

    @Test("What is edited is checked and shown again; n and Ctrl-C run nothing")
    func answers() async throws {
        let folder = try TemporaryFolder(), session = try await begun(folder)
        let edited = Decisions([.edited("OktaSystemLog | where nope == 1"), .edited("OktaSystemLog | count"), .run])
        let result = try await hunt(HuntRequest(question), in: session, edited)
        #expect(edited.proposals.count == 3)
        #expect(edited.proposals[1].fault?.problem.contains("nope") == true && edited.proposals[2].fault == nil)
        #expect(result["query"]?.string == "OktaSystemLog | count")
        // The range holds whatever the query says: charlie's last event is at its end.
        #expect(result[path: "result.rows"]?.text == "[[8]]")
        #expect(result["confirmed"]?.text == #"{"by":"terminal"}"#)
        for (decision, kind) in [(HuntDecision.decline, Diagnostic.Kind.failed), (.interrupted, .interrupted)] {
            let fault = await #expect(throws: Diagnostic.self) {
                _ = try await hunt(HuntRequest(question), in: session, Decisions([decision]))
            }
            #expect(fault?.kind == kind)
        }
        #expect(try folder.lines("data/hunts.jsonl").count == 1)
        try await session.end()
        #expect(try await verify(folder).compared == 3)
    }

    @Test("Default and maximum of the window are settings, and hold whatever the question says", arguments: [
        ("failed logins", "2025-11-12T18:05:00Z"), ("failed logins in the last 10 days", "2025-11-12T16:05:00Z"),
    ])
    func window(question: String, from: String) async throws {
        let folder = try TemporaryFolder()
        let configuration = Configuration(
            environment: ["HOME": folder.path, "HUNT_DEFAULT_HOURS": "2", "HUNT_MAX_HOURS": "4"],
            workingDirectory: folder.path)
        let session = Session(
            name: "test", settings: try SessionSettings(configuration, now: nil), transcript: Transcript(nil),
            store: nil, model: nil, analyst: { ModelAnalyst(model: $0) })
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        #expect(try await hunt(HuntRequest(question), in: session)["from"]?.string == from)
    }
}
