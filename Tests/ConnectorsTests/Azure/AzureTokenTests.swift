import Diagnostics
import HTTP
import JSON
import Testing

@testable import Connectors

@Suite("Azure access tokens", .timeLimit(.minutes(5)))
struct AzureTokenTests {
    private static func reply(_ body: String, status: Int = 200) throws -> OktaServer {
        try OktaServer { _, _ in .json(body, status: status) }
    }

    @Test("An app asks for a token of the service, and sends it there alone")
    func clientSecret() async throws {
        let bench = try AzureBench([.json(oneRow)])
        try await bench.query()
        #expect(bench.login.lines == ["POST /contoso.example/oauth2/v2.0/token"])
        #expect(
            bench.login.requests[0].form == [
                "client_id": "app-1", "scope": "https://api.loganalytics.io/.default",
                "client_secret": "CANARY secret+/=", "grant_type": "client_credentials",
            ])
        #expect(bench.login.requests[0].headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(bench.login.requests[0].headers["authorization"] == nil)
        #expect(bench.server.requests.map { $0.headers["authorization"] } == ["Bearer token-1"])
    }

    @Test("A token is kept until shortly before its end, for one service each")
    func kept() async throws {
        let bench = try AzureBench { request, _ in
            request.path.contains("hunting") || request.path.contains("Hunting")
                ? .json(#"{"schema":[],"results":[]}"#) : .json(oneRow)
        }
        try await bench.query()
        try await bench.query()
        #expect(bench.login.requests.count == 1)
        _ = try await GraphHunting(service: bench.service).run("T", over: .last(seconds: 60))
        #expect(bench.login.requests.map { $0.form["scope"] }.last == "https://graph.microsoft.com/.default")
        try await bench.clock.retryClock.sleep(.seconds(3600 - 241))
        try await bench.query()
        #expect(bench.login.requests.count == 2)
        try await bench.clock.retryClock.sleep(.seconds(1))
        try await bench.query()
        #expect(bench.login.requests.count == 3)
        #expect(
            bench.server.requests.map { $0.headers["authorization"] ?? "" }
                == ["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-1", "Bearer token-3"])
    }

    @Test("Defender is asked with a token of its own")
    func defender() async throws {
        let bench = try AzureBench { _, _ in .json(#"{"value":[{"id":"m1","computerDnsName":"ws042"}]}"#) }
        let machine = try await bench.service.defender().machine("ws042")
        #expect(machine.id == "m1")
        #expect(bench.server.requests.map { $0.headers["authorization"] }.first == "Bearer token-1")
        #expect(
            bench.login.requests.map { $0.form["scope"] } == ["https://api.securitycenter.microsoft.com/.default"])
    }

    @Test("Two queries at once share one token request")
    func shared() async throws {
        let bench = try AzureBench([.json(oneRow)])
        async let first = bench.query(), second = bench.query()
        _ = try await (first, second)
        #expect(bench.login.requests.count == 1)
        #expect(bench.server.requests.count == 2)
    }

    @Test("A command that is cancelled while it waits for a token does not end another that waits as well")
    func cancelledBeside() async throws {
        let (asked, arrived) = AsyncStream<Void>.makeStream()
        let login = try OktaServer { _, index in
            if index == 0 { arrived.yield() }
            return index == 0
                ? OktaServer.Reply(body: "{", ending: .held)
                : .json(#"{"token_type":"Bearer","expires_in":3600,"access_token":"t"}"#)
        }
        let bench = try AzureBench(login: login) { _, _ in .json(oneRow) }
        let first = Task { try await bench.query() }
        for await _ in asked { break }
        let second = Task { try await bench.query() }
        first.cancel()
        let error = await #expect(throws: Diagnostic.self) { try await first.value }
        #expect(error == .interrupted)
        #expect(try await second.value.rows == [[1]])
    }

    @Test("A refused token is replaced once, silently")
    func renewed() async throws {
        let bench = try AzureBench { request, _ in
            request.headers["authorization"] == "Bearer token-2"
                ? .json(oneRow) : .azure(401, "AuthenticationFailed", "expired")
        }
        #expect(try await bench.query().rows == [[1]])
        #expect(bench.login.requests.count == 2)
        #expect(bench.server.requests.count == 2)
    }

    @Test("A token that stays refused is told with its way out, and struck out of the server's words")
    func refused() async throws {
        let bench = try AzureBench { request, _ in
            .azure(401, "AuthenticationFailed", "no: \(request.headers["authorization"] ?? "")")
        }
        #expect(
            await bench.failure()?.rendered
                == "error: \(bench.server.url) refused the token of the app app-1 in contoso.example with a secret "
                + "(status 401): no: Bearer [secret]\n"
                + "  Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and this computer's clock")
        #expect(bench.server.requests.count == 2)
    }

    @Test(
        "A redirect is not followed, and the other host gets no token",
        arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let other = try OktaServer([.json(oneRow)])
        let bench = try AzureBench { _, _ in
            OktaServer.Reply(status: status, headers: [("Location", other.url + "/v1/workspaces/ws-1/query")])
        }
        let failure = await bench.failure()
        #expect(
            failure?.problem
                == "\(bench.server.url) redirects to another address, at 127.0.0.1, which is not followed")
        #expect(bench.server.requests.count == 1)
        #expect(other.requests.isEmpty)
    }

    @Test("A login server that redirects gets the secret itself, and no other does")
    func loginRedirect() async throws {
        let other = try OktaServer([.json(oneRow)])
        let login = try OktaServer { _, _ in OktaServer.Reply(status: 307, headers: [("Location", other.url)]) }
        let bench = try AzureBench(login: login) { _, _ in .json(oneRow) }
        #expect(await bench.failure()?.problem.contains("which is not followed") == true)
        #expect(other.requests.isEmpty && bench.server.requests.isEmpty)
    }

    @Test(
        "A refused request for a token says what to check, without the secret",
        arguments: [
            (
                401,
                #"{"error":"invalid_client","error_description":"AADSTS7000215: CANARY secret+/= is invalid\r\nT"}"#,
                "LOGIN does not accept the app's secret (invalid_client): AADSTS7000215: [secret] is invalid",
                "Check AZURE_CLIENT_ID and AZURE_CLIENT_SECRET: the secret's value, not its id, and not expired"
            ),
            (
                400, #"{"error":"invalid_scope","error_description":"AADSTS70011: scope","error_codes":[70011]}"#,
                "LOGIN issues no token for this service (invalid_scope): AADSTS70011: scope",
                "Check that the service's URL setting names the right cloud"
            ),
            (
                400, #"{"error":"unauthorized_client","error_description":"AADSTS700016: app"}"#,
                "LOGIN does not know the app (unauthorized_client): AADSTS700016: app",
                "Check AZURE_CLIENT_ID and AZURE_TENANT_ID"
            ),
            (
                400, #"{"error":"invalid_request","error_description":"AADSTS90002: Tenant"}"#,
                "LOGIN rejected the request for a token (invalid_request): AADSTS90002: Tenant",
                "Check AZURE_TENANT_ID"
            ),
            (
                500, "<html>", "LOGIN issued no access token (status 500): (a web page)",
                "Check AZURE_LOGIN_URL, AZURE_TENANT_ID and AZURE_CLIENT_ID"
            ),
            (
                200, "{}", "LOGIN answered without an access token that can be used",
                "Check AZURE_LOGIN_URL, and try again"
            ),
            (
                200, "not json", "LOGIN answered without an access token that can be used",
                "Check AZURE_LOGIN_URL, and try again"
            ),
            (
                200, #"{"token_type":"Bearer","expires_in":60,"access_token":"a\r\nX: y"}"#,
                "LOGIN answered without an access token that can be used", "Check AZURE_LOGIN_URL, and try again"
            ),
            (
                200, #"{"token_type":"pop","expires_in":60,"access_token":"a"}"#,
                "LOGIN answered without an access token that can be used", "Check AZURE_LOGIN_URL, and try again"
            ),
        ])
    func loginRefusals(status: Int, body: String, problem: String, remedy: String) async throws {
        let bench = try AzureBench(login: Self.reply(body, status: status)) { _, _ in .json(oneRow) }
        let failure = await bench.failure()
        #expect(failure?.problem == problem.replacing("LOGIN", with: bench.login.url))
        #expect(failure?.remedy == remedy)
        #expect(bench.server.requests.isEmpty)
    }

    @Test("A lifetime may be a number or a text", arguments: ["3600", #""3600""#])
    func lifetimes(lifetime: String) async throws {
        let login = try Self.reply(#"{"token_type":"bearer","expires_in":\#(lifetime),"access_token":"t"}"#)
        let bench = try AzureBench(login: login) { _, _ in .json(oneRow) }
        try await bench.query()
        try await bench.clock.retryClock.sleep(.seconds(3000))
        try await bench.query()
        #expect(login.requests.count == 1)
    }

    @Test(
        "What a header cannot carry is no token",
        arguments: [("a", true), (String(repeating: "a", count: 32 << 10), true),
            (String(repeating: "a", count: 32 << 10 + 1), false), ("", false), ("a b", false), ("é", false)])
    func carried(text: String, isToken: Bool) {
        #expect((AzureAccessToken(text, lifetime: 60, now: 0) != nil) == isToken)
    }

    @Test("A token does not print itself")
    func printed() throws {
        let token = try #require(AzureAccessToken("CANARY", lifetime: 60, now: 0))
        var dumped = "\(token)" + String(reflecting: token)
        dump(token, to: &dumped)
        #expect(!dumped.contains("CANARY"))
    }
}
