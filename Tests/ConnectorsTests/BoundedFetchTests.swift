import Diagnostics
import Tables
import Testing

@testable import Connectors

@Suite("Bounded fetches", .timeLimit(.minutes(10)))
struct BoundedFetchTests {
    @Test("All pages of a window are read once, in order, to the spool and to the caller")
    func pages() async throws {
        let events = (0..<2500).map { event("u\($0)", "10:\(10 + $0 / 60 % 49):\(10 + $0 % 49)") }
        let folder = try TestFolder(), bench = try Bench(OktaLogSimulation(events))
        let spool = OktaSpool(folder: folder.path + "/events", clock: bench.clock.retryClock, suffix: { "0123abcd" })
        let report = await bench.fetch(hour, spool: spool)
        #expect(report.stopped == nil)
        #expect(bench.server.lines == [hourLine, hourLine + "&after=1000", hourLine + "&after=2000"])
        let expected = events.sorted { $0.published < $1.published }.map(\.json)
        #expect(bench.heard.events == expected)
        #expect(
            try folder.text("events/okta-20261121T000000Z-0123abcd.ndjson") == expected.joined(separator: "\n") + "\n")
        #expect(report.spool == folder.path + "/events/okta-20261121T000000Z-0123abcd.ndjson")
        #expect(report.counts(\.requests, \.pages, \.events, \.duplicates, \.waits) == [3, 3, 2500, 0, 0])
        #expect(report.newest == events.map(\.published).max())
        #expect(report.notices == [])
    }

    @Test("The request carries the token, the filter and nothing else of the user's")
    func request() async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let query = OktaLogQuery(
            since: at("10:00:00.5"), until: at("11:00:00"), filter: #"actor.id eq "a+b" and outcome.result co "ä""#)
        await bench.fetch(query)
        let request = try #require(bench.server.requests.first)
        #expect(
            request.line
                == line(
                    since: "2026-11-20T10:00:00.500Z", until: "2026-11-20T11:00:00Z",
                    rest: "&filter=actor.id%20eq%20%22a%2Bb%22%20and%20outcome.result%20co%20%22%C3%A4%22"))
        #expect(
            request.headers == [
                "host": String(bench.server.url.dropFirst(7)), "accept": "application/json", "user-agent": "watchfloor",
                "authorization": "SSWS 00token",
            ])
        #expect(request.body == "")
    }

    @Test("Fractions finer than Okta's milliseconds widen the window; no start is seven days before the end")
    func bounds() async throws {
        let bench = try Bench(OktaLogSimulation([]))
        await bench.fetch(OktaLogQuery(since: at("10:00:00.1234567"), until: at("11:00:00.1234567")))
        await bench.fetch(OktaLogQuery(until: at("11:00:00")))
        #expect(
            bench.server.lines == [
                line(since: "2026-11-20T10:00:00.123Z", until: "2026-11-20T11:00:00.124Z"),
                line(since: "2026-11-13T11:00:00Z", until: "2026-11-20T11:00:00Z"),
            ])
    }

    @Test(
        "`next` is found in every form of `Link`, and followed verbatim",
        arguments: [
            [("Link", #"<URL?x=%2f&a=1,2>; rel="next""#)],
            [("Link", #"<URL>; rel="self""#), ("link", #"<URL?x=%2f&a=1,2>;rel=next"#)],
            [("LINK", #"<URL>; rel="self", <URL?x=%2f&a=1,2>; title="a, <b>; rel=\"x\""; rel="last next""#)],
        ])
    func links(headers: [(String, String)]) async throws {
        let server = try OktaServer { request, index in
            let url = "http://\(request.headers["host"] ?? "")/api/v1/logs"
            let links = headers.map { ($0.0, $0.1.replacing("URL", with: url)) }
            return OktaServer.Reply(headers: index == 0 ? links : [], body: #"[{"uuid":"\#(index)"}]"#)
        }
        let bench = try Bench(server)
        let report = await bench.fetch(hour)
        #expect(server.lines == [hourLine, "GET /api/v1/logs?x=%2f&a=1,2"])
        #expect(report.events == 2)
    }

    @Test("An event that comes again on another page is dropped; one without a uuid is kept")
    func duplicates() async throws {
        let a = #"{"uuid":"a"}"#, b = #"{"uuid":"b"}"#, none = #"{"x":1}"#
        let server = try OktaServer { request, index in
            let next = "http://\(request.headers["host"] ?? "")/api/v1/logs?page=\(index + 1)"
            return .page([[a, b, none], [b, none], [a]][index], links: index < 2 ? ["next": next] : [:])
        }
        let report = try await Bench(server).fetch(hour)
        #expect(report.counts(\.pages, \.events, \.duplicates) == [3, 4, 2])
        #expect(server.lines == [hourLine, "GET /api/v1/logs?page=1", "GET /api/v1/logs?page=2"])
    }

    @Test("What is no event is reported and skipped, and its neighbours are kept")
    func elements() async throws {
        let server = try OktaServer([
            OktaServer.Reply(body: #" [ {"uuid":"a","x":[1, "],{"]} ,7,{"uuid":tru},null,{"uuid":"b"} ] "#)
        ])
        let bench = try Bench(server)
        let report = await bench.fetch(hour)
        #expect(bench.heard.events == [#"{"uuid":"a","x":[1, "],{"]}"#, #"{"uuid":"b"}"#])
        #expect(report.rejected == 3)
        #expect(
            report.problems.map(\.problem) == [
                "element 2 of page 1 is no event: it is a number",
                "element 3 of page 1 is no event: it is not JSON: the JSON has a word that is not true, false or "
                    + "null, at byte 8",
                "element 4 of page 1 is no event: it is null",
            ])
        #expect(report.stopped == nil)
    }

    @Test("A window that ends now is read to its end, then its last ten minutes once more")
    func lateEvents() async throws {
        let log = OktaLogSimulation(
            [event("early", "23:00:00"), event("recent", "23:52:00")],
            late: [(after: 1, event: event("late", "23:51:00"))])
        let bench = try Bench(log)
        let report = await bench.fetch(OktaLogQuery(since: at("22:00:00"), until: TestClock.start))
        #expect(
            bench.server.lines == [
                line(since: "2026-11-20T22:00:00Z", until: "2026-11-21T00:00:00Z"),
                line(since: "2026-11-20T23:50:00Z", until: "2026-11-21T00:00:00Z"),
            ])
        #expect(report.counts(\.events, \.duplicates) == [3, 1])
        #expect(
            report.notices.map(\.rendered) == [
                "error: the window ends only now, and Okta may still add events to its last minutes\n"
                    + "  Fetch the last minutes again later, or use --follow, which misses none"
            ])
    }

    @Test("A short window that ends now may be the same twice", arguments: [("23:55:00", 2), ("23:49:59", 1)])
    func shortWindow(until: String, requests: Int) async throws {
        let bench = try Bench(OktaLogSimulation([event("a", "23:49:00")]))
        let report = await bench.fetch(OktaLogQuery(since: at("23:45:00"), until: at(until)))
        #expect(report.stopped == nil)
        #expect(bench.server.lines.count == requests)
    }
}
