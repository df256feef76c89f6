import Diagnostics
import Synchronization
import Testing

@testable import Connectors

@Suite("Signing in with a device code", .timeLimit(.minutes(5)))
struct AzureDeviceTests {
    private static let begun =
        #"{"device_code":"CANARY dev","user_code":"GTHK4RP3N","verification_uri":"https://microsoft.com/devicelogin","#
        + #""expires_in":900,"interval":5,"message":"To sign in"}"#
    private static let token = #"{"token_type":"Bearer","expires_in":3600,"access_token":"t"}"#

    private final class Shown: Sendable {
        private let state = Mutex<[AzureDevicePrompt]>([])
        var all: [AzureDevicePrompt] { state.withLock { $0 } }
        func take(_ prompt: AzureDevicePrompt) { state.withLock { $0.append(prompt) } }
    }

    /// A login server that answers the polls in turn: a code of OAuth, or `ok`.
    private static func bench(_ polls: [String], begun: String = begun, _ shown: Shown) throws -> AzureBench {
        let login = try OktaServer { request, index in
            if request.path.hasSuffix("/devicecode") { return .json(begun) }
            let poll = polls[min(index - 1, polls.count - 1)]
            if poll == "ok" { return .json(token) }
            return .json(#"{"error":"\#(poll)","error_description":"for CANARY dev\r\nTrace"}"#, status: 400)
        }
        let credential = AzureCredential.deviceCode(tenant: "t1", clientID: "c1") { shown.take($0) }
        return try AzureBench(credential: credential, login: login) { _, _ in .json(oneRow) }
    }

    @Test("The code is shown once, and asked for at the interval until it is used")
    func used() async throws {
        let shown = Shown()
        let bench = try Self.bench(["authorization_pending", "authorization_pending", "ok"], shown)
        try await bench.query()
        try await bench.query()
        #expect(
            shown.all == [
                AzureDevicePrompt(
                    userCode: "GTHK4RP3N", url: "https://microsoft.com/devicelogin", lifetime: 900,
                    service: "Log Analytics")
            ])
        #expect(
            bench.login.lines
                == ["POST /t1/oauth2/v2.0/devicecode"]
                + Array(repeating: "POST /t1/oauth2/v2.0/token", count: 3))
        #expect(
            bench.login.requests[0].form == ["client_id": "c1", "scope": "https://api.loganalytics.io/.default"])
        #expect(
            bench.login.requests[1].form == [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "client_id": "c1",
                "device_code": "CANARY dev",
            ])
        #expect(bench.clock.waits == [5, 5, 5])
        #expect(bench.server.requests.map { $0.headers["authorization"] } == ["Bearer t", "Bearer t"])
    }

    @Test(
        "Whatever the server says, it is asked every second at most and every minute at least, for an hour at most",
        arguments: [(0, 900, 1.0, 900), (600, 86_400, 60, 3600)])
    func bounds(interval: Int, lifetime: Int, wait: Double, shown: Int) async throws {
        let begun = Self.begun.replacing("900", with: "\(lifetime)").replacing(":5,", with: ":\(interval),")
        let prompts = Shown(), bench = try Self.bench(["ok"], begun: begun, prompts)
        try await bench.query()
        #expect(bench.clock.waits == [wait] && prompts.all.map(\.lifetime) == [shown])
    }

    @Test("A server that finds it too fast is asked less often")
    func slowDown() async throws {
        let bench = try Self.bench(["slow_down", "authorization_pending", "slow_down", "ok"], Shown())
        try await bench.query()
        #expect(bench.clock.waits == [5, 10, 10, 15])
    }

    @Test(
        "A sign-in that fails says so, without the device code",
        arguments: [
            ("authorization_declined", "the sign-in was declined", "Run the command again if that was a mistake"),
            ("access_denied", "the sign-in was declined", "Run the command again if that was a mistake"),
            (
                "expired_token", "the code was not used in time",
                "Run the command again, and type the new code sooner"
            ),
            (
                "bad_verification_code", "the code was not used in time",
                "Run the command again, and type the new code sooner"
            ),
            (
                "invalid_grant", "LOGIN issued no access token (status 400): for [secret]",
                "Check AZURE_LOGIN_URL, AZURE_TENANT_ID and AZURE_CLIENT_ID"
            ),
        ])
    func failures(code: String, problem: String, remedy: String) async throws {
        let bench = try Self.bench(["authorization_pending", code], Shown())
        let failure = await bench.failure()
        #expect(failure?.problem == problem.replacing("LOGIN", with: bench.login.url))
        #expect(failure?.remedy == remedy)
        #expect(bench.server.requests.isEmpty)
    }

    @Test("A code that nobody uses is asked for until its end, by this computer's clock")
    func expired() async throws {
        let begun = Self.begun.replacing("900", with: "22")
        let bench = try Self.bench(["authorization_pending"], begun: begun, Shown())
        #expect(await bench.failure()?.problem == "the code was not used in time")
        #expect(bench.clock.waits == [5, 5, 5, 5])
    }

    @Test(
        "An answer without a usable code is told",
        arguments: [
            "{}", "[", begun.replacing("https://microsoft.com", with: "http://evil.example"),
            begun.replacing("https://microsoft.com", with: "javascript:x"),
            begun.replacing("user_code", with: "usr_code"),
        ])
    func unusable(begun: String) async throws {
        let shown = Shown()
        let bench = try Self.bench(["ok"], begun: begun, shown)
        #expect(
            await bench.failure()?.problem
                == "\(bench.login.url) answered without a device code that can be used")
        #expect(shown.all.isEmpty)
    }

    @Test("A code that would act on the terminal is written out")
    func hostile() async throws {
        let shown = Shown()
        let begun = Self.begun.replacing("GTHK4RP3N", with: #"\u001b[31mA"#)
        try await Self.bench(["ok"], begun: begun, shown).query()
        #expect(shown.all.map(\.userCode) == [#"\u{1B}[31mA"#])
    }

    @Test("A refused token does not ask the user to sign in again by itself")
    func refused() async throws {
        let shown = Shown()
        let login = try OktaServer { request, _ in
            .json(request.path.hasSuffix("/devicecode") ? Self.begun : Self.token)
        }
        let credential = AzureCredential.deviceCode(tenant: "t1", clientID: "c1") { shown.take($0) }
        let bench = try AzureBench(credential: credential, login: login) { _, _ in
            .azure(401, "AuthenticationFailed", "x")
        }
        #expect(
            await bench.failure()?.remedy == "Run the command again to sign in anew, and check this computer's clock")
        #expect(shown.all.count == 1)
    }
}
