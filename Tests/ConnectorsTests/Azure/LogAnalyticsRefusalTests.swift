import Diagnostics
import HTTP
import JSON
import Testing

@testable import Connectors

@Suite("Refusals of Log Analytics", .timeLimit(.minutes(5)))
struct LogAnalyticsRefusalTests {
    private static let syntax = #"""
        {"error":{"message":"The request had some invalid properties","code":"BadArgumentError","innererror":
         {"code":"SyntaxError","message":"A syntax error has been identified in the query.","innererror":
          {"code":"SYN0002","message":"Query could not be parsed at 'wher'","line":3,"pos":7,"token":"wher"}}}}
        """#
    private static let semantic = #"""
        {"error":{"message":"The request had some invalid properties","code":"BadArgumentError","innererror":
         {"code":"SemanticError","message":"A semantic error occurred.","innererror":
          {"code":"SEM0100","message":"'where' operator: Failed to resolve column named 'OSPlatform'"}}}}
        """#

    @Test("A query that cannot be parsed says where")
    func syntaxError() async throws {
        let failure = await (try AzureBench([.json(Self.syntax, status: 400)])).failure()
        #expect(
            failure == Diagnostic(
                "Log Analytics cannot run the query (SYN0002, position 7, at `wher`): "
                    + "Query could not be parsed at 'wher'",
                remedy: "Check the names of tables and columns, and the query there", kind: .usage,
                at: Place(file: "query", line: 3)))
    }

    @Test("A query that names what is not there says so")
    func semanticError() async throws {
        let failure = await (try AzureBench([.json(Self.semantic, status: 400)])).failure()
        #expect(
            failure?.problem == "Log Analytics cannot run the query (SEM0100): "
                + "'where' operator: Failed to resolve column named 'OSPlatform'")
        #expect(failure?.kind == .usage && failure?.place == nil)
    }

    @Test(
        "What the service refuses says what to change",
        arguments: [
            (
                400, "BadArgumentError", "The timespan is invalid",
                "Log Analytics rejected the request (status 400): The timespan is invalid",
                "Check the query and the time span"
            ),
            (
                403, "InsufficientAccessError", "The provided credentials have insufficient access",
                "SERVER does not let the app app-1 in contoso.example with a secret do this (status 403): "
                    + "The provided credentials have insufficient access",
                "Grant Log Analytics Reader on the workspace; an app also needs the permission Data.Read of the Log "
                    + "Analytics API"
            ),
            (
                403, "InvalidAuthenticationTokenAudience", "The audience is wrong",
                "SERVER cannot use a token that was made for another service or tenant (status 403): "
                    + "The audience is wrong",
                "Check LOG_ANALYTICS_URL and AZURE_TENANT_ID, or sign in to the right tenant"
            ),
            (
                404, "PathNotFoundError", "The requested path does not exist",
                "Log Analytics does not have what was asked for (status 404): The requested path does not exist",
                "Check LOG_ANALYTICS_WORKSPACE_ID: it is the workspace's id, not its name"
            ),
            (
                504, "GatewayTimeout", "Query timed out",
                "the query took longer than Log Analytics allows (status 504): Query timed out",
                "Narrow the time span, or use `summarize`, `project` or `take`"
            ),
            (
                500, "InternalServerError", "oops", "Log Analytics failed (status 500): oops",
                "See status.azure.com, then try again"
            ),
            (
                418, "Teapot", "short", "Log Analytics answered with status 418: short", "Check LOG_ANALYTICS_URL"
            ),
        ])
    func statuses(status: Int, code: String, message: String, problem: String, remedy: String) async throws {
        let bench = try AzureBench([.azure(status, code, message)])
        let failure = await bench.failure()
        #expect(failure?.problem == problem.replacing("SERVER", with: bench.server.url))
        #expect(failure?.remedy == remedy)
        #expect(failure?.kind == .unavailable)
        #expect(bench.server.requests.count == 1)
        #expect(bench.waits == [])
    }

    @Test(
        "A body of any shape can be shown",
        arguments: [
            ("", ""), ("<!DOCTYPE html>", ": (a web page)"), ("plain", ": plain"), ("[]", ": []"), ("null", ": null"),
            (#"{"Message":"a"}"#, ": a"), (#"{"error":{"code":"OnlyCode"}}"#, ": OnlyCode"),
            (#"{"error":{}}"#, ": {}"), (#"{"error":7}"#, #": {"error":7}"#),
            (
                #"{"error":{"message":"token-1 \u001b[31m\u202e"}}"#, #": [secret] \u{1B}[31m\u{202E}"#
            ),
            (
                #"{"error":{"message":"level 1","innererror":"#
                    + (2...20).map { #"{"message":"level \#($0)","innererror":"# }.joined() + "1"
                    + String(repeating: "}", count: 21),
                ": level 8"
            ),
        ])
    func bodies(body: String, quote: String) async throws {
        let bench = try AzureBench([OktaServer.Reply(status: 500, body: body)])
        #expect(await bench.failure()?.problem == "Log Analytics failed (status 500)" + quote)
    }

    // MARK: Limits

    @Test("A throttled query waits as long as it is told, and is sent again")
    func throttled() async throws {
        let busy = OktaServer.Reply.azure(429, "ThrottledError", "too many", headers: [("Retry-After", "7")])
        let bench = try AzureBench([busy, busy, .json(oneRow)])
        #expect(try await bench.query().rows == [[1]])
        #expect(
            bench.waits == Array(repeating: "7.0: Log Analytics refuses more requests for now (status 429)", count: 2))
        #expect(bench.server.requests.count == 3)
        #expect(Set(bench.server.requests.map(\.body)).count == 1)
    }

    @Test("A throttled query that is told no time waits longer each time, and not for ever")
    func alwaysThrottled() async throws {
        let bench = try AzureBench([.azure(429, "ThrottledError", "too many")])
        let failure = await bench.failure()
        #expect(failure?.problem == "Log Analytics keeps refusing further requests (status 429): too many")
        #expect(failure?.remedy == "Try again in a few minutes")
        #expect(bench.clock.waits == [10, 20, 40])
        #expect(bench.server.requests.count == 4)
    }

    @Test("A failing server that asks for too long a wait is not asked again", arguments: [502, 503])
    func longWaitAfterFailure(status: Int) async throws {
        let bench = try AzureBench([.azure(status, "x", "busy", headers: [("Retry-After", "181")])])
        #expect(
            await bench.failure()?.problem == "Log Analytics asks to wait 181 s before the next request")
        #expect(bench.clock.waits == [] && bench.server.requests.count == 1)
    }

    @Test("A wait that is too long is told and not begun")
    func longWait() async throws {
        let bench = try AzureBench([.azure(429, "ThrottledError", "quota", headers: [("Retry-After", "181")])])
        #expect(
            await bench.failure()?.rendered
                == "error: Log Analytics asks to wait 181 s before the next request: quota\n"
                + "  Run the command again in 181 s")
        #expect(bench.clock.waits == [] && bench.server.requests.count == 1)
    }

    @Test("A passing failure is tried again, a lasting one is told", arguments: [502, 503])
    func passing(status: Int) async throws {
        let bench = try AzureBench([OktaServer.Reply(status: status), .json(oneRow)])
        #expect(try await bench.query().rows == [[1]])
        #expect(bench.waits == ["0.5: Log Analytics failed (status \(status))"])
        let lasting = try AzureBench([OktaServer.Reply(status: status)])
        #expect(await lasting.failure()?.problem == "Log Analytics failed (status \(status))")
        #expect(lasting.server.requests.count == 3)
    }

    // MARK: Connections

    @Test("A connection that is dropped before the answer is tried again")
    func dropped() async throws {
        let bench = try AzureBench([OktaServer.Reply(ending: .silent), .json(oneRow)])
        #expect(try await bench.query().rows == [[1]])
        #expect(bench.waits == ["0.5: \(bench.server.url) closed the connection before it answered"])
    }

    @Test("A connection that is cut within the answer is a failure, not a short table")
    func cut() async throws {
        let bench = try AzureBench([OktaServer.Reply(body: oneRow, ending: .cut)])
        #expect(await bench.failure()?.problem == "\(bench.server.url) cut its answer short")
    }

    @Test("A server that is not there is told after the attempts")
    func unreachable() async throws {
        // Port 1 is nobody's; that of a stopped server may be another test's by then.
        let bench = try AzureBench(url: "http://127.0.0.1:1") { _, _ in .json(oneRow) }
        let failure = await bench.failure()
        #expect(failure?.problem == "http://127.0.0.1:1 refused the connection")
        #expect(bench.clock.waits == [0.5, 1])
        #expect(
            failure?.remedy
                == "Check LOG_ANALYTICS_URL and the network; a query that takes long needs a narrower time span")
    }
}
