import Connectors
import Diagnostics
import Foundation
import Investigation
import JSON
import Pipeline
import Synchronization
import Testing

/// `isolate`, `release` and `scan`: what is sent, when, and what is kept of it.
struct ActionTests {
    private static let isolate = ActionRequest(.isolate(.full), host: "ws1", reason: "mail worm")
    private static let lookUp = "GET \(DefenderStub.origin)/api/machines?$filter=startswith%28computerDnsName%2C%27ws1%27%29"
    private static let post = "POST \(DefenderStub.origin)/api/machines/\(DefenderStub.id)/isolate"

    private func watch(_ answer: ConfirmationAnswer, asked: Questions = Questions()) -> Session.Watch {
        var watch = Session.Watch()
        watch.confirm = { question in
            asked.add(question)
            return answer
        }
        return watch
    }

    private func act(
        _ stub: DefenderStub, _ answer: ConfirmationAnswer = .typed("WS1.example.com"), asking request: ActionRequest = isolate,
        in folder: TemporaryFolder, asked: Questions = Questions(), after steps: [Investigation.Operation] = []
    ) async throws -> JSONValue {
        let session = try await session(in: folder, services: stub.services)
        for step in steps { _ = try await session.perform(step, words: [step.name]) }
        do {
            let result = try await session.perform(.act(request), words: ["x"], watch: watch(answer, asked: asked))
            try await session.end()
            return result.json
        } catch {
            try await session.end()
            throw error
        }
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Replay.Report {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }
    }

    private func records(_ folder: TemporaryFolder) throws -> [JSONValue] {
        try folder.lines("data/actions.jsonl").map { try JSONValue(parsing: $0) }
    }

    @Test("A confirmed action is sent as it was shown, watched to its end, and kept; a replay sends nothing")
    func confirmed() async throws {
        let folder = try TemporaryFolder(), stub = DefenderStub(), asked = Questions()
        // Capitals do not count.
        let result = try await act(stub, .typed("ws1.EXAMPLE.com"), in: folder, asked: asked)
        #expect(result["status"]?.string == "Succeeded")
        let looks = Array(repeating: "GET \(DefenderStub.origin)/api/machineactions/a-1", count: 3)
        #expect(stub.transport.lines == [Self.lookUp, Self.post] + looks)
        let body = #"{"Comment":"mail worm","IsolationType":"Full"}"#
        #expect(stub.transport.bodies == [body])
        let question = try #require(asked.all.first)
        #expect(question.target == "WS1.example.com")
        #expect(question.request.hasPrefix(Self.post + "\nAuthorization: Bearer [secret]\n"))
        #expect(question.request.hasSuffix("\n\n" + body))
        let kept = try records(folder)
        #expect(kept.map { $0["status"]?.string } == ["sending", "Succeeded"])
        #expect(kept[1].removing("revision") == result)
        #expect(result["asked"]?.text == #"{"command":"isolate","host":"ws1","scope":"Full","reason":"mail worm"}"#)
        #expect(result["confirmed"]?.text == #"{"by":"terminal","typed":"ws1.EXAMPLE.com","accepted":true}"#)
        #expect(result[path: "shown.body"]?.string == body)
        #expect(result[path: "answered.action.status"]?.string == "Succeeded")
        let sent = stub.transport.lines.count
        #expect(try await verify(folder).compared == 1)
        #expect(stub.transport.lines.count == sent)
        for file in ["data/actions.jsonl", "sessions/test.jsonl"] { #expect(try !folder.text(file).contains("CANARY")) }
    }

    @Test("Without the target's name nothing but the look-up is sent, and that is kept too", arguments: [
        (.typed("ws1"), .failed, "not confirmed: `ws1` is not `WS1.example.com`, so nothing was sent"),
        (.typed("WS1.example.com "), .failed, "not confirmed: `WS1.example.com ` is not `WS1.example.com`, so nothing was sent"),
        (.typed(""), .failed, "not confirmed, so nothing was sent"),
        (.endOfInput, .failed, "not confirmed, so nothing was sent"),
        (.given("ws2.example.com"), .failed, "not confirmed: `ws2.example.com` is not `WS1.example.com`, so nothing was sent"),
        (.unavailable, .failed, "there is no terminal to confirm the action at, so nothing was sent"),
        (.interrupted, .interrupted, "interrupted before the confirmation, so nothing was sent"),
    ] as [(ConfirmationAnswer, Diagnostic.Kind, String)])
    func notConfirmed(answer: ConfirmationAnswer, kind: Diagnostic.Kind, problem: String) async throws {
        let folder = try TemporaryFolder(), stub = DefenderStub()
        let fault = await #expect(throws: Diagnostic.self) { _ = try await act(stub, answer, in: folder) }
        #expect(fault?.problem == problem)
        #expect(fault?.kind == kind)
        #expect(stub.transport.lines == [Self.lookUp])
        let kept = try records(folder)
        #expect(kept.map { $0["status"]?.string } == ["not_confirmed"])
        #expect(kept[0][path: "confirmed.accepted"]?.bool == false)
        #expect(kept[0]["shown"]?.isNull == false && kept[0]["answered"]?.isNull == true)
        #expect(kept[0]["problem"]?.string == problem)
        #expect(try await verify(folder).compared == (kind == .interrupted ? 0 : 1))
        #expect(stub.transport.lines == [Self.lookUp])
    }

    @Test("The record is on disk before the request leaves")
    func recordBeforeSending() async throws {
        let folder = try TemporaryFolder(), seen = Mutex<[String]>([])
        let stub = DefenderStub(onPost: {
            let text = (try? folder.text("data/actions.jsonl")) ?? ""
            seen.withLock { $0.append(text) }
        })
        _ = try await act(stub, in: folder)
        #expect(seen.withLock { $0 }.map { $0.contains(#""status":"sending""#) } == [true])
    }

    @Test("The other actions", arguments: [
        (.isolate(.selective), "isolate", #"{"Comment":"mail worm","IsolationType":"Selective"}"#),
        (.release, "unisolate", #"{"Comment":"mail worm"}"#),
        (.scan(.quick), "runAntiVirusScan", #"{"Comment":"mail worm","ScanType":"Quick"}"#),
        (.scan(.full), "runAntiVirusScan", #"{"Comment":"mail worm","ScanType":"Full"}"#),
    ] as [(DefenderAction, String, String)])
    func others(action: DefenderAction, path: String, body: String) async throws {
        let folder = try TemporaryFolder(), stub = DefenderStub()
        _ = try await act(stub, asking: ActionRequest(action, host: "ws1", reason: "mail worm"), in: folder)
        #expect(stub.transport.lines[1] == "POST \(DefenderStub.origin)/api/machines/\(DefenderStub.id)/\(path)")
        #expect(stub.transport.bodies == [body])
        #expect(try await verify(folder).compared == 1)
    }

    @Test("The reason defaults to the worst open incident's title, or else the session's name")
    func reason() async throws {
        let request = ActionRequest(.release, host: "ws1")
        let closed = Investigation.Operation.status(incident: "40e8", to: "closed")
        for (steps, reason) in [
            ([], "session test"), (steps, "Impossible travel between two countries: bob"), (steps + [closed], "session test"),
        ] {
            let folder = try TemporaryFolder(), stub = DefenderStub()
            _ = try await act(stub, asking: request, in: folder, after: steps)
            #expect(stub.transport.bodies == [#"{"Comment":"\#(reason)"}"#])
            #expect(try await verify(folder).compared == steps.count + 1)
        }
    }

    @Test("An action that runs already is watched, one of another kind is only told", arguments: [
        (DefenderStub.action("InProgress"), "Succeeded", true), (DefenderStub.action("InProgress", type: "scan"), "already_running", false),
        ("", "already_running", false),
    ])
    func alreadyRunning(running: String, status: String, follows: Bool) async throws {
        let refusal = #"{"error":{"code":"ActiveRequestAlreadyExists","message":"Action is already in progress"}}"#
        let folder = try TemporaryFolder(), stub = DefenderStub(posted: (400, refusal), running: running)
        let result = try await act(stub, in: folder)
        #expect(result["status"]?.string == status)
        #expect(stub.transport.lines.contains { $0.hasSuffix("/machineactions/a-1") } == follows)
        #expect(stub.transport.bodies.count == 1)
        #expect(try await verify(folder).compared == 1)
    }

    @Test("What fails on the way is kept with its reason, and a replay fails alike", arguments: [
        (403, #"{"error":{"code":"Forbidden","message":"x"}}"#, "Defender does not let this identity isolate machines"),
        (503, "", "Defender failed (status 503)"),
        (200, "{}", "Defender accepted the request (status 200), but its answer names no action on that machine"),
    ])
    func failed(status: Int, body: String, problem: String) async throws {
        let folder = try TemporaryFolder(), stub = DefenderStub(posted: (status, body))
        let fault = await #expect(throws: Diagnostic.self) { _ = try await act(stub, in: folder) }
        #expect(fault?.problem.hasPrefix(problem) == true)
        let kept = try records(folder)
        #expect(kept.map { $0["status"]?.string } == ["sending", "failed"])
        #expect(kept[1]["problem"]?.string?.hasPrefix(problem) == true)
        #expect(stub.transport.bodies.count == 1)
        #expect(try await verify(folder).compared == 1)
    }

    @Test("A host that is not there is kept as failed, and nobody is asked")
    func unknownHost() async throws {
        let folder = try TemporaryFolder(), stub = DefenderStub(), asked = Questions()
        let request = ActionRequest(.release, host: "db9", reason: "x")
        await #expect(throws: Diagnostic.self) { _ = try await act(stub, asking: request, in: folder, asked: asked) }
        #expect(asked.all.isEmpty && stub.transport.bodies.isEmpty)
        let kept = try records(folder)
        #expect(kept.map { $0["status"]?.string } == ["failed"])
        #expect(kept[0]["shown"]?.isNull == true && kept[0]["machine"]?.isNull == true)
        #expect(try await verify(folder).compared == 1)
    }

    @Test("An action that Defender could not do is a result with Defender's word for it")
    func failedInDefender() async throws {
        let folder = try TemporaryFolder()
        #expect(try await act(DefenderStub(ending: "TimeOut"), in: folder)["status"]?.string == "TimeOut")
        let again = try await session("test", in: folder)
        _ = try await again.restore(from: SavedSession(path: folder.path + "/sessions/test.jsonl"))
        #expect(await again.state.actions.map { $0["status"]?.string } == ["TimeOut"])
    }

    @Test("Ctrl-C while watching ends the watching: what was last known is kept, and nothing more is asked")
    func stopped() async throws {
        let folder = try TemporaryFolder(), stub = DefenderStub()
        let session = try await session(in: folder, services: stub.services)
        var watch = watch(.typed("ws1.example.com"))
        watch.onAction = { _ in withUnsafeCurrentTask { $0?.cancel() } }
        let watching = watch
        let task = Task { try await session.perform(.act(Self.isolate), words: ["x"], watch: watching) }
        let fault = await #expect(throws: Diagnostic.self) { _ = try await task.value }
        #expect(fault?.kind == .interrupted)
        #expect(fault?.problem == "stopped watching action a-1, last seen Pending")
        #expect(stub.transport.lines.count == 3)
        #expect(try records(folder).map { $0["status"]?.string } == ["sending", "Pending"])
        try await session.end()
        #expect(try await verify(folder).skipped == ["isolate was interrupted"])
    }

    @Test("A changed record of the request, the confirmation or the answer is a difference or a broken chain")
    func changed() async throws {
        let folder = try TemporaryFolder()
        _ = try await act(DefenderStub(), in: folder)
        let text = try folder.text("sessions/test.jsonl")
        for (old, new) in [("mail worm", "mail warm"), (#""typed":"WS1.example.com""#, #""typed":"WS2.example.com""#)] {
            _ = try folder.write(text.replacing(old, with: new), to: "sessions/test.jsonl")
            let fault = await #expect(throws: Diagnostic.self) { _ = try await verify(folder) }
            #expect(fault?.kind == .difference)
        }
    }
}

/// The questions that were asked.
final class Questions: Sendable {
    private let list = Mutex<[ConfirmationQuestion]>([])

    var all: [ConfirmationQuestion] { list.withLock { $0 } }

    func add(_ question: ConfirmationQuestion) { list.withLock { $0.append(question) } }
}
