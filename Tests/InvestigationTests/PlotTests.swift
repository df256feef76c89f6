import Diagnostics
import Foundation
import Investigation
import JSON
import Pipeline
import Testing

@Suite("Numbers to draw")
struct PlotTests {
    private static let log = """
        08:00:00 ann 192.0.2.1 user.session.start FAILURE
        08:30:00 ann 192.0.2.1 user.session.start DENY
        10:00:00 bo 192.0.2.2 user.session.start FAILURE
        10:59:59 bo 192.0.2.2 user.session.start SUCCESS
        11:00:00 - - system.import.start SUCCESS
        - cy 192.0.2.2 user.session.start SUCCESS
        """

    /// `192.0.2.1 2` and `08:00:00 2`.
    private static func rows(_ what: String, _ unit: TimeUnit? = nil, _ filter: EventFilter = EventFilter(limit: 20)) async throws -> [String] {
        let request = try PlotRequest(what: what, unit: unit, filter: filter)
        return try await StoryLog.result(of: .plot(request), in: Self.log).json.array?.map { row in
            let name = row["value"]?.string ?? row["time"]?.string.map { String($0.dropFirst(11).prefix(5)) } ?? "?"
            return "\(name) \(row["count"]?.integer ?? 0)"
        } ?? []
    }

    @Test("A bar for each value, the longest first, equal ones by name", arguments: [
        ("failures", ["ann@example.com 2", "bo@example.com 1"]),
        ("types", ["user.session.start 5", "system.import.start 1"]),
        ("client.ipAddress", ["192.0.2.2 3", "192.0.2.1 2"]),
        ("CLIENT_ipaddress", ["192.0.2.2 3", "192.0.2.1 2"]),
        ("outcome.result", ["SUCCESS 3", "FAILURE 2", "DENY 1"]),
        ("countries", []),
    ])
    func bars(what: String, expected: [String]) async throws { #expect(try await Self.rows(what) == expected) }

    @Test("Over time every hour counts, those without events too", arguments: [
        (TimeUnit.hour, EventFilter(), ["08:00 2", "09:00 0", "10:00 2", "11:00 1"]),
        (nil, EventFilter(actor: "00ubo"), ["10:00 1"] + (1...58).map { "10:\($0 < 10 ? "0" : "")\($0) 0" } + ["10:59 1"]),
        (.day, EventFilter(), ["00:00 5"]),
        (.hour, EventFilter(ipAddress: "192.0.2.1"), ["08:00 2"]),
        (.hour, EventFilter(since: "2025-11-12T10:30Z"), ["10:00 1", "11:00 1"]),
        (.hour, EventFilter(eventType: "no.such"), []),
    ] as [(TimeUnit?, EventFilter, [String])])
    func columns(unit: TimeUnit?, filter: EventFilter, expected: [String]) async throws {
        #expect(try await Self.rows("events", unit, filter) == expected)
    }

    @Test("What is left out is counted, and the limit is one of bars")
    func figures() async throws {
        let request = try PlotRequest(what: "client.ipAddress", filter: EventFilter(limit: 1))
        guard case .plot(let outcome) = try await StoryLog.result(of: .plot(request), in: Self.log),
            case .bars(let bars, let distinct) = outcome.figures
        else { throw Diagnostic("no plot", remedy: "") }
        #expect(bars.map(\.value) == ["192.0.2.2"] && distinct == 2)
        #expect(outcome.matching == 6 && outcome.without == 1 && outcome.loaded == 6)
        guard case .plot(let hours) = try await StoryLog.result(of: .plot(try PlotRequest(what: "events")), in: Self.log) else { return }
        #expect(hours.without == 1)
    }

    @Test("A bar of an actor names its id, which `entity` takes")
    func ids() async throws {
        let json = try await StoryLog.result(of: .plot(try PlotRequest(what: "failures")), in: Self.log).json
        #expect(json.array?.first == ["value": "ann@example.com", "count": 2, "id": "00uann"])
    }

    @Test("What cannot be drawn", arguments: [
        ("evnts", nil, "`evnts` is nothing to plot", "Did you mean `events`?"),
        ("client_ip", nil, "`client_ip` is nothing to plot", "Did you mean `client.ipAddress`?"),
        (
            "session", nil, "`session` is nothing to plot",
            "Use events, failures, countries, types, or a column such as authenticationContext.externalSessionId, "
                + "authenticationContext.rootSessionId"
        ),
        ("types", .hour, "--by belongs to `plot events`", "Leave it out: `plot types` has a bar for each value"),
    ] as [(String, TimeUnit?, String, String)])
    func mistakes(what: String, unit: TimeUnit?, problem: String, remedy: String) {
        #expect(throws: Diagnostic(problem, remedy: remedy, kind: .usage)) { _ = try PlotRequest(what: what, unit: unit) }
    }

    @Test("Nobody looks at a million columns; a date of another age is still to be seen")
    func ages() async throws {
        let log = """
            {"uuid":"a","published":"1970-01-01T00:00:00Z","eventType":"t"}
            {"uuid":"b","published":"9999-12-31T00:00:00Z","eventType":"t"}
            """
        let fault = await StoryLog.fault(of: .plot(try PlotRequest(what: "events", unit: .minute)), in: log)
        #expect(fault == Diagnostic(
            "a column for each minute from 1970-01-01 to 9999-12-31 would be more than 20000 of them",
            remedy: "Name a shorter time with --since and --until, or a longer --by", kind: .usage))
        let rows = try await StoryLog.result(of: .plot(try PlotRequest(what: "events")), in: log).json.array ?? []
        #expect(rows.count < 20_000 && rows.first?["count"] == 1 && rows.last?["count"] == 1)
    }
}

@Suite("Stories in the record")
struct StoryReplayTests {
    private static let operations: [Investigation.Operation] = [
        .timeline(of: nil, EventFilter()), .timeline(of: "bob", EventFilter(since: "24h", until: "now", limit: 3)), .entity("bob"),
    ]

    @Test("Every operation is the same after the transcript")
    func roundTrip() throws {
        let plot = try PlotRequest(what: "events", unit: .day, filter: EventFilter(actor: "bob", limit: 7))
        for operation in Self.operations + [.plot(plot), .plot(try PlotRequest(what: "client_ipAddress"))] {
            #expect(try Investigation.Operation(json: operation.json) == operation)
        }
    }

    @Test("A replay gives the same stories, the failed look-up among them")
    func replay() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        for step in [.ingest(.init(paths: [demo])), .run(maxModelCalls: 0)] + Self.operations {
            _ = try await session.perform(step, words: [step.name])
        }
        for what in ["events", "failures", "countries"] {
            _ = try await session.perform(.plot(try PlotRequest(what: what)), words: ["plot"])
        }
        await #expect(throws: Diagnostic.self) { _ = try await session.perform(.entity("nobody"), words: ["entity"]) }
        try await session.end()
        let saved = try SavedSession(path: folder.path + "/sessions/test.jsonl")
        let report = try await Replay(saved).verify { ModelAnalyst(model: $0) }
        #expect(report.compared == 9 && report.skipped.isEmpty)
    }

    @Test("A cancelled story is interrupted, and the session goes on")
    func cancelled() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        for operation in [.plot(try PlotRequest(what: "types")), .entity("bob"), .timeline(of: "bob", EventFilter())] as [Investigation.Operation] {
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await session.perform(operation, words: [operation.name])
            }
            let fault = await #expect(throws: Diagnostic.self) { _ = try await task.value }
            #expect(fault?.kind == .interrupted, "\(operation.name)")
        }
        _ = try await session.perform(.entity("bob"), words: ["entity"])
    }
}
