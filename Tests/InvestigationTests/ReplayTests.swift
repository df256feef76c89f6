import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import Models
import Pipeline
import Testing

struct ReplayTests {
    /// A session that did everything, closed; the path of its transcript.
    private func recorded(in folder: TemporaryFolder, model: (any LanguageModel)? = nil) async throws -> String {
        let session = try await InvestigationTests.session(in: folder, model: model)
        for step in steps { _ = try await session.perform(step, words: [step.name]) }
        _ = try await session.perform(.ask("who is bob"), words: ["ask"])
        _ = try await session.perform(.note("called bob"), words: ["note"])
        try await session.end()
        return folder.path + "/sessions/test.jsonl"
    }

    private func verify(_ path: String) async throws -> Replay.Report {
        try await Replay(SavedSession(path: path)).verify { ModelAnalyst(model: $0) }
    }

    @Test func aRecordedSessionVerifies() async throws {
        let folder = try TemporaryFolder()
        let report = try await verify(try await recorded(in: folder))
        #expect(report.compared == 10)
        #expect(report.skipped.isEmpty && report.isComplete)
    }

    @Test func aSessionWithAModelVerifiesFromItsRecording() async throws {
        let folder = try TemporaryFolder()
        let nonsense = ScriptedModel(name: "m", Array(repeating: ScriptedModel.Turn.text("no JSON here"), count: 40))
        let path = try await recorded(in: folder, model: nonsense)
        let report = try await verify(path)
        #expect(report.compared == 10)
        let sources = try folder.lines("data/risk_scores.jsonl").map { try JSONValue(parsing: $0)["source"]?.string ?? "" }
        #expect(sources.allSatisfy { $0.hasPrefix("rules: ") })
    }

    @Test func aFlippedByteNamesItsRecord() async throws {
        let folder = try TemporaryFolder()
        let path = try await recorded(in: folder)
        let whole = try String(contentsOfFile: path, encoding: .utf8)
        for (number, line) in whole.split(separator: "\n").enumerated() where line.contains("bob") {
            var lines = whole.split(separator: "\n").map(String.init)
            lines[number] = String(line.replacing("bob", with: "rob", maxReplacements: 1))
            let changed = try folder.write(lines.joined(separator: "\n") + "\n", to: "changed.jsonl")
            do {
                _ = try await verify(changed)
                Issue.record("a change in record \(number) was not seen")
            } catch let fault as Diagnostic {
                #expect(fault.kind == .difference)
                #expect(fault.problem.contains("record \(number),"))
            }
        }
    }

    @Test func aChangedInputIsADifference() async throws {
        let folder = try TemporaryFolder()
        let events = try folder.write(String(contentsOfFile: demo, encoding: .utf8), to: "events.json")
        let session = try await InvestigationTests.session(in: folder)
        _ = try await session.perform(.ingest(.init(paths: [events])), words: ["ingest", events])
        try await session.end()
        _ = try folder.write("[]", to: "events.json")
        let fault = await #expect(throws: Diagnostic.self) { _ = try await verify(folder.path + "/sessions/test.jsonl") }
        #expect(fault?.kind == .difference)
    }

    @Test func verifyingWritesNothing() async throws {
        let folder = try TemporaryFolder()
        let path = try await recorded(in: folder)
        let before = try String(contentsOfFile: path, encoding: .utf8), findings = try folder.text("data/findings.jsonl")
        _ = try await verify(path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == before)
        #expect(try folder.text("data/findings.jsonl") == findings)
    }

    @Test func aResumedSessionKnowsWhatItKnew() async throws {
        let folder = try TemporaryFolder()
        do {
            let first = try await InvestigationTests.session(in: folder)
            for step in steps { _ = try await first.perform(step, words: [step.name]) }
        }
        let again = try await InvestigationTests.session(in: folder)
        let warnings = try await again.restore(from: SavedSession(path: folder.path + "/sessions/test.jsonl"))
        let state = await again.state
        #expect(warnings.isEmpty)
        let counts: [Int] = [
            state.events.count, state.findings.count, state.scores.count, state.incidents.count, state.plans.count,
            state.commands.count,
        ]
        #expect(counts == [9, 2, 2, 1, 1, 4])
    }

    @Test func twoProcessesCannotShareASession() async throws {
        let folder = try TemporaryFolder()
        let first = try await InvestigationTests.session(in: folder)
        let fault = await #expect(throws: Diagnostic.self) { _ = try await InvestigationTests.session(in: folder) }
        #expect(fault?.problem.hasPrefix("the session is open in another process") == true)
        _ = first
    }
}
