import Diagnostics
import Tables
import Testing

@testable import Connectors

@Suite("Refused queries", .timeLimit(.minutes(10)))
struct RefusalTests {
    @Test(
        "What Okta refuses says what to change",
        arguments: [
            (
                400, "E0000001", "Api validation failed: q", "Okta found the query invalid (E0000001)",
                "Check --since, --until and --filter"
            ),
            (
                400, "E0000053", "Invalid field: foo", "Okta does not know a field or value of the query (E0000053)",
                "Check the filter's attribute names, which are case-sensitive, and that --since is within 180 days"
            ),
            (
                400, "E0000031", "Invalid search criteria.", "Okta cannot use the filter (E0000031)",
                "Check attributes and operators; not all fit `co` and `sw`, and `published` is --since and --until"
            ),
            (
                400, "E0000099", "Something", "Okta rejected the query (status 400)",
                "Check --since, --until and --filter"
            ),
            (
                401, "E0000011", "Invalid token provided", "SERVER refused the API token (status 401)",
                "Expired, revoked or another org's? Make one under Security > API > Tokens, and set OKTA_API_TOKEN"
            ),
            (
                403, "E0000006", "You do not have permission to perform the requested action",
                "SERVER does not let this API token read the System Log (status 403)",
                "Let an admin make it, Read-only Administrator at least, and check its network zones"
            ),
            (404, "E0000007", "Not found", "SERVER has no System Log API (status 404)", "Check OKTA_ORG_URL"),
            (418, "", "short and stout", "Okta answered with status 418", "Check OKTA_ORG_URL"),
        ])
    func statuses(status: Int, code: String, summary: String, problem: String, remedy: String) async throws {
        let bench = try Bench(OktaServer([.error(status, code, summary)]))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == problem.replacing("SERVER", with: bench.server.url) + ": " + summary)
        #expect(report.stopped?.remedy == remedy)
        #expect(report.stopped?.kind == .unavailable)
        #expect(bench.server.lines == [hourLine])
        #expect(report.counts(\.requests, \.pages, \.waits) == [1, 0, 0])
    }

    @Test(
        "A body of any shape can be shown",
        arguments: [
            ("", ""), ("  \n", ""), ("<!DOCTYPE html><p>Sign in</p>", ": (a web page)"), ("just text", ": just text"),
            (
                #"{"errorSummary":"no","errorCauses":[{"errorSummary":"since: bad"},7,{"errorSummary":3},"#
                    + #"{"errorSummary":"q: long"}]}"#,
                ": no; since: bad; q: long"
            ),
            (#"{"errorSummary":7}"#, #": {"errorSummary":7}"#), ("[]", ": []"), ("null", ": null"),
            (#""text""#, #": "text""#),
            (
                #"{"errorSummary":"key 00token in \u001b[31mred\u202e\nnext"}"#,
                #": key [secret] in \u{1B}[31mred\u{202E}\nnext"#
            ),
            (#"{"error":"x","error_description":"y"}"#, ": y"),
            ("\u{1b}]0;title\u{7}", #": \u{1B}]0;title\u{7}"#),
            (
                #"{"errorSummary":""# + String(repeating: "ab", count: 500) + #""}"#,
                ": " + String(repeating: "ab", count: 149) + "a…"
            ),
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

    @Test(
        "What Okta would refuse is not sent",
        arguments: [
            (
                OktaLogQuery(since: at("10:00:00").advanced(bySeconds: -180 * 86_400), until: at("11:00:00")),
                "Okta refuses a start more than 180 days back (2026-05-24T10:00:00Z)",
                "Begin later: --since 2026-08-23; Okta keeps events for 90 days"
            ),
            (
                OktaLogQuery(since: at("11:00:00"), until: at("11:00:00")),
                "the window ends before it begins (2026-11-20T11:00:00Z to 2026-11-20T11:00:00Z)",
                "Give an --until later than --since"
            ),
            (OktaLogQuery(filter: ""), "the filter is empty", "Leave --filter out to read all events"),
            (OktaLogQuery(filter: "   "), "the filter is empty", "Leave --filter out to read all events"),
            (
                OktaLogQuery(filter: "a\nb"), "the filter holds a control character",
                #"Write it on one line, such as eventType eq "user.session.start""#
            ),
            (
                OktaLogQuery(filter: String(repeating: "a", count: 4097)), "the filter has 4097 bytes, more than 4096",
                "Shorten it, or read more and filter here with `kql`"
            ),
        ])
    func unsent(query: OktaLogQuery, problem: String, remedy: String) async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let report = await bench.fetch(query)
        #expect(report.stopped?.problem == problem)
        #expect(report.stopped?.remedy == remedy)
        #expect(report.stopped?.kind == .usage)
        #expect(bench.server.lines == [])
    }

    @Test(
        "A start before the 90 days that Okta keeps is asked for, with a notice",
        arguments: [(180.0, 1), (90.1, 1), (90, 0)])
    func retention(days: Double, notices: Int) async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let report = await bench.fetch(
            OktaLogQuery(since: TestClock.start.advanced(bySeconds: -days * 86_400), until: at("11:00:00")))
        #expect(report.stopped == nil)
        #expect(bench.server.lines.count == 1)
        #expect(
            report.notices.map(\.rendered)
                == Array(
                    repeating: "error: Okta keeps events for 90 days; before 2026-08-23 it has none\n"
                        + "  Read older events from your own archive with `ingest FILE`", count: notices))
    }
}
