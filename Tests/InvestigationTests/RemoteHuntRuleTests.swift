import Connectors
import Diagnostics
import Foundation
import Hunting
import JSON
import Pipeline
import Synchronization
import Tables
import Testing

@testable import Investigation

/// Rules of hunts that ran in a service: tried there, once, after a confirmation of their own.
struct RemoteHuntRuleTests {
    private static let question = "encoded powershell on ws1 in the last 4 hours"
    private static let name = "Hunt: powershell activity (encoded)"

    /// A session in which the hunt ran, with what its service says to the rule's query.
    private func hunted(
        _ folder: TemporaryFolder, on place: Hunt.Place = .loganalytics, _ stub: HuntStub, _ sentinel: SentinelStub,
        afterwards other: HuntStub? = nil
    ) async throws -> (Session, String) {
        var settings = SessionSettings()
        settings.now = Timestamp("2026-11-21T10:00:00Z")
        let (transcript, _, _) = try await SessionFolder(path: folder.path + "/sessions").open("test")
        let session = Session(
            name: "test", settings: settings, transcript: transcript,
            store: try ArtifactStore(folder: folder.path + "/data"), model: nil, analyst: { ModelAnalyst(model: $0) },
            services: Self.services(stub, afterwards: other ?? stub), sentinel: sentinel.rules)
        try await session.begin(version: "test")
        let request = HuntRequest(Self.question, on: place, isConfirmed: true)
        let result = try await session.perform(.hunt(request), words: ["hunt"]).json
        return (session, try #require(result["id"]?.string))
    }

    /// Services of which the first is asked first, and the other from then on.
    private static func services(_ stub: HuntStub, afterwards other: HuntStub) -> SessionServices {
        let first = stub.services, second = other.services, asked = Mutex(0)
        return SessionServices(remoteEngine: { (place: Hunt.Place) throws(Diagnostic) in
            let count = asked.withLock { asked in
                asked += 1
                return asked
            }
            return try (count == 1 ? first : second).remoteEngine(place)
        })
    }

    private func rule(
        _ id: String, deploys: Bool = false, yes: Bool = false, in session: Session, _ decisions: Decisions,
        confirming name: String? = nil
    ) async throws -> JSONValue {
        var watch = decisions.watch
        if let name { watch.confirm = { _ in .typed(name) } }
        let request = RuleRequest(subject: id, deploys: deploys, isConfirmed: yes)
        return try await session.perform(.rule(request), words: ["rule"], watch: watch).json
    }

    private func verify(_ folder: TemporaryFolder, _ session: Session) async throws -> Int {
        try await session.end()
        return try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl"))
            .verify { ModelAnalyst(model: $0) }.compared
    }

    @Test("The shown query is sent, once, with the hunt's timespan; then it may be deployed", arguments: [
        (Hunt.Place.loganalytics, "query", "timespan"), (.graph, "Query", "Timespan"),
    ])
    func tried(place: Hunt.Place, query: String, timespan: String) async throws {
        let folder = try TemporaryFolder(), stub = HuntStub(), sentinel = SentinelStub()
        let (session, id) = try await hunted(folder, on: place, stub, sentinel)
        let decisions = Decisions([.edited("DeviceProcessEvents"), .run])
        let result = try await rule(id, deploys: true, in: session, decisions, confirming: Self.name)
        // An edit is no way to another rule: the query is shown again.
        #expect(decisions.proposals.map(\.fault?.problem) == [nil, "a rule is tried as it is written"])
        let shown = try #require(decisions.proposals.last?.plan.query.text)
        #expect(!shown.contains("ws1") && shown == result[path: "rule.properties.query"]?.string)
        #expect(stub.queries.count == 2)
        #expect(stub.queries[1].body[query]?.string == shown + "\n| take 1000")
        #expect(stub.queries[1].body[timespan]?.string == "2026-11-21T06:00:00Z/2026-11-21T10:00:00Z")
        #expect(result[path: "dry_run.place"]?.string == place.rawValue && result[path: "dry_run.runs"] == 4)
        #expect(result[path: "dry_run.fired"] == 1 && result[path: "dry_run.finds_source"] == true)
        #expect(result[path: "dry_run.alerts.0.entities.0"]?.string == "ws1.example.com")
        #expect(result[path: "deployment.status"] == "created")
        #expect(sentinel.lines.count { $0.hasPrefix("PUT") } == 1)
        let lines = stub.transport.lines
        #expect(try await verify(folder, session) == 2)
        #expect(stub.transport.lines == lines && sentinel.lines.count { $0.hasPrefix("PUT") } == 1)
        for file in ["data/rules.jsonl", "sessions/test.jsonl"] { #expect(try !folder.text(file).contains("CANARY")) }
    }

    @Test("--yes tries it unasked, and puts nothing into Sentinel")
    func yes() async throws {
        let folder = try TemporaryFolder(), stub = HuntStub(), sentinel = SentinelStub()
        let (session, id) = try await hunted(folder, stub, sentinel)
        let result = try await rule(id, deploys: true, yes: true, in: session, Decisions([]))
        #expect(stub.queries.count == 2 && result[path: "dry_run.fired"] == 1)
        #expect(result[path: "deployment.status"] == "cancelled" && sentinel.lines.isEmpty)
        #expect(try await verify(folder, session) == 2)
    }

    @Test("Unconfirmed it is written and not tried, and what was not tried is kept instead of deployed", arguments: [
        ([], "there is no terminal to confirm the query at, so Log Analytics was not asked"),
        ([.decline], "not confirmed, so it was not sent"),
    ] as [([HuntDecision], String)])
    func unconfirmed(decisions: [HuntDecision], reason: String) async throws {
        let folder = try TemporaryFolder(), stub = HuntStub(), sentinel = SentinelStub()
        let (session, id) = try await hunted(folder, stub, sentinel)
        let asked = stub.transport.lines.count
        let result = try await rule(
            id, deploys: true, in: session, Decisions(decisions), confirming: Self.name)
        #expect(result[path: "dry_run.untried"]?.string?.hasPrefix(reason) == true)
        #expect(result[path: "rule.properties.query"]?.string?.hasPrefix("DeviceProcessEvents\n") == true)
        #expect(result[path: "deployment.status"] == "saved")
        #expect(result[path: "deployment.reason"]?.string?.contains(reason) == true)
        #expect(stub.transport.lines.count == asked && sentinel.lines.isEmpty)
        #expect(try folder.text("data/local_rules.kql").contains("not deployed: what was not tried is not deployed"))
        #expect(try await verify(folder, session) == 2)
    }

    @Test("Ctrl-C at the question ends the command, and nothing is kept")
    func interrupted() async throws {
        let folder = try TemporaryFolder(), stub = HuntStub(), sentinel = SentinelStub()
        let (session, id) = try await hunted(folder, stub, sentinel)
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await rule(id, in: session, Decisions([.interrupted]))
        }
        #expect(fault?.kind == .interrupted && stub.queries.count == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data/rules.jsonl"))
        #expect(try await verify(folder, session) == 1)
    }

    @Test("A service that refuses leaves the rule untried; one that answers in part says so", arguments: [
        (403, #"{"error":{"code":"InsufficientAccessError","message":"x"}}"#, true, ""),
        (
            400,
            #"{"error":{"code":"BadArgumentError","innererror":{"code":"SemanticError","message":"no `Foo`"}}}"#, true,
            "no `Foo`"
        ),
        (
            200,
            #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"DeviceName","type":"string"}],"rows":[["ws1"]]}],"#
                + #""error":{"code":"PartialError","message":"shards"}}"#, false, "so rows are missing"
        ),
    ])
    func failures(status: Int, body: String, isUntried: Bool, words: String) async throws {
        let folder = try TemporaryFolder(), stub = HuntStub(queried: (status, body)), sentinel = SentinelStub()
        let (session, id) = try await hunted(folder, HuntStub(), sentinel, afterwards: stub)
        let result = try await rule(id, deploys: true, yes: true, in: session, Decisions([]), confirming: Self.name)
        #expect(stub.queries.count == 1)
        #expect((result[path: "dry_run.untried"]?.string != nil) == isUntried, "\(result["dry_run"]?.text ?? "")")
        #expect(result["dry_run"]?.text.contains(words) == true || words.isEmpty, "\(result["dry_run"]?.text ?? "")")
        #expect(result[path: "deployment.status"]?.string == (isUntried ? "saved" : "created"))
        #expect(try await verify(folder, session) == 2)
        #expect(stub.queries.count == 1)
    }
}
