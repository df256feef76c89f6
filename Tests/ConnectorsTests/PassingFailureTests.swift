import Diagnostics
import HTTP
import Testing

@testable import Connectors

@Suite("Passing failures", .timeLimit(.minutes(10)))
struct PassingFailureTests {
    private let page = OktaServer.Reply.page([#"{"uuid":"a"}"#])

    @Test(
        "Failures of the server and of the connection are tried again, three times in all",
        arguments: [
            (OktaServer.Reply(status: 503), "Okta failed (status 503)", "Okta failed (status 503)"),
            (
                OktaServer.Reply(status: 500, body: "<html>oops"), "Okta failed (status 500)",
                "Okta failed (status 500): (a web page)"
            ),
            (OktaServer.Reply(body: "[", ending: .cut), "URL cut its answer short", "URL cut its answer short"),
            (
                OktaServer.Reply(ending: .silent), "URL closed the connection before it answered",
                "URL closed the connection before it answered"
            ),
            (
                OktaServer.Reply(body: "[{"), "Okta sent a broken page",
                "URL sent something that is not a list of events: [{"
            ),
            (
                OktaServer.Reply(body: "<html>"), "Okta sent a broken page",
                "URL sent something that is not a list of events: (a web page)"
            ),
            (OktaServer.Reply(body: ""), "Okta sent a broken page", "URL sent something that is not a list of events"),
            (
                OktaServer.Reply(body: #"{"errorSummary":"no"}"#), "Okta sent a broken page",
                "URL sent something that is not a list of events: no"
            ),
        ])
    func retries(reply: OktaServer.Reply, reason: String, problem: String) async throws {
        let passing = try Bench(OktaServer([reply, reply, page]))
        let report = await passing.fetch(hour)
        #expect(report.stopped == nil)
        #expect(report.counts(\.requests, \.events, \.waits) == [3, 1, 2])
        #expect(passing.server.lines == [hourLine, hourLine, hourLine])
        #expect(passing.clock.waits == [0.5, 1])
        #expect(passing.heard.waits == [reason, reason].map { $0.replacing("URL", with: passing.server.url) })

        let lasting = try Bench(OktaServer([reply]))
        let failed = await lasting.fetch(hour)
        #expect(failed.stopped?.problem == problem.replacing("URL", with: lasting.server.url))
        #expect(failed.stopped?.kind == .unavailable)
        #expect(lasting.server.lines == [hourLine, hourLine, hourLine])
    }

    @Test("`Retry-After` is the least that is waited")
    func retryAfter() async throws {
        let bench = try Bench(OktaServer([OktaServer.Reply(status: 503, headers: [("Retry-After", "9")]), page]))
        await bench.fetch(hour)
        #expect(bench.clock.waits == [9])
    }

    @Test("A body that stops coming is given up after the idle limit")
    func idle() async throws {
        let held = OktaServer.Reply(body: "[", ending: .held)
        let bench = try Bench(OktaServer([held]), attempts: 2, limits: HTTPLimits(idle: .milliseconds(50)))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == "\(bench.server.url) stopped sending for 50 ms")
        #expect(bench.server.lines == [hourLine, hourLine])
    }

    @Test("A body without end is given up after the size limit")
    func size() async throws {
        let large = OktaServer.Reply(body: "[" + String(repeating: " ", count: 5000))
        let bench = try Bench(OktaServer([large]), attempts: 1, limits: HTTPLimits(maxBody: 4000))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == "\(bench.server.url) sent more than 4000 bytes")
    }

    @Test("Nobody there")
    func refused() async throws {
        // Port 1 is nobody's; that of a stopped server may be another test's by then.
        let bench = try Bench(OktaServer([page]), url: "http://127.0.0.1:1")
        let report = await bench.fetch(hour)
        #expect(
            report.stopped?.rendered == "error: http://127.0.0.1:1 refused the connection\n"
                + "  Check OKTA_ORG_URL and the network; `config` shows the addresses in use")
        #expect(bench.clock.waits == [0.5, 1])
    }

    @Test("Offline, nothing is tried again")
    func offline() async throws {
        let clock = TestClock()
        let log = OktaSystemLog(
            organization: try OktaOrganization(url: "https://example.okta.com"), credentials: .apiToken("00token"),
            transport: OfflineTransport(), manner: OktaFetchManner(retries: RetryPolicy(clock: clock.retryClock)))
        let report = await log.fetch(hour)
        #expect(report.stopped?.problem == "this session is offline, so https://example.okta.com was not asked")
        #expect(report.requests == 1)
        #expect(clock.waits == [])
    }

    @Test("A task that is cancelled already asks nothing")
    func cancelledBefore() async throws {
        let bench = try Bench(OktaServer([page]))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await bench.fetch(hour)
        }
        task.cancel()
        #expect(await task.value.stopped == .interrupted)
        #expect(bench.server.lines == [])
    }

    @Test("Cancelling breaks a transfer, and what was read before stands")
    func cancel() async throws {
        let (asked, arrived) = AsyncStream<Void>.makeStream()
        let server = try OktaServer { request, index in
            if index == 1 { arrived.yield() }
            return index == 0
                ? .page([#"{"uuid":"a"}"#], links: ["next": "http://\(request.headers["host"] ?? "")/api/v1/logs?n=1"])
                : OktaServer.Reply(body: "[", ending: .held)
        }
        let folder = try TestFolder(), bench = try Bench(server)
        let task = Task { await bench.fetch(hour, spool: OktaSpool(folder: folder.path)) }
        for await _ in asked { break }
        task.cancel()
        let report = await task.value
        #expect(report.stopped == .interrupted)
        #expect(report.events == 1)
        #expect(try folder.text(#require(folder.names.first)) == #"{"uuid":"a"}"# + "\n")
    }
}
