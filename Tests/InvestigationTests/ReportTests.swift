import Foundation
import JSON
import Pipeline
import Tables
import Testing

@testable import Investigation

@Suite("What is handed over of a session")
struct ReportTests {
    private static let at = Timestamp("2025-11-13T06:00:00Z")

    private func session(of operations: [Investigation.Operation], in folder: TemporaryFolder) async throws -> Session {
        let session = try await InvestigationTests.session(in: folder)
        for operation in operations { _ = try await session.perform(operation, words: [operation.name]) }
        return session
    }

    @Test("It says in a few sentences what happened, and as plainly what did not")
    func sentences() async throws {
        let session = try await session(of: steps + [.note("called bob")], in: try TemporaryFolder())
        let report = try await session.report(version: "test", madeAt: Self.at)
        #expect(report.summary == [
            "9 events of 3 actors were read from 1 file, 2025-11-12 18:00:00Z – 20:05:00Z.",
            "2 findings came of them (1 high, 1 medium).",
            "1 incident was made of findings (1 high): 1 open.",
            "The worst is “Impossible travel between two countries: bob” (high, open), "
                + "seen 2025-11-12 19:00:00Z – 19:25:00Z.",
            "It holds 1 response plan and 4 suggested commands.",
        ])
        #expect(report.gaps == [
            "session_hijack saw nothing: no event has authenticationContext.externalSessionId.",
            "api_token_used_elsewhere saw nothing: no event has transaction.detail.requestApiTokenId.",
            "new_device saw nothing: no event has debugContext.debugData.dtHash.",
            "device_token_shared saw nothing: no event has debugContext.debugData.dtHash.",
            "None of the suggested commands was executed by this program: a person reads, fills in and runs them.",
            "1 notification was only shown and not sent.", "No host was isolated, released or scanned.",
        ])
    }

    @Test("A session in which nothing was done says so", arguments: [
        ([Investigation.Operation](), ["Nothing was read in this session, so there is nothing to report."]),
        (
            [.ingest(.init(paths: [demo]))],
            ["9 events of 3 actors were read from 1 file, 2025-11-12 18:00:00Z – 20:05:00Z."]
        ),
    ])
    func little(operations: [Investigation.Operation], summary: [String]) async throws {
        let report = try await session(of: operations, in: try TemporaryFolder()).report(version: "test")
        #expect(report.summary == summary)
        #expect(report.incidents.isEmpty && report.unpromoted.isEmpty)
    }

    @Test("A finding that made no incident says why")
    func reasons() async throws {
        let suppress = SuppressRequest(.add, id: "7afd", owner: "nina", reason: "our scanner", expires: "never")
        let cases: [([Investigation.Operation], [String])] = [
            ([.detect(DetectRequest())], ["Not scored yet.", "Not scored yet."]),
            (
                [.score(findings: [], maxModelCalls: 50)],
                ["Its score 0.42 is below the threshold of 0.60, and its severity medium below high."]
            ),
            (
                [.score(findings: [], maxModelCalls: 50), .suppress(suppress)],
                ["Suppressed by nina for good: our scanner."]
            ),
        ]
        for (operations, reasons) in cases {
            let folder = try TemporaryFolder()
            let session = try await session(of: [.ingest(.init(paths: [demo]))] + operations, in: folder)
            #expect(try await session.report(version: "test").unpromoted.map(\.reason) == reasons)
        }
    }

    @Test("It leaves no record, and names the head of the chain")
    func leavesNoRecord() async throws {
        let session = try await session(of: steps, in: try TemporaryFolder())
        let before = await session.head
        let report = try await session.report(version: "test", madeAt: Self.at)
        let after = await session.head
        #expect(before?.count == after?.count && before?.hash == after?.hash)
        #expect(report.head.transcript?.chainHead == before?.hash && report.head.transcript?.records == before?.count)
        #expect(report.head.transcript?.fault == nil)
    }

    @Test("A saved session gives the report that it gave while it was open")
    func saved() async throws {
        let folder = try TemporaryFolder()
        let operations = steps + [
            .note("called bob"), .verdict(subject: "40e8", is: "true_positive", reason: "not his trip"),
            .rule(RuleRequest(subject: "40e8", deploys: false)),
        ]
        let open = try await session(of: operations, in: folder).report(version: "test", madeAt: Self.at)
        let file = try SavedSession(path: folder.path + "/sessions/test.jsonl")
        let (session, warnings) = try await Session.reading(file)
        let read = try await session.report(version: "test", madeAt: Self.at, of: file)
        #expect(warnings.isEmpty && read.json == open.json)
        #expect(read.notes.map(\.text) == ["called bob"] && read.rules.count == 1)
        #expect(read.incidents.first?.verdicts.map(\.words) == ["true_positive"])
        #expect(read.gaps.contains { $0.hasPrefix("The rule “") && $0.hasSuffix("” was written, and not deployed.") })
    }

    @Test("A file that changed after it was read is told of, and a chain that broke")
    func custody() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try String(contentsOfFile: demo, encoding: .utf8), to: "log.json")
        let session = try await session(of: [.ingest(.init(paths: [path]))], in: folder)
        #expect(try await session.report(version: "test").reading.inputs.map(\.change) == [nil])
        _ = try folder.write("[]", to: "log.json")
        let gaps = try await session.report(version: "test").gaps
        #expect(gaps.first == "After it was read: the input \(path) has changed since.")
        let lines = try folder.text("sessions/test.jsonl").replacing(#""name":"test""#, with: #""name":"best""#)
        _ = try folder.write(lines, to: "sessions/test.jsonl")
        let broken = try await session.report(version: "test").gaps.first
        #expect(broken?.hasPrefix("The transcript is not whole: the chain is broken at line 1") == true)
    }

    @Test("A saved session whose file is gone has no events, and says why once")
    func fileGone() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try String(contentsOfFile: demo, encoding: .utf8), to: "log.json")
        _ = try await session(of: [.ingest(.init(paths: [path])), .detect(DetectRequest())], in: folder)
        try FileManager.default.removeItem(atPath: path)
        let file = try SavedSession(path: folder.path + "/sessions/test.jsonl")
        let (session, warnings) = try await Session.reading(file)
        let report = try await session.report(version: "test", of: file, warnings: warnings)
        #expect(report.reading.events == 0 && report.unpromoted.count == 2)
        #expect(report.gaps.filter { $0.contains("is gone") } == ["After it was read: the input \(path) is gone."])
    }

    @Test("Lines that could not be read are counted, the first of them with their place")
    func losses() async throws {
        let folder = try TemporaryFolder()
        let log = #"{"uuid":"a","published":"2026-01-01T00:00:00Z","eventType":"x"}"# + "\n{broken\n"
        let path = try folder.write(log, to: "log.ndjson")
        let report = try await session(of: [.ingest(.init(paths: [path]))], in: folder).report(version: "test")
        #expect(report.reading.counts.rejected == 1)
        #expect(report.gaps.first?.hasPrefix("1 line could not be read as events: \(path):2 ") == true)
    }

    @Test("As JSON it is one object with the records of the artifacts")
    func json() async throws {
        let session = try await session(of: steps, in: try TemporaryFolder())
        let json = try await session.report(version: "test", madeAt: Self.at).json
        #expect(json.members?.map(\.key) == [
            "report", "session", "inputs", "ingest", "events", "summary", "gaps", "incidents", "timelines", "findings",
            "unpromoted", "promote_threshold", "risk_scores", "plans", "commands", "escalations", "verdicts",
            "suppressions", "hunts", "rules", "actions", "notes", "model", "pictures",
        ])
        let state = await session.state
        #expect(json["incidents"] == .array(state.incidents.map(\.json)))
        #expect(json["commands"] == .array(state.commands.map(\.json)))
        #expect(json[path: "report.made_at"]?.string == "2025-11-13T06:00:00Z")
        #expect(json[path: "pictures.events.counts"]?.text == "[5,2,2]")
        #expect(json[path: "pictures.events_in_findings.counts"]?.text == "[5,2,0]")
        #expect(json[path: "timelines.0.entries"]?.array?.count == 2)
    }
}
