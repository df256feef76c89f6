import Diagnostics
import Tables
import Testing

@testable import Connectors

@Suite("Okta's limits", .timeLimit(.minutes(10)))
struct LimitTests {
    private static let used = "API call exceeded rate limit due to too many requests."

    private func refusal(_ headers: (String, String)...) -> OktaServer.Reply {
        .error(429, "E0000047", Self.used, headers: headers.map { ("X-Rate-Limit-\($0.0)", $0.1) })
    }

    private let page = OktaServer.Reply.page([#"{"uuid":"a"}"#])
    private var epoch: Int { Int(TestClock.start.ticks / Timestamp.ticksPerSecond) }

    @Test("A used-up limit is waited out to its reset by this computer's clock, and a second more")
    func reset() async throws {
        let bench = try Bench(
            OktaServer([refusal(("Limit", "120"), ("Remaining", "0"), ("Reset", "\(epoch + 41)")), page]))
        let report = await bench.fetch(hour)
        #expect(bench.clock.waits == [42])
        #expect(bench.server.lines == [hourLine, hourLine])
        #expect(report.counts(\.requests, \.pages, \.waits) == [2, 1, 1])
        #expect(report.secondsWaited == 42)
        #expect(report.organizationLimit == 120)
        #expect(bench.heard.waits == ["Okta's request limit is used up"])
    }

    @Test("The server's clock counts where the answer has a date")
    func serverClock() async throws {
        var reply = refusal(("Limit", "120"), ("Remaining", "0"), ("Reset", "1000000030"))
        reply.headers.append(("Date", "Sun, 09 Sep 2001 01:46:40 GMT"))  // 1,000,000,000 s
        let bench = try Bench(OktaServer([reply, page]))
        await bench.fetch(hour)
        #expect(bench.clock.waits == [31])
    }

    @Test(
        "Other forms of the refusal",
        arguments: [
            ("X-Rate-Limit-Reset: 1", 1.0), ("Retry-After: 7", 7), ("X: y", 60), ("X-Rate-Limit-Reset: soon", 60),
            ("X-Rate-Limit-Reset: -5", 60), ("X-Rate-Limit-Reset: 99999999999999999999", 60),
        ])
    func otherForms(header: String, wait: Double) async throws {
        let parts = header.split(separator: ": ").map(String.init), headers = [(parts[0], parts[1])]
        let bench = try Bench(OktaServer([OktaServer.Reply(status: 429, headers: headers, body: "<html>"), page]))
        await bench.fetch(hour)
        #expect(bench.clock.waits == [wait])
    }

    @Test("Too many at once is answered by short waits that grow, whatever the reset says")
    func concurrency() async throws {
        let busy = refusal(("Limit", "0"), ("Remaining", "0"), ("Reset", "\(epoch + 3600)"))
        let bench = try Bench(OktaServer([busy, busy, busy, page]))
        let report = await bench.fetch(hour)
        #expect(bench.clock.waits == [0.5, 1, 2])
        #expect(report.events == 1)
        #expect(report.organizationLimit == nil)
    }

    @Test("A wait beyond the longest stops the fetch, names the wait and keeps what was read")
    func tooLong() async throws {
        let server = try OktaServer { [self] request, index in
            index == 0
                ? .page([#"{"uuid":"a"}"#], links: ["next": "http://\(request.headers["host"] ?? "")/api/v1/logs?n=1"])
                : refusal(("Limit", "120"), ("Remaining", "0"), ("Reset", "\(epoch + 600)"))
        }
        let folder = try TestFolder(), bench = try Bench(server)
        let report = await bench.fetch(hour, spool: OktaSpool(folder: folder.path))
        #expect(
            report.stopped?.rendered == "error: Okta asks to wait 601 s before the next request\n"
                + "  Run the command again in 601 s; what was read is kept")
        #expect(report.stopped?.kind == .unavailable)
        #expect(report.events == 1)
        #expect(try folder.text(#require(folder.names.first)) == #"{"uuid":"a"}"# + "\n")
        #expect(bench.clock.waits == [])
    }

    @Test("A limit that never ends is given up after six refusals")
    func patience() async throws {
        let bench = try Bench(OktaServer([refusal(("Limit", "120"), ("Remaining", "0"), ("Reset", "1"))]))
        let report = await bench.fetch(hour)
        #expect(bench.server.lines.count == 6)
        #expect(bench.clock.waits == [1, 1, 1, 1, 1])
        #expect(
            report.stopped?.rendered
                == "error: Okta keeps refusing further requests (status 429): \(Self.used)\n"
                    + "  Try again in a few minutes"
        )
    }

    @Test(
        "No more than a quarter of the org's limit is spent, and never more than 25 a minute",
        arguments: [
            ("20", 5), ("50", 12), ("120", 25), ("1200", 25), ("3", 1), ("", 25), ("many", 25),
        ])
    func share(limit: String, perMinute: Int) async throws {
        let server = try OktaServer { request, index in
            let next = "http://\(request.headers["host"] ?? "")/api/v1/logs?n=\(index + 1)"
            var reply = OktaServer.Reply.page([#"{"uuid":"\#(index)"}"#], links: index < 29 ? ["next": next] : [:])
            if !limit.isEmpty { reply.headers.append(("X-Rate-Limit-Limit", limit)) }
            return reply
        }
        let bench = try Bench(server)
        let report = await bench.fetch(hour)
        #expect(report.events == 30)
        #expect(bench.clock.waits == Array(repeating: 60, count: (30 - 1) / perMinute))
        #expect(bench.heard.waits.first == "keeping to \(perMinute) requests a minute")
    }

    @Test("Two fetches of one log count against the same minute")
    func sharedRate() async throws {
        let bench = try Bench(
            OktaServer([OktaServer.Reply(headers: [("X-Rate-Limit-Limit", "8")], body: "[]")]))
        for _ in 0..<5 { await bench.fetch(hour) }
        #expect(bench.clock.waits == [60, 60])
    }

    @Test("The last request of the minute is left to others")
    func remaining() async throws {
        let server = try OktaServer { [self] request, index in
            var reply = OktaServer.Reply.page(
                [], links: index == 0 ? ["next": "http://\(request.headers["host"] ?? "")/api/v1/logs?n=1"] : [:])
            reply.headers += [
                ("X-Rate-Limit-Limit", "120"), ("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "\(epoch + 10)"),
            ]
            return reply
        }
        let bench = try Bench(server)
        await bench.fetch(hour)
        #expect(bench.clock.waits == [11])
    }

    @Test("Cancelling breaks a wait, and what was read stands")
    func cancel() async throws {
        let bench = try Bench(
            OktaServer([refusal(("Limit", "120"), ("Remaining", "0"), ("Reset", "\(epoch + 9)"))]),
            clock: TestClock(patience: 0))
        let report = await bench.fetch(hour)
        #expect(report.stopped == .interrupted)
        #expect(bench.server.lines == [hourLine])
    }
}
