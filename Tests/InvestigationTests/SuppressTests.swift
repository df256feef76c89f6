import Detection
import Diagnostics
import Foundation
import Investigation
import JSON
import Pipeline
import Synchronization
import Tables
import Testing

struct SuppressTests {
    private static let travel = "324800c9-f3ec-53d8-90ef-047f0a720287"
    private static let line = #"{"id":"s1","rule":"impossible_travel","actor":"bob","owner":"nina","reason":"on a trip","ticket":"SEC-1","expires":"2026-01-01"}"#

    private func request(
        _ action: SuppressRequest.Action, id: String? = nil, rule: String? = nil, actor: String? = nil, expires: String? = nil
    ) throws -> Investigation.Operation {
        let scope = rule == nil && actor == nil ? nil : try SuppressionScope(rule: rule, actor: actor)
        let isNew = action == .add
        return .suppress(SuppressRequest(
            action, id: id, scope: scope, owner: isNew ? "nina" : nil, reason: isNew ? "on a trip" : nil, expires: expires))
    }

    private func perform(
        _ operations: [Investigation.Operation], in session: Session, notices: NoticeList = NoticeList()
    ) async throws -> OperationResult? {
        var last: OperationResult?
        for operation in operations {
            last = try await session.perform(operation, words: [operation.name], watch: notices.watch)
        }
        return last
    }

    private func verify(_ folder: TemporaryFolder, _ name: String = "test") async throws -> Replay.Report {
        try await Replay(SavedSession(path: folder.path + "/sessions/\(name).jsonl")).verify { ModelAnalyst(model: $0) }
    }

    private func isSuppressed(_ session: Session) async -> [Bool] { await session.state.findings.map(\.isSuppressed) }

    // MARK: Detection

    @Test("What the data folder suppresses is marked, scored, and no incident", arguments: [
        [.detect(DetectRequest()), .score(findings: [], maxModelCalls: 50)], [.score(findings: [], maxModelCalls: 50)],
        [.plan(incidents: [])], [.run(maxModelCalls: 50)],
    ] as [[Investigation.Operation]])
    func dataFolder(operations: [Investigation.Operation]) async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder)
        _ = try folder.write(Self.line + "\n", to: "data/suppressions.jsonl")
        _ = try await perform([.ingest(.init(paths: [demo]))] + operations, in: session)
        #expect(await isSuppressed(session) == [false, true])
        #expect(await session.state.scores.count == 2)
        #expect(await session.state.incidents.isEmpty)
        let mark = try folder.lines("data/findings.jsonl").compactMap { try JSONValue(parsing: $0)[path: "metadata.suppressed"]?.text }
        #expect(mark == [#"{"id":"s1","owner":"nina","reason":"on a trip","ticket":"SEC-1","expires":"2026-01-01T00:00:00Z"}"#])
    }

    @Test("A file of suppressions counts for detect and for what is made of it, until the next detect")
    func file() async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder)
        let path = try folder.write(Self.line, to: "team.jsonl")
        _ = try await perform([.ingest(.init(paths: [demo])), .detect(DetectRequest(suppressions: path))], in: session)
        #expect(await isSuppressed(session) == [false, true])
        _ = try await perform([.run(maxModelCalls: 50)], in: session)
        #expect(await session.state.incidents.isEmpty)
        _ = try await perform([.detect(DetectRequest())], in: session)
        #expect(await isSuppressed(session) == [false, false])
        #expect(await session.state.incidents.count == 1)
        let missing = folder.path + "/nowhere"
        let fault = Diagnostic(
            "the suppressions cannot be read: there is no file `\(missing)`", remedy: "Check the path; Tab completes file names")
        await #expect(throws: fault) {
            _ = try await perform([.detect(DetectRequest(suppressions: missing))], in: session)
        }
        try await session.end()
        _ = try folder.write(Self.line, to: "nowhere")
        #expect(try await verify(folder).compared == 5)
    }

    @Test("Bad lines and suppressions that have run out are said, and count for nothing")
    func notices() async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder), said = NoticeList()
        let old = Self.line.replacing("2026-01-01", with: "2025-11-01"), bad = #"{"actor":"bob"}"#
        let path = try folder.write("\(bad)\n\(old)\n", to: "team.jsonl")
        _ = try await perform(
            [.ingest(.init(paths: [demo])), .detect(DetectRequest(suppressions: path))], in: session, notices: said)
        #expect(await isSuppressed(session) == [false, false])
        #expect(said.texts == [
            "\(path):1: a line is not a suppression: a suppression needs `owner`, a text. "
                + "Mend the record: each has an owner and a reason",
            "lines that were skipped, and suppress nothing: 1",
            "run out, and counting no more: s1 of nina (rule impossible_travel, actor bob)",
        ])
    }

    // MARK: The command

    @Test("One that is made marks the findings there are and dissolves their incident; one that is taken back brings it back")
    func addAndRemove() async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder)
        let made = try await perform(steps + [request(.add, rule: "impossible_travel", actor: "bob")], in: session)
        guard case .suppressions(.added(let suppression, let effect)) = made else { return #expect(Bool(false)) }
        #expect(effect.findings.map(\.id) == [Self.travel])
        #expect(effect.lostIncidents.count == 1 && effect.truePositives.isEmpty)
        #expect(suppression.expires?.description == "2026-02-10T20:05:00Z")
        #expect(await isSuppressed(session) == [false, true])
        #expect(await session.state.incidents.isEmpty)
        #expect(await session.state.plans.isEmpty)
        let back = try await perform([request(.remove, id: String(suppression.id.prefix(6)))], in: session)
        guard case .suppressions(.removed(_, let shown)) = back else { return #expect(Bool(false)) }
        #expect(shown.map(\.id) == [Self.travel])
        #expect(await isSuppressed(session) == [false, false])
        #expect(await session.state.incidents.count == 1)
        let lines = try folder.lines("data/suppressions.jsonl").map { try JSONValue(parsing: $0) }
        #expect(lines.map { $0["id"]?.string } == [suppression.id, suppression.id])
        #expect(lines.map { $0["removed_at"]?.string } == [nil, "2025-11-12T20:05:00Z"])
        _ = try await perform([.detect(DetectRequest())], in: session)
        #expect(await isSuppressed(session) == [false, false])
    }

    @Test("The end is 90 days away, a time, a count forward, or never", arguments: [
        (nil, "2026-02-10T20:05:00Z"), ("30d", "2025-12-12T20:05:00Z"), ("2027-01-01", "2027-01-01T00:00:00Z"), ("never", nil),
    ] as [(String?, String?)])
    func ends(text: String?, end: String?) async throws {
        let session = try await session(in: try TemporaryFolder()), said = NoticeList()
        let made = try await perform(
            [.ingest(.init(paths: [demo])), request(.add, actor: "bob", expires: text)], in: session, notices: said)
        guard case .suppressions(.added(let suppression, _)) = made else { return #expect(Bool(false)) }
        #expect(suppression.expires?.description == end)
        #expect(said.texts == (end == nil ? ["it never runs out: look at it again from time to time"] : []))
    }

    @Test("An end that is no later time is refused, and nothing is written", arguments: ["2025-11-12T20:05:00Z", "2020-01-01", "now"])
    func pastEnds(text: String) async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder)
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await perform([.ingest(.init(paths: [demo])), request(.add, actor: "bob", expires: text)], in: session)
        }
        #expect(fault?.kind == .usage)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data/suppressions.jsonl"))
    }

    @Test("Testing shows what would be hidden, judged attacks loudly, and writes no suppression")
    func testing() async throws {
        let folder = try TemporaryFolder()
        let session = try await session(in: folder)
        let judge = Investigation.Operation.verdict(subject: Self.travel, is: "true_positive", reason: nil)
        let tested = try await perform(steps + [judge, request(.test, actor: "BOB")], in: session)
        #expect(tested?.json["findings"]?.array?.map { $0["id"]?.string } == [Self.travel])
        #expect(tested?.json[path: "findings.0.verdicts.0.verdict"]?.string == "true_positive")
        #expect(tested?.json["incidents"]?.array?.count == 1)
        #expect(tested?.json["true_positives"]?.strings == [Self.travel])
        #expect(tested?.json["written"]?.bool == false)
        #expect(await isSuppressed(session) == [false, false])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data/suppressions.jsonl"))
        let byFinding = try await perform([request(.test, id: "3248")], in: session)
        #expect(byFinding?.json["suppression"]?["rule"]?.string == "impossible_travel")
        #expect(byFinding?.json["true_positives"]?.strings == [Self.travel])
    }

    @Test("A finding gives rule and actor; without any detection it is looked for first")
    func fromFinding() async throws {
        let session = try await session(in: try TemporaryFolder())
        let made = try await perform([.ingest(.init(paths: [demo])), request(.add, id: "3248")], in: session)
        #expect(made?.json["suppression"]?["rule"]?.string == "impossible_travel")
        #expect(made?.json["suppression"]?["actor"]?.string == "bob")
        #expect(await isSuppressed(session) == [false, true])
    }

    @Test("A finding about several accounts gives no scope, and the remedy names one that would")
    func manyAccounts() async throws {
        let folder = try TemporaryFolder()
        let events = (0..<12).map { number in
            #"{"uuid":"e\#(number)","published":"2025-11-12T10:00:\#(10 + number)Z","eventType":"user.session.start","actor":{"id":"u\#(number)"},"client":{"ipAddress":"203.0.113.9"},"outcome":{"result":"FAILURE","reason":"INVALID_CREDENTIALS"}}"#
        }
        let session = try await session(in: folder)
        _ = try await perform(
            [.ingest(.init(paths: [try folder.write(events.joined(separator: "\n"), to: "spray.ndjson")])), .detect(DetectRequest())],
            in: session)
        let spray = try #require(await session.state.findings.first { $0.findingType == "password_spray" })
        let fault = await #expect(throws: Diagnostic.self) { _ = try await perform([request(.add, id: spray.id)], in: session) }
        #expect(fault?.remedy == "Name its source: `suppress add --rule password_spray --ip ADDRESS --reason TEXT`")
    }

    // MARK: Again

    @Test("A replay goes by the suppressions of the time, whatever other sessions have written since")
    func replay() async throws {
        let folder = try TemporaryFolder()
        let first = try await session(in: folder)
        let path = try folder.write(Self.line, to: "team.jsonl")
        _ = try await perform(
            steps + [
                request(.add, actor: "alice"), request(.list), .show("incidents"), request(.test, actor: "bob"),
                .detect(DetectRequest(suppressions: path)), .score(findings: [], maxModelCalls: 50), .show("findings"),
                request(.remove, id: "s1"), .run(maxModelCalls: 50), .show("incidents"), .show("rules"),
            ], in: first)
        try await first.end()
        try FileManager.default.removeItem(atPath: path)
        let other = try await session("other", in: folder)
        _ = try await perform([request(.add, rule: "impossible_travel"), request(.add, actor: "bob")], in: other)
        let report = try await verify(folder)
        #expect(report.compared == 18 && report.skipped.count == 1)
    }

    @Test("A resumed session knows what was suppressed, then goes by the data folder anew")
    func resume() async throws {
        let folder = try TemporaryFolder()
        do {
            let first = try await session(in: folder)
            _ = try await perform(steps + [request(.add, actor: "bob")], in: first)
            #expect(await first.state.incidents.isEmpty)
        }
        let other = try await session("other", in: folder)
        _ = try await perform([request(.add, actor: "alice")], in: other)
        let again = try await session(in: folder)
        #expect(try await again.restore(from: SavedSession(path: folder.path + "/sessions/test.jsonl")) == [])
        #expect(await isSuppressed(again) == [false, true])
        #expect(await again.state.incidents.isEmpty)
        _ = try await perform([.detect(DetectRequest())], in: again)
        #expect(await isSuppressed(again) == [true, true])
        try await again.end()
        #expect(try await verify(folder).compared == 10)
    }

    @Test("A command is kept with all it was asked, and read again the same", arguments: [
        .detect(DetectRequest(only: ["mfa_fatigue"], suppressions: "s.jsonl")), .detect(DetectRequest()),
        .suppress(SuppressRequest(.list)), .suppress(SuppressRequest(.remove, id: "abcd")),
        .suppress(SuppressRequest(
            .add, scope: try? SuppressionScope(rule: "r", actor: "a", ip: "::/8", asn: 7, app: "p"), owner: "o", reason: "w",
            ticket: "t", expires: "7d")),
        .verdict(subject: "abcd", is: "benign", reason: "w"), .verdict(subject: "abcd", is: "benign", reason: nil),
    ] as [Investigation.Operation])
    func recorded(operation: Investigation.Operation) throws {
        #expect(try Operation(json: JSONValue(parsing: operation.json.text)) == operation)
    }

    @Test("A session from before there were suppressions is read as it was")
    func old() throws {
        #expect(try Operation(json: ["name": "detect", "only": ["mfa_fatigue"]]) == .detect(DetectRequest(only: ["mfa_fatigue"])))
    }
}

/// What a session told while it worked.
final class NoticeList: Sendable {
    private let list = Mutex<[String]>([])

    var texts: [String] { list.withLock { $0 } }

    var watch: Session.Watch {
        var watch = Session.Watch()
        watch.onNotice = { text in self.list.withLock { $0.append(text) } }
        return watch
    }
}
