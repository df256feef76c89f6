import Detection
import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import Pipeline
import Testing

struct PipelineRunTests {
    private static let files = ["findings", "risk_scores", "incidents", "plans", "commands", "routes", "escalations"]

    @Test func stepByStepAndAtOnceGiveTheSameArtifacts() async throws {
        let (byStep, atOnce) = (try TemporaryFolder(), try TemporaryFolder())
        let stepwise = try await InvestigationTests.session(in: byStep), whole = try await InvestigationTests.session(in: atOnce)
        for step in steps { _ = try await stepwise.perform(step, words: [step.name]) }
        for step in [Investigation.Operation.ingest(.init(paths: [demo])), .run(maxModelCalls: 50)] {
            _ = try await whole.perform(step, words: [step.name])
        }
        for file in Self.files {
            #expect(try byStep.text("data/\(file).jsonl") == atOnce.text("data/\(file).jsonl"), "\(file)")
        }
    }

    @Test func aSecondRunAddsNothing() async throws {
        let folder = try TemporaryFolder()
        var before: [String: String] = [:]
        for name in ["first", "second"] {
            let session = try await InvestigationTests.session(name, in: folder)
            _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
            _ = try await session.perform(.run(maxModelCalls: 50), words: ["run"])
            for file in Self.files {
                let text = try folder.text("data/\(file).jsonl")
                #expect(before[file] == nil || before[file] == text, "\(file)")
                before[file] = text
            }
        }
    }

    @Test func theDemoPromotesBobAndNotAlice() async throws {
        let session = try await InvestigationTests.session(in: try TemporaryFolder())
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        guard case .run(let outcome) = try await session.perform(.run(maxModelCalls: 50), words: ["run"]) else { return }
        let scores = outcome.scored.scores.map { "\($0.severity) \($0.score)" }
        #expect(scores == ["high 0.72", "medium 0.42"])
        #expect(outcome.scored.incidents.map(\.actors) == [["bob"]])
        #expect(outcome.found.findings.map(\.description) == [
            "5 failed logins for actor alice within 0:10:00.",
            "Possible impossible travel for actor bob: FR -> US within 0:25:00.",
        ])
        #expect(outcome.escalations.map(\.sent) == [false])
    }

    @Test func aStepMakesWhatIsMissing() async throws {
        let session = try await InvestigationTests.session(in: try TemporaryFolder())
        await #expect(throws: Diagnostic.self) {
            _ = try await session.perform(.score(findings: [], maxModelCalls: 50), words: ["score"])
        }
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        guard case .commands(let commands) = try await session.perform(.commands(incidents: []), words: ["commands"]) else { return }
        #expect(commands.map(\.stepID) == ["collect_auth_logs", "analyze_geo_and_devices", "lock_account", "revoke_sessions"])
    }

    @Test func withoutAPromotedFindingThereIsNoResponse() async throws {
        let folder = try TemporaryFolder()
        let quiet = try folder.write(#"{"uuid":"a","published":"2026-01-01T00:00:00Z","eventType":"user.session.start"}"#, to: "quiet.json")
        let session = try await InvestigationTests.session(in: folder)
        _ = try await session.perform(.ingest(.init(paths: [quiet])), words: ["ingest"])
        guard case .run(let outcome) = try await session.perform(.run(maxModelCalls: 50), words: ["run"]) else { return }
        #expect(outcome.routes.map(\.phase) == ["ingest"])
        #expect(outcome.plans.isEmpty && outcome.commands.isEmpty && outcome.escalations.isEmpty)
    }

    @Test func aStatusIsARevisionAndSurvivesARerun() async throws {
        let folder = try TemporaryFolder()
        let session = try await InvestigationTests.session("one", in: folder)
        for step in steps { _ = try await session.perform(step, words: [step.name]) }
        let id = await session.state.incidents[0].id
        _ = try await session.perform(.status(incident: String(id.prefix(6)), to: "closed"), words: ["status"])
        let again = try await InvestigationTests.session("two", in: folder)
        for step in steps { _ = try await again.perform(step, words: [step.name]) }
        #expect(await again.state.incidents.map(\.status) == [.closed])
        let revisions = try folder.lines("data/incidents.jsonl").map { try JSONValue(parsing: $0)["revision"]?.integer }
        #expect(revisions == [nil, 2])
    }
}
