import JSON
import Testing

@testable import Connectors

@Suite("Actions that run already", .timeLimit(.minutes(5)))
struct DefenderRunningTests {
    private static let busy = OktaServer.Reply.fault(400, "ActiveRequestAlreadyExists", "Action is already in progress")

    @Test(
        "Defender's refusal is understood by its code and by its words, and the running action is found",
        arguments: [
            busy, .fault(400, "BadRequest", "Action is already in progress"),
            .fault(400, "ActiveRequestAlreadyExists", ""),
        ])
    func found(reply: OktaServer.Reply) async throws {
        let actions = DefenderSimulation(
            [],
            actions: [
                DefenderSimulation.action("Succeeded", id: "done", created: "2026-11-21T00:00:00Z"),
                DefenderSimulation.action("Pending", id: "other-type", type: "runAntiVirusScan"),
                DefenderSimulation.action("Pending", id: "older", created: "2026-11-19T00:00:00Z"),
                DefenderSimulation.action("InProgress", id: "newest", created: "2026-11-20T00:00:00Z"),
                DefenderSimulation.action("Pending", id: "other-machine", on: DefenderSimulation.id(2)),
            ])
        let bench = try DefenderBench(
            OktaServer { request, _ in request.method == "POST" ? reply : actions.answer(request) })
        guard case .alreadyRunning(let running) = try await bench.service.send(bench.request()) else {
            return #expect(Bool(false), "started")
        }
        #expect(running?.id == "newest")
        #expect(bench.server.requests.map(\.method) == ["POST", "GET"])
        #expect(bench.server.requests.last?.query["$filter"] == "machineId eq '\(DefenderSimulation.id(1))'")
    }

    @Test("Where the running action cannot be found, it is running all the same")
    func notFound() async throws {
        for reply in [OktaServer.Reply.fault(403, "Forbidden", "no"), OktaServer.Reply(body: "[]"), .none] {
            let bench = try DefenderBench(OktaServer { request, _ in request.method == "POST" ? Self.busy : reply })
            #expect(try await bench.service.send(bench.request()) == .alreadyRunning(nil))
        }
    }

    @Test(
        "An answer with an action that is older than the request is the one that runs already",
        arguments: [("2026-11-21T00:00:00Z", false), ("2026-11-20T23:59:30Z", false), ("2026-11-20T23:00:00Z", true)])
    func pending(created: String, isRunning: Bool) async throws {
        let body = DefenderSimulation.action("Pending", created: created).text
        let reply = OktaServer.Reply(status: 201, headers: [("Date", "Sat, 21 Nov 2026 00:00:01 GMT")], body: body)
        let bench = try DefenderBench(OktaServer([reply]))
        let action = try #require(DefenderMachineAction(JSONValue(parsing: body)))
        let outcome = try await bench.service.send(bench.request())
        #expect(outcome == (isRunning ? .alreadyRunning(action) : .started(action)))
    }
}
