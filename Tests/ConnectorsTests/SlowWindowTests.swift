import Diagnostics
import Tables
import Testing

@testable import Connectors

@Suite("Bounded fetches that Okta cannot answer in time", .timeLimit(.minutes(10)))
struct SlowWindowTests {
    @Test("The window is halved until Okta answers, and no event is lost or doubled")
    func halves() async throws {
        let events = [
            event("a", "10:00:00"), event("b", "10:29:59.999"), event("c", "10:30:00"), event("d", "10:59:59"),
        ]
        let bench = try Bench(OktaLogSimulation(events, window: 1900))
        let report = await bench.fetch(hour)
        #expect(
            bench.server.lines == [
                hourLine,
                line(since: "2026-11-20T10:00:00Z", until: "2026-11-20T10:30:00Z"),
                line(since: "2026-11-20T10:29:59.999Z", until: "2026-11-20T11:00:00Z"),
            ])
        #expect(bench.heard.events == events.map(\.json))
        #expect(report.counts(\.events, \.duplicates) == [4, 1])
        #expect(bench.clock.waits == [])
    }

    @Test("Halves are halved again, the earlier first")
    func quarters() async throws {
        let bench = try Bench(OktaLogSimulation([event("a", "10:07:00"), event("b", "10:50:00")], window: 901))
        let report = await bench.fetch(hour)
        let windows = bench.server.requests.map { request in
            [request.query["since"], request.query["until"]].map { String(($0 ?? "").dropFirst(11)) }.joined(
                separator: " ")
        }
        #expect(
            windows == [
                "10:00:00Z 11:00:00Z", "10:00:00Z 10:30:00Z", "10:00:00Z 10:15:00Z", "10:14:59.999Z 10:30:00Z",
                "10:29:59.999Z 11:00:00Z", "10:29:59.999Z 10:44:59.999Z", "10:44:59.998Z 11:00:00Z",
            ])
        #expect(bench.heard.events == [event("a", "10:07:00").json, event("b", "10:50:00").json])
        #expect(report.stopped == nil)
    }

    @Test("After some pages the rest goes on at the newest event")
    func rest() async throws {
        let log = OktaLogSimulation((0..<1500).map { event("u\($0)", "10:\(20 + $0 / 50):\(10 + $0 % 50)") })
        let server = try OktaServer { request, index in
            index == 1 ? .error(500, "E0000009", "too long") : log.answer(request)
        }
        let report = try await Bench(server).fetch(hour)
        #expect(
            server.lines == [
                hourLine, hourLine + "&after=1000",
                line(since: "2026-11-20T10:39:59Z", until: "2026-11-20T10:49:59.500Z"),
                line(since: "2026-11-20T10:49:59.499Z", until: "2026-11-20T11:00:00Z"),
            ])
        #expect(report.counts(\.events, \.duplicates) == [1500, 1])
    }

    @Test("A minute that is too long is the end, with what was read before")
    func shortest() async throws {
        let bench = try Bench(OktaLogSimulation([event("a", "10:00:10")], window: 40))
        let report = await bench.fetch(OktaLogQuery(since: at("10:00:00"), until: at("10:04:00")))
        #expect(bench.server.lines.count == 3)
        #expect(
            report.stopped?.rendered
                == "error: Okta took too long even for the window 2026-11-20T10:00:00Z to 2026-11-20T10:01:00Z "
                + "(E0000009): The query took too long; simplify it\n"
                + "  Simplify the filter, or try again when Okta is less busy"
        )
    }
}
