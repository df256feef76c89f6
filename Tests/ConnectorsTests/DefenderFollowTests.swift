import Diagnostics
import JSON
import Synchronization
import Testing

@testable import Connectors

@Suite("Watching actions", .timeLimit(.minutes(5)))
struct DefenderFollowTests {
    private static func action(_ status: String) throws -> DefenderMachineAction {
        try #require(DefenderMachineAction(DefenderSimulation.action(status)))
    }

    /// What `watch` was told.
    private final class Watched: Sendable {
        private let state = Mutex<[String]>([])
        var statuses: [String] { state.withLock { $0 } }
        func take(_ action: DefenderMachineAction) { state.withLock { $0.append(action.status.name) } }
    }

    @Test(
        "An action is watched to its end, whatever that is",
        arguments: [
            (["Succeeded"], ["Succeeded"]), (["Pending", "InProgress", "Failed"], ["Pending", "InProgress", "Failed"]),
            (["InProgress", "TimeOut"], ["InProgress", "TimeOut"]), (["cancelled"], ["Cancelled"]),
            (["Simmering", "Succeeded"], ["Simmering", "Succeeded"]),
        ])
    func end(states: [String], seen: [String]) async throws {
        let bench = try DefenderBench(DefenderSimulation([], states: states)), watched = Watched()
        let last = try await bench.service.follow(Self.action("Pending")) { watched.take($0) }
        #expect(watched.statuses == seen)
        #expect(last.status.name == seen.last)
        #expect(bench.server.lines == states.map { _ in "GET /api/machineactions/a-1" })
        #expect(bench.clock.waits == states.map { _ in 10 })
    }

    @Test("An action that has ended costs no request", arguments: ["Succeeded", "Failed", "TimeOut", "Cancelled"])
    func ended(status: String) async throws {
        let bench = try DefenderBench(DefenderSimulation([]))
        #expect(try await bench.service.follow(Self.action(status)).status.name == status)
        #expect(bench.server.requests.isEmpty)
    }

    @Test("After the time limit the action is left to itself")
    func limit() async throws {
        let bench = try DefenderBench(DefenderSimulation([], states: ["InProgress"]), timeLimit: .seconds(35))
        let error = await diagnostic { try await bench.service.follow(Self.action("Pending")) }
        #expect(error?.problem == "action a-1 is still InProgress after 35 s")
        #expect(error?.remedy == "The action goes on without this program; see Defender's Action center")
        #expect(bench.clock.waits == [10, 10, 10, 10])
    }

    @Test("Passing failures do not end the watch; five in a row do")
    func passing() async throws {
        let done = OktaServer.Reply(body: DefenderSimulation.action("Succeeded").text)
        let failing = OktaServer.Reply.fault(500, "InternalServerError", "oops")
        let bench = try DefenderBench(OktaServer([failing, failing, failing, failing, done]))
        #expect(try await bench.service.follow(Self.action("Pending")).status == .succeeded)
        let lasting = try DefenderBench(OktaServer([failing]))
        let error = await diagnostic { try await lasting.service.follow(Self.action("Pending")) }
        #expect(
            error?.problem == "action a-1 was started, but its state cannot be read: Defender failed (status 500): "
                + "oops (correlation id c-1)")
        #expect(lasting.server.requests.count == 5)
    }

    @Test(
        "A refusal or an answer about something else ends the watch, not the action",
        arguments: [
            (OktaServer.Reply.fault(403, "Forbidden", "no"), "does not let this identity read the action's state"),
            (.none, "Defender has nothing under that address (status 404)"),
            (OktaServer.Reply(body: DefenderSimulation.action("Succeeded", id: "b-2").text), "is not the action"),
            (OktaServer.Reply(body: "{}"), "is not the action"),
        ])
    func lost(reply: OktaServer.Reply, problem: String) async throws {
        let bench = try DefenderBench(OktaServer([reply]))
        let error = await diagnostic { try await bench.service.follow(Self.action("Pending")) }
        #expect(error?.problem.hasPrefix("action a-1 was started, but its state cannot be read: ") == true)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "none")")
        #expect(error?.remedy.hasPrefix("The action goes on without this program") == true)
        #expect(bench.server.requests.count == 1)
    }

    @Test("Cancelling stops the watch between two looks and says where the action was")
    func cancelled() async throws {
        let simulation = DefenderSimulation([], states: ["InProgress"])
        let bench = try DefenderBench(
            OktaServer { request, _ in simulation.answer(request) }, clock: TestClock(patience: 2))
        let error = await diagnostic { try await bench.service.follow(Self.action("Pending")) }
        #expect(error?.problem == "stopped watching action a-1, last seen InProgress")
        #expect(error?.kind == .interrupted)
        #expect(bench.server.requests.count == 2)
    }

    @Test("Cancelling while an action is on its way says that it may have been received")
    func cancelledOnTheWay() async throws {
        let (asked, arrived) = AsyncStream<Void>.makeStream()
        let bench = try DefenderBench(
            OktaServer { _, _ in
                arrived.yield()
                return OktaServer.Reply(status: 201, body: "{", ending: .held)
            })
        let request = try bench.request()
        let task = Task { await diagnostic { try await bench.service.send(request) } }
        for await _ in asked { break }
        task.cancel()
        let error = await task.value
        #expect(
            error?.rendered == "error: interrupted while the request was on its way, so it may have been received\n"
                + "  Look in Defender's Action center before you send it again")
        #expect(error?.kind == .interrupted)
        #expect(bench.server.requests.count == 1)
    }
}
