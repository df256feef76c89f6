import Diagnostics
import Tables
import Testing

@testable import Connectors

@Suite("Polling fetches", .timeLimit(.minutes(10)))
struct PollingFetchTests {
    private let first = line(since: "2026-11-20T10:00:00Z")
    private let query = OktaLogQuery(since: at("10:00:00"))

    @Test("Without an end it reads in the order of storing, and stops on the empty page")
    func untilEmpty() async throws {
        let events = [event("a", "10:00:05"), event("late", "10:00:01"), event("b", "10:00:09")]
        let bench = try Bench(OktaLogSimulation(events))
        let report = await bench.fetch(query)
        #expect(bench.server.lines == [first, first + "&after=3"])
        #expect(bench.heard.events == events.map(\.json))
        #expect(report.stopped == nil)
        #expect(report.counts(\.pages, \.events) == [2, 3])
        #expect(report.newest == at("10:00:09"))
    }

    @Test("No start is seven days before now")
    func defaultStart() async throws {
        let bench = try Bench(OktaLogSimulation([]))
        await bench.fetch(OktaLogQuery())
        #expect(bench.server.lines == [line(since: "2026-11-14T00:00:00Z")])
    }

    @Test("Following waits on an empty page, asks the same URL again, and ends when it is cancelled")
    func follow() async throws {
        let log = OktaLogSimulation(
            [event("a", "10:00:05")], late: [(after: 3, event: event("late", "10:00:01"))])
        let bench = try Bench(log, clock: TestClock(patience: 3))
        let report = await bench.fetch(query, follow: true)
        #expect(
            bench.server.lines == [
                first, first + "&after=1", first + "&after=1", first + "&after=1", first + "&after=2",
                first + "&after=2",
            ])
        #expect(bench.heard.events == [event("a", "10:00:05").json, event("late", "10:00:01").json])
        #expect(bench.clock.waits == [30, 30, 30])
        #expect(report.stopped == .interrupted)
        #expect(report.counts(\.events, \.waits) == [2, 0])
    }

    @Test("A query with an end cannot be followed")
    func endless() async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let report = await bench.fetch(hour, follow: true)
        #expect(
            report.stopped?.rendered
                == "error: a fetch with an end cannot be followed\n  Leave out --until, or --follow")
        #expect(bench.server.lines == [])
    }

    @Test("When Okta needs too long, pages are halved; `next` is otherwise as it was sent")
    func smallerPages() async throws {
        let log = OktaLogSimulation((0..<300).map { event("u\($0)", "10:00:\(10 + $0 / 10)") }, page: 250)
        let bench = try Bench(log)
        let report = await bench.fetch(query)
        let smaller = first.replacing("limit=1000", with: "limit=250")
        #expect(
            bench.server.lines == [
                first, first.replacing("limit=1000", with: "limit=500"), smaller, smaller + "&after=250",
                smaller + "&after=300",
            ])
        #expect(report.counts(\.events, \.duplicates) == [300, 0])
    }

    @Test("Pages are not halved below ten")
    func smallestPage() async throws {
        let bench = try Bench(OktaLogSimulation([], page: 9))
        let report = await bench.fetch(query)
        #expect(bench.server.requests.map { $0.query["limit"] } == ["1000", "500", "250", "125", "62", "31", "15"])
        #expect(
            report.stopped?.problem
                == "Okta took too long even for the smallest page (E0000009): The query took too long; simplify it")
    }

    @Test("A page without `next` ends the fetch and says so")
    func noNext() async throws {
        let bench = try Bench(OktaServer([.page([#"{"uuid":"a"}"#])]))
        let report = await bench.fetch(query)
        #expect(
            report.stopped?.rendered
                == "error: Okta sent no `next` link to go on from\n"
                    + "  What was read is kept; run the command again to go on"
        )
        #expect(report.events == 1)
    }
}
