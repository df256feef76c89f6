import Diagnostics
import Digests
import Foundation
import Tables
import Testing

@testable import Connectors

@Suite("Refused queries", .timeLimit(.minutes(1)))
struct RefusalTests {
    @Test("What Okta refuses says what to change", arguments: [
        (
            400, "E0000001", "Api validation failed: q",
            "error: Okta found the query invalid (E0000001): Api validation failed: q\n  Check --since, --until and --filter"
        ),
        (
            400, "E0000053", "Invalid field: foo",
            "error: Okta does not know a field or value of the query (E0000053): Invalid field: foo\n"
                + "  Check the filter's attribute names, which are case-sensitive, and that --since is within 180 days"
        ),
        (
            400, "E0000031", "Invalid search criteria.",
            "error: Okta cannot use the filter (E0000031): Invalid search criteria.\n"
                + "  Check each attribute and operator: `co` and `sw` do not fit every attribute; `published` is --since and --until"
        ),
        (
            400, "E0000099", "Something", "error: Okta rejected the query (status 400): Something\n  Check --since, --until and --filter"
        ),
        (
            401, "E0000011", "Invalid token provided",
            "error: SERVER refused the API token (status 401): Invalid token provided\n"
                + "  It may be expired, revoked or another org's: make one under Security > API > Tokens and set OKTA_API_TOKEN"
        ),
        (
            403, "E0000006", "You do not have permission to perform the requested action",
            "error: SERVER does not let this API token read the System Log (status 403): "
                + "You do not have permission to perform the requested action\n  A token has the rights of the admin who made it, "
                + "from the network zones it allows: Read-only Administrator is enough"
        ),
        (404, "E0000007", "Not found", "error: SERVER has no System Log API (status 404): Not found\n  Check OKTA_ORG_URL"),
        (418, "", "", "error: Okta answered with status 418\n  Check OKTA_ORG_URL"),
    ])
    func statuses(status: Int, code: String, summary: String, rendered: String) async throws {
        let bench = try Bench(OktaServer([.error(status, code, summary)]))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.rendered == rendered.replacing("SERVER", with: bench.server.url))
        #expect(report.stopped?.kind == .unavailable)
        #expect(bench.server.lines == [hourLine])
        #expect(report.counts(\.requests, \.pages, \.waits) == [1, 0, 0])
    }

    @Test("A body of any shape can be shown", arguments: [
        ("", ""), ("  \n", ""), ("<!DOCTYPE html><p>Sign in</p>", ": (a web page)"), ("just text", ": just text"),
        (#"{"errorSummary":"no","errorCauses":[{"errorSummary":"since: bad"},7,{"errorSummary":3},{"errorSummary":"q: long"}]}"#,
            ": no; since: bad; q: long"),
        (#"{"errorSummary":7}"#, #": {"errorSummary":7}"#), ("[]", ": []"), ("null", ": null"), (#""text""#, #": "text""#),
        (#"{"errorSummary":"key 00token in \u001b[31mred\u202e\nnext"}"#, #": key [secret] in \u{1B}[31mred\u{202E}\nnext"#),
        (#"{"error":"x","error_description":"y"}"#, ": y"),
        ("\u{1b}]0;title\u{7}", #": \u{1B}]0;title\u{7}"#),
        (#"{"errorSummary":""# + String(repeating: "ab", count: 500) + #""}"#, ": " + String(repeating: "ab", count: 149) + "a…"),
        (String(repeating: "[", count: 100_000), ": " + String(repeating: "[", count: 299) + "…"),
    ])
    func bodies(body: String, quote: String) async throws {
        let bench = try Bench(OktaServer([OktaServer.Reply(status: 400, body: body)]))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == "Okta rejected the query (status 400)" + quote)
    }

    @Test("Bytes that are no text can be shown as well")
    func bytes() {
        #expect(OktaFault([0xFF, 0xFE, 0x41], secrets: []).words == "\u{FFFD}\u{FFFD}A")
    }

    // MARK: Before anything is sent

    @Test("What Okta would refuse is not sent", arguments: [
        (
            OktaLogQuery(since: at("10:00:00").advanced(bySeconds: -180 * 86_400), until: at("11:00:00")),
            "error: Okta refuses a start more than 180 days back (2026-05-24T10:00:00Z)\n"
                + "  Begin later: --since 2026-08-23; Okta keeps events for 90 days"
        ),
        (
            OktaLogQuery(since: at("11:00:00"), until: at("11:00:00")),
            "error: the window ends before it begins (2026-11-20T11:00:00Z to 2026-11-20T11:00:00Z)\n  Give an --until later than --since"
        ),
        (OktaLogQuery(filter: ""), "error: the filter is empty\n  Leave --filter out to read all events"),
        (OktaLogQuery(filter: "   "), "error: the filter is empty\n  Leave --filter out to read all events"),
        (
            OktaLogQuery(filter: "a\nb"),
            "error: the filter holds a control character\n"
                + "  Write it on one line, such as eventType eq \"user.session.start\""
        ),
        (
            OktaLogQuery(filter: String(repeating: "a", count: 4097)),
            "error: the filter has 4097 bytes, more than 4096\n  Shorten it, or read more and filter here with `kql`"
        ),
    ])
    func unsent(query: OktaLogQuery, rendered: String) async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let report = await bench.fetch(query)
        #expect(report.stopped?.rendered == rendered)
        #expect(report.stopped?.kind == .usage)
        #expect(bench.server.lines == [])
    }

    @Test("A start before the 90 days that Okta keeps is asked for, with a notice", arguments: [(180.0, 1), (90.1, 1), (90, 0)])
    func retention(days: Double, notices: Int) async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let report = await bench.fetch(
            OktaLogQuery(since: TestClock.start.advanced(bySeconds: -days * 86_400), until: at("11:00:00")))
        #expect(report.stopped == nil)
        #expect(bench.server.lines.count == 1)
        #expect(
            report.notices.map(\.rendered) == Array(
                repeating: "error: Okta keeps events for 90 days; before 2026-08-23 it has none\n"
                    + "  Read older events from your own archive with `ingest FILE`", count: notices))
    }
}

@Suite("Links", .timeLimit(.minutes(1)))
struct LinkSafetyTests {
    @Test("A `next` that leads away is not followed, and nobody there sees anything", arguments: [
        "http://localhost:PORT/api/v1/logs?after=1", "http://127.0.0.1:OTHER/api/v1/logs?after=1",
        "https://127.0.0.1:PORT/api/v1/logs?after=1", "http://127.0.0.1:OTHER@127.0.0.1:PORT/api/v1/logs",
        "http://127.0.0.1:PORT/api/v1/users", "http://127.0.0.1:PORT/api/v1/logs/../users", "http://127.0.0.1:PORT/api/v1/logs%2f..",
        "http://127.0.0.1:PORT/api/v1/logs#part", "/api/v1/logs?after=1", "//127.0.0.1:OTHER/api/v1/logs", "", "nonsense",
        "http://127.0.0.1:PORT/api/v1/logs?a= b", "file:///etc/passwd",
    ])
    func foreign(next: String) async throws {
        let other = try OktaServer([.page([])])
        let ports = { @Sendable (url: String) in String(url.split(separator: ":").last ?? "") }
        let server = try OktaServer { request, _ in
            let port = String((request.headers["host"] ?? "").split(separator: ":").last ?? "")
            let url = next.replacing("PORT", with: port).replacing("OTHER", with: ports(other.url))
            return .page([#"{"uuid":"a"}"#], links: ["next": url])
        }
        let bench = try Bench(server)
        let report = await bench.fetch(hour)
        let url = next.replacing("PORT", with: ports(server.url)).replacing("OTHER", with: ports(other.url))
        #expect(
            report.stopped?.rendered == "error: Okta's `next` link leads to another address, which is not followed: \(url)\n"
                + "  If the org moved, set OKTA_ORG_URL to its new address")
        #expect(other.lines == [])
        #expect(server.lines == [hourLine])
        #expect(bench.heard.events == [#"{"uuid":"a"}"#])
    }

    @Test("A redirect is not followed")
    func redirect() async throws {
        let other = try OktaServer([.page([])])
        let bench = try Bench(OktaServer([OktaServer.Reply(status: 302, headers: [("Location", other.url + "/api/v1/logs")])]))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == "\(bench.server.url) redirects to another address, at 127.0.0.1, which is not followed")
        #expect(other.lines == [])
    }

    @Test("Links that lead in a circle end the fetch", arguments: [
        (OktaLogQuery(since: at("10:00:00"), until: at("11:00:00")), true), (OktaLogQuery(since: at("10:00:00"), until: at("11:00:00")), false),
        (OktaLogQuery(since: at("10:00:00")), true),
    ])
    func loop(query: OktaLogQuery, hasEvents: Bool) async throws {
        let server = try OktaServer { request, index in
            let next = "http://\(request.headers["host"] ?? "")/api/v1/logs?n=\((index + 1) % 2)"
            return .page(hasEvents ? [#"{"uuid":"\#(index)"}"#] : [], links: ["next": next])
        }
        let report = try await Bench(server).fetch(query)
        #expect(
            report.stopped?.rendered == "error: Okta's `next` link leads back to a page that was read already\n"
                + "  What was read is kept; try a narrower window")
        #expect(server.lines.dropFirst() == ["GET /api/v1/logs?n=1", "GET /api/v1/logs?n=0"])
    }
}
