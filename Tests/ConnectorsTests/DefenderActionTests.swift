import Diagnostics
import HTTP
import JSON
import Testing

@testable import Connectors

@Suite("Acting on machines", .timeLimit(.minutes(5)))
struct DefenderActionTests {
    private static let id = DefenderSimulation.id(1)

    @Test(
        "What is shown is what is sent, byte for byte but for the token",
        arguments: [
            (DefenderAction.isolate(.full), "isolate", #"{"Comment":"reason","IsolationType":"Full"}"#),
            (.isolate(.selective), "isolate", #"{"Comment":"reason","IsolationType":"Selective"}"#),
            (.release, "unisolate", #"{"Comment":"reason"}"#),
            (.scan(.quick), "runAntiVirusScan", #"{"Comment":"reason","ScanType":"Quick"}"#),
            (.scan(.full), "runAntiVirusScan", #"{"Comment":"reason","ScanType":"Full"}"#),
        ])
    func shown(action: DefenderAction, path: String, body: String) async throws {
        let bench = try DefenderBench(DefenderSimulation([]))
        let request = try bench.request(action)
        #expect(
            request.http.text == """
                POST \(bench.server.url)/api/machines/\(Self.id)/\(path)
                Authorization: Bearer [secret]
                Content-Type: application/json

                \(body)
                """)
        #expect(bench.server.requests.isEmpty)
        guard case .started(let started) = try await bench.service.send(request) else {
            return #expect(Bool(false), "not started")
        }
        #expect((started.id, started.type, started.status) == ("a-1", action.type, .pending))
        let seen = try #require(bench.server.requests.first)
        #expect(bench.server.requests.count == 1)
        #expect("\(seen.method) \(bench.server.url)\(seen.target)\n\n\(seen.body)" == shownWithoutHeaders(request.http))
        for header in request.http.headers {
            let value = header.value.replacing("[secret]", with: DefenderBench.token)
            #expect(seen.headers[header.name.lowercased()] == value)
        }
    }

    private func shownWithoutHeaders(_ request: PreparedRequest) -> String {
        "\(request.method) \(request.url)\n\n\(request.body)"
    }

    @Test("A reason is one line of visible text, cut where it is long")
    func comment() throws {
        let address = try DefenderAddress(), machine = try #require(DefenderBench.machine)
        func body(_ comment: String) throws -> JSONValue {
            try JSONValue(parsing: DefenderRequest(.release, on: machine, comment: comment, at: address).http.body)
        }
        #expect(try body("a\nb\u{1B}[2J\u{202E}\"")["Comment"] == #"a\nb\u{1B}[2J\u{202E}""#)
        let long = try #require(body(String(repeating: "é", count: 5000))["Comment"]?.string)
        #expect(long.utf16.count == 1000 && long.hasSuffix("é…"))
        let exact = String(repeating: "x", count: 1000)
        #expect(try body(exact)["Comment"]?.string == exact)
    }

    @Test("No reason, no request", arguments: ["", " \n"])
    func withoutReason(comment: String) throws {
        let machine = try #require(DefenderBench.machine), address = try DefenderAddress()
        let error = #expect(throws: Diagnostic.self) {
            try DefenderRequest(.release, on: machine, comment: comment, at: address)
        }
        #expect(error?.kind == .usage)
    }

    @Test("A request for another server is not sent, nor is its token")
    func foreign() async throws {
        let bench = try DefenderBench(DefenderSimulation([])), other = try DefenderBench(DefenderSimulation([]))
        let error = await diagnostic { try await bench.service.send(other.request()) }
        #expect(
            error?.problem == "the request is for another server than \(bench.server.url), so it was not sent")
        #expect(bench.server.requests.isEmpty && other.server.requests.isEmpty)
    }

    @Test("A redirect is not followed, and the other server sees nothing")
    func redirect() async throws {
        let other = try OktaServer([OktaServer.Reply(status: 201)])
        let moved = OktaServer.Reply(status: 307, headers: [("Location", other.url + "/api/x")])
        let bench = try DefenderBench(OktaServer([moved]))
        let error = await diagnostic { try await bench.service.send(bench.request()) }
        #expect(error?.problem.contains("which is not followed") == true)
        #expect(error?.remedy.contains("The request may have been received") == true)
        #expect(bench.server.requests.count == 1 && other.requests.isEmpty)
    }

    @Test(
        "After a failure in which it may have been received, an action is not sent again",
        arguments: [
            (OktaServer.Reply(ending: .silent), "URL closed the connection before it answered"),
            (OktaServer.Reply(ending: .held), "Defender accepted the request (status 200), but its answer names no"),
            (OktaServer.Reply(status: 500, body: "{", ending: .cut), "Defender failed (status 500): {"),
            (.fault(500, "InternalServerError", "oops"), "Defender failed (status 500): oops (correlation id c-1)"),
            (.fault(503, "", "busy", headers: [("Retry-After", "1")]), "Defender failed (status 503): busy"),
            (OktaServer.Reply(status: 504, body: "<p>"), "Defender failed (status 504): (a web page)"),
        ])
    func once(reply: OktaServer.Reply, problem: String) async throws {
        let bench = try DefenderBench(OktaServer([reply]), firstByte: .milliseconds(200))
        let error = await diagnostic { try await bench.service.send(bench.request()) }
        let begins = error?.problem.hasPrefix(problem.replacing("URL", with: bench.server.url)) == true
        #expect(begins, "\(error?.problem ?? "none")")
        #expect(error?.remedy.contains("Look in Defender's Action center before you send it again") == true)
        #expect(error?.kind == .unavailable)
        #expect(bench.server.requests.count == 1)
        #expect(bench.clock.waits == [])
    }

    @Test("A server that is not there gets the action as often as is tried; its message is plain")
    func nobody() async throws {
        let bench = try DefenderBench(DefenderSimulation([]), url: deadAddress)
        let error = await diagnostic { try await bench.service.send(bench.request()) }
        #expect(error?.problem == "\(deadAddress) refused the connection")
        #expect(error?.remedy == "Check DEFENDER_URL and the network; `config` shows the addresses in use")
        #expect(bench.clock.waits == [0.5, 1])
    }

    @Test("Offline nothing is sent, and nothing is said of an action that might run")
    func offline() async throws {
        let service = DefenderService(at: try DefenderAddress(), transport: OfflineTransport()) { "token" }
        let machine = try #require(DefenderBench.machine)
        let request = try DefenderRequest(.release, on: machine, comment: "x", at: service.address)
        let error = await diagnostic { try await service.send(request) }
        #expect(
            error?.rendered == "error: this session is offline, so https://api.security.microsoft.com was not asked\n"
                + "  Start without `--offline` to allow it")
    }

    @Test("After a refusal for the limit of calls it is sent again, when the wait is bearable")
    func limit() async throws {
        let limited = { (seconds: String) in
            OktaServer.Reply.fault(429, "TooManyRequests", "slow", headers: [("Retry-After", seconds)])
        }
        let created = OktaServer.Reply(status: 201, body: DefenderSimulation.action("Pending").text)
        let bearable = try DefenderBench(OktaServer([limited("30"), created]))
        guard case .started = try await bearable.service.send(bearable.request()) else {
            return #expect(Bool(false), "not started")
        }
        #expect(bearable.clock.waits == [30])
        let long = try DefenderBench(OktaServer([limited("3000")]))
        let error = await diagnostic { try await long.service.send(long.request()) }
        #expect(error?.problem == "Defender's limit of calls is used up (status 429): slow (correlation id c-1)")
        #expect(error?.remedy == "Try again in 3000 s, which Defender asks for")
        #expect(long.server.requests.count == 1 && long.clock.waits == [])
    }

    @Test("Status 201 with an answer about something else is not taken for success")
    func strangeAcceptance() async throws {
        for body in [
            "", "{}", "<html>", DefenderSimulation.action("Pending", on: DefenderSimulation.id(2)).text,
            DefenderSimulation.action("Pending", type: "unisolate").text,
        ] {
            let bench = try DefenderBench(OktaServer([OktaServer.Reply(status: 201, body: body)]))
            let error = await diagnostic { try await bench.service.send(bench.request()) }
            #expect(
                error?.problem
                    == "Defender accepted the request (status 201), but its answer names no action on that machine")
            #expect(bench.server.requests.count == 1)
        }
    }
}
