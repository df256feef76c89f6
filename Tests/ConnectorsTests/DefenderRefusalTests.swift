import Diagnostics
import Testing

@testable import Connectors

@Suite("What Defender refuses", .timeLimit(.minutes(5)))
struct DefenderRefusalTests {
    @Test(
        "A refused action says what to change, and the least permission that allows it",
        arguments: [
            (
                DefenderAction.isolate(.full), 401, "Unauthorized", "URL refused the access token (status 401)",
                "Sign in again; the token must be issued for https://api.securitycenter.microsoft.com/.default"
            ),
            (
                .isolate(.full), 403, "Forbidden", "Defender does not let this identity isolate machines (status 403)",
                "Let an admin grant it Machine.Isolate, no more, and add it to the machine's device group"
            ),
            (
                .release, 403, "Forbidden", "Defender does not let this identity release machines (status 403)",
                "Let an admin grant it Machine.Isolate, no more, and add it to the machine's device group"
            ),
            (
                .scan(.quick), 403, "Forbidden", "Defender does not let this identity scan machines (status 403)",
                "Let an admin grant it Machine.Scan, no more, and add it to the machine's device group"
            ),
            (
                .scan(.full), 403, "DisabledFeature", "Defender does not allow that in this tenant (DisabledFeature)",
                "See Defender's settings, Advanced features"
            ),
            (
                .isolate(.selective), 400, "OsPlatformNotSupported",
                "Defender cannot do that on this operating system (OsPlatformNotSupported)",
                "Act on the machine itself"
            ),
            (
                .isolate(.selective), 400, "ClientVersionNotSupported",
                "the machine's Defender sensor is too old for that (ClientVersionNotSupported)",
                "Update it, or act on the machine itself"
            ),
            (
                .release, 400, "InvalidRequestBody", "Defender rejected the request (InvalidRequestBody)",
                "Check the machine's id and the reason"
            ),
            (
                .release, 404, "ResourceNotFound", "Defender has nothing under that address (status 404)",
                "Check the machine's id and DEFENDER_URL"
            ),
            (.release, 418, "Teapot", "Defender answered with status 418", "Check DEFENDER_URL"),
        ])
    func statuses(action: DefenderAction, status: Int, code: String, problem: String, remedy: String) async throws {
        let bench = try DefenderBench(OktaServer([.fault(status, code, "words")]))
        let error = await diagnostic { try await bench.service.send(bench.request(action)) }
        #expect(
            error
                == Diagnostic(
                    problem.replacing("URL", with: bench.server.url) + ": words (correlation id c-1)", remedy: remedy,
                    kind: .unavailable))
        #expect(bench.server.requests.count == 1)
    }

    @Test("A refused look-up names the permission to read")
    func reading() async throws {
        let bench = try DefenderBench(OktaServer([.fault(403, "Forbidden", "no")]))
        let error = await diagnostic { try await bench.service.machine(named: "ws1") }
        #expect(error?.problem.hasPrefix("Defender does not let this identity look machines up (status 403)") == true)
        #expect(error?.remedy.contains("Machine.Read.All") == true)
    }

    @Test("A token that the server repeats is struck out, and its words are shown safely")
    func echo() async throws {
        let server = try OktaServer { request, _ in
            .fault(400, "BadRequest", "bad \(request.headers["authorization"] ?? "?")\\u001b[2J")
        }
        let bench = try DefenderBench(server)
        let error = await diagnostic { try await bench.service.send(bench.request()) }
        #expect(
            error?.problem == "Defender rejected the request (BadRequest): bad Bearer [secret]\\u{1B}[2J "
                + "(correlation id c-1)")
        let reading = await diagnostic { try await bench.service.machine(named: "ws1") }
        #expect(reading?.problem.contains("CANARY") == false)
    }

    @Test("Of long words the first 300 characters are shown, and of a body the first 64 KiB are read")
    func long() {
        let words = { (message: String) in
            DefenderFault(Array(#"{"error":{"code":"Busy","message":"\#(message)"}}"#.utf8), secrets: [])
        }
        #expect(words(String(repeating: "x", count: 300)).words == String(repeating: "x", count: 300))
        #expect(words(String(repeating: "x", count: 301)).words.count == 300)
        #expect(words(String(repeating: "x", count: 65_000)).code == "Busy")
        #expect(words(String(repeating: "x", count: 65_536)).code == "")
    }

    @Test(
        "Without a token that a header can carry nothing is sent",
        arguments: ["", "a b", "a\r\nX: y", "é", String(repeating: "a", count: 64 << 10 + 1)])
    func noToken(token: String) async throws {
        let bench = try DefenderBench(OktaServer([.none]), token: { token })
        let reading = await diagnostic { try await bench.service.machine(named: "ws1") }
        let acting = await diagnostic { try await bench.service.send(bench.request()) }
        #expect(reading?.problem == "there is no access token for Defender")
        #expect(acting == reading)
        #expect(bench.server.requests.isEmpty)
    }

    @Test("What the provider of tokens throws is passed on when it is a diagnostic, and else not shown")
    func tokenFailure() async throws {
        struct Leak: Error { let secret = "CANARY" }
        let own = Diagnostic("not signed in", remedy: "Run az login", kind: .unavailable)
        let told = try DefenderBench(OktaServer([.none]), token: { throw own })
        #expect(await diagnostic { try await told.service.send(told.request()) } == own)
        let silent = try DefenderBench(OktaServer([.none]), token: { throw Leak() })
        let error = await diagnostic { try await silent.service.send(silent.request()) }
        #expect(error?.problem == "there is no access token for Defender")
        #expect(told.server.requests.isEmpty && silent.server.requests.isEmpty)
    }

    @Test(
        "The server's address",
        arguments: [
            ("https://api.security.microsoft.com", "https://api.security.microsoft.com"),
            ("HTTPS://EU.api.security.microsoft.com:443/", "https://eu.api.security.microsoft.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:80/", "http://localhost"),
        ])
    func address(url: String, origin: String) throws {
        #expect(try DefenderAddress(url: url).origin == origin)
    }

    @Test(
        "What is none says what to set",
        arguments: [
            ("", "DEFENDER_URL is not an https URL"), ("https://user:pw@x.example", "DEFENDER_URL is not an https URL"),
            ("http://api.example.com", "DEFENDER_URL is not an https URL, and the token must not travel in the open"),
            ("https://api.example.com/api", "DEFENDER_URL names more than the server"),
            ("https://api.example.com/?a=b", "DEFENDER_URL names more than the server"),
        ])
    func addressRefused(url: String, problem: String) {
        let error = #expect(throws: Diagnostic.self) { try DefenderAddress(url: url) }
        #expect(error?.problem == problem)
    }
}
