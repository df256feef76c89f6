import Hunting
import Investigation
import JSON
import Models
import Pipeline
import Tables
import Testing

/// Hunts with a model: what it writes, what it is shown, and that a replay asks nobody.
struct ModelHuntTests {
    private func hunt(
        _ request: HuntRequest, _ model: ScriptedModel, hidesNames: Bool = false, in folder: TemporaryFolder
    ) async throws -> JSONValue {
        var settings = SessionSettings()
        settings.now = Timestamp("2025-11-12T20:05:00Z")
        let (transcript, _, _) = try await SessionFolder(path: folder.path + "/sessions").open("test")
        let session = Session(
            name: "test", settings: settings, transcript: transcript,
            store: try ArtifactStore(folder: folder.path + "/data"), model: model, hidesNames: hidesNames,
            analyst: { ModelAnalyst(model: $0) }, services: HuntStub().services)
        try await session.begin(version: "test")
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        let result = try await session.perform(.hunt(request), words: ["hunt"]).json
        try await session.end()
        return result
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Int {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }
            .compared
    }

    private func written(_ query: String) -> ScriptedModel.Turn {
        .text((["query": .string(query), "explanation": "", "notes": ""] as JSONValue).text)
    }

    @Test("A model's query that binds runs, one that does not is sent back, and a replay gives the same")
    func writes() async throws {
        let query = "OktaSystemLog | where actor_id == 'alice' | project TimeGenerated, actor_id, outcome_result"
        let model = ScriptedModel(name: "m", [
            written("OktaSystemLog | where nope == 1"), written(query), .text(#"{"findings":[]}"#),
        ])
        let folder = try TemporaryFolder()
        let result = try await hunt(HuntRequest("what about alice"), model, in: folder)
        #expect(result["query"]?.string == query && result["rows"]?.integer == 5)
        #expect(result["query_source"]?.string == "model:m")
        #expect(model.requests.map(\.purpose) == ["hunt", "hunt", "hunt_analysis"])
        #expect(try await verify(folder) == 2)
    }

    @Test("A model elsewhere sees no name of the question, and no rows whose names are not known")
    func hidden() async throws {
        let model = ScriptedModel(name: "m", [
            written("DeviceProcessEvents | where FileName =~ 'powershell.exe'"), .text(#"{"findings":[]}"#),
        ])
        let folder = try TemporaryFolder()
        let request = HuntRequest(
            "encoded powershell of jdoe@contoso.com today", on: .loganalytics, isConfirmed: true)
        let result = try await hunt(request, model, hidesNames: true, in: folder)
        #expect(model.requests.map(\.purpose) == ["hunt"])
        #expect(model.requests.allSatisfy { !$0.json.text.contains("jdoe") })
        #expect(result["rows"]?.integer == 1 && result["source"]?.string == "rules")
        #expect(result["notes"]?.strings?.contains { $0.hasPrefix("the model was not shown these rows") } == true)
        #expect(try await verify(folder) == 2)
    }
}
