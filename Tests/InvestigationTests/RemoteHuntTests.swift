import Diagnostics
import Hunting
import Investigation
import JSON
import Pipeline
import Tables
import Testing

/// Hunts in services: what is sent, when, and what is kept of it.
struct RemoteHuntTests {
    private static let question = "encoded powershell on ws1 in the last 4 hours"

    private func hunt(
        _ stub: HuntStub, _ request: HuntRequest, _ decisions: [HuntDecision] = [], in folder: TemporaryFolder,
        then steps: [Investigation.Operation] = []
    ) async throws -> JSONValue {
        var settings = SessionSettings()
        settings.now = Timestamp("2026-11-21T10:00:00Z")
        let (transcript, _, _) = try await SessionFolder(path: folder.path + "/sessions").open("test")
        let session = Session(
            name: "test", settings: settings, transcript: transcript,
            store: try ArtifactStore(folder: folder.path + "/data"), model: nil, analyst: { ModelAnalyst(model: $0) },
            services: stub.services)
        try await session.begin(version: "test")
        do {
            let watch = Decisions(decisions).watch
            let result = try await session.perform(.hunt(request), words: ["hunt"], watch: watch).json
            for step in steps { _ = try await session.perform(step, words: [step.name]) }
            try await session.end()
            return result
        } catch {
            try await session.end()
            throw error
        }
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Int {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }
            .compared
    }

    @Test("A confirmed query is sent once with its timespan; a replay sends nothing", arguments: [
        (
            Hunt.Place.loganalytics, "POST https://logs.example/v1/workspaces/w-1/query", "query", "timespan",
            "TimeGenerated"
        ),
        (.graph, "POST https://graph.example/v1.0/security/runHuntingQuery", "Query", "Timespan", "Timestamp"),
    ])
    func confirmed(place: Hunt.Place, address: String, query: String, timespan: String, time: String) async throws {
        let folder = try TemporaryFolder(), stub = HuntStub()
        let result = try await hunt(stub, HuntRequest(Self.question, on: place), [.run], in: folder)
        let sent = try #require(stub.queries.first)
        #expect(stub.queries.count == 1 && sent.address == address)
        #expect(sent.body[timespan]?.string == "2026-11-21T06:00:00Z/2026-11-21T10:00:00Z")
        let text = try #require(result["query"]?.string)
        #expect(text.hasPrefix("DeviceProcessEvents\n| where \(time) >= "))
        // A workspace has both columns, advanced hunting has one.
        #expect(text.contains("TimeGenerated") == (place == .loganalytics))
        #expect(sent.body[query]?.string?.hasPrefix(text) == true)
        #expect(sent.body[query]?.string?.hasSuffix("| take 1000") == true)
        #expect(result["rows"]?.integer == 1 && result["on"]?.string == place.rawValue)
        let finding = try #require(result["findings"]?.array?.first)
        #expect(finding["attack"]?.strings?.contains("T1059.001") == true)
        let lines = stub.transport.lines
        #expect(try await verify(folder) == 1)
        #expect(stub.transport.lines == lines)
        for file in ["data/hunts.jsonl", "sessions/test.jsonl"] { #expect(try !folder.text(file).contains("CANARY")) }
    }

    @Test("Without a confirmation nothing is sent, not even the sign-in", arguments: [
        ([], .failed, "there is no terminal to confirm the query at, so Log Analytics was not asked"),
        ([.decline], .failed, "not confirmed, so the query was not run"), ([.interrupted], .interrupted, "interrupted"),
        ([.edited("nonsense ("), .decline], .failed, "not confirmed, so the query was not run"),
    ] as [([HuntDecision], Diagnostic.Kind, String)])
    func unconfirmed(decisions: [HuntDecision], kind: Diagnostic.Kind, problem: String) async throws {
        let folder = try TemporaryFolder(), stub = HuntStub()
        let request = HuntRequest(Self.question, on: .loganalytics)
        let fault = await #expect(throws: Diagnostic.self) { _ = try await hunt(stub, request, decisions, in: folder) }
        #expect(fault?.problem == problem && fault?.kind == kind)
        if decisions.isEmpty { #expect(fault?.remedy.contains("`--yes`") == true) }
        #expect(stub.transport.lines.isEmpty)
        #expect(try await verify(folder) == (kind == .interrupted ? 0 : 1))
    }

    @Test("--yes stands for the confirmation, and is kept")
    func yes() async throws {
        let folder = try TemporaryFolder(), stub = HuntStub()
        let request = HuntRequest(Self.question, on: .loganalytics, isConfirmed: true)
        let result = try await hunt(stub, request, in: folder)
        #expect(stub.queries.count == 1 && result["confirmed"]?.text == #"{"by":"--yes"}"#)
        #expect(try await verify(folder) == 1)
    }

    @Test("What was found elsewhere is scored and explained without any events here")
    func scored() async throws {
        let folder = try TemporaryFolder(), stub = HuntStub()
        let steps: [Investigation.Operation] = [.score(findings: [], maxModelCalls: 50), .plan(incidents: [])]
        let result = try await hunt(
            stub, HuntRequest(Self.question, on: .graph, isConfirmed: true), in: folder, then: steps)
        let id = try #require(result["finding_ids"]?.strings?.first)
        #expect(try folder.text("data/risk_scores.jsonl").contains(id))
        #expect(try await verify(folder) == 3)
    }

    @Test("A service that refuses or has nothing says so", arguments: [
        (
            400,
            #"{"error":{"code":"BadArgumentError","innererror":{"code":"SemanticError","message":"no `Foo`"}}}"#,
            Diagnostic.Kind.failed
        ),
        (403, #"{"error":{"code":"InsufficientAccessError","message":"x"}}"#, .unavailable),
        (503, "", .unavailable),
    ])
    func failed(status: Int, body: String, kind: Diagnostic.Kind) async throws {
        let folder = try TemporaryFolder(), stub = HuntStub(queried: (status, body))
        let request = HuntRequest(Self.question, on: .loganalytics, isConfirmed: true)
        let fault = await #expect(throws: Diagnostic.self) { _ = try await hunt(stub, request, in: folder) }
        #expect(fault?.kind == kind, "\(fault?.problem ?? "")")
        #expect(try await verify(folder) == 1)
    }

    @Test("An answer that is not whole is told as such")
    func incomplete() async throws {
        let table = #"{"name":"PrimaryResult","columns":[{"name":"a","type":"long"}],"rows":[[1]]}"#
        let partial = #"{"tables":[\#(table)],"error":{"code":"PartialError","message":"shards"}}"#
        let folder = try TemporaryFolder(), stub = HuntStub(queried: (200, partial))
        let request = HuntRequest(Self.question, on: .loganalytics, isConfirmed: true)
        let result = try await hunt(stub, request, in: folder)
        #expect(result["truncated"]?.bool == true)
        #expect(result["notes"]?.strings?.contains { $0.contains("so rows are missing") } == true)
        #expect(try await verify(folder) == 1)
    }
}
