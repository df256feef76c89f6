import Diagnostics
import HTTP
import JSON
import Testing

@testable import Connectors

@Suite("Sending notifications", .timeLimit(.minutes(5)))
struct EscalationSendingTests {
    private static func send(
        _ target: any EscalationTarget, _ bench: EscalationBench
    ) async throws -> EscalationReceipt {
        try await bench.send(target.request(for: EscalationBench.notice, at: TestClock.start))
    }

    @Test("What is shown is what is sent, byte for byte but for the secrets", arguments: 0..<3)
    func shown(index: Int) async throws {
        let name = ["slack", "pagerduty", "webhook"][index]
        let server = try OktaServer([EscalationBench.taken(name)])
        let target = try EscalationBench.targets(server)[index]
        let request = try target.request(for: EscalationBench.notice, at: TestClock.start)
        #expect(server.requests.isEmpty)
        #expect(request.http.text.hasPrefix("POST \(server.url)/"))
        #expect(!request.http.text.contains("CANARY"))
        let receipt = try await EscalationBench().send(request)
        #expect((receipt.target, receipt.attempts) == (name, 1))
        let seen = try #require(server.requests.first)
        #expect(server.requests.count == 1)
        #expect(seen.body == request.http.body.replacing("[secret]", with: "R0CANARY"))
        for header in request.http.headers { #expect(seen.headers[header.name.lowercased()] == header.value) }
        let targets = ["/services/T00CANARY/B00CANARY/XCANARYX", "/v2/enqueue", "/hook/CANARYPATH?key=CANARYQUERY"]
        #expect(seen.line == "POST \(targets[index])")
    }

    @Test("What is shown holds nothing that a terminal obeys or a reader does not see", arguments: 0..<3)
    func visible(index: Int) async throws {
        let hostile = "a\u{1B}[2J\u{9B}31m\u{202E}\u{200B}\u{E0041}\r\nb"
        let notice = EscalationNotice(
            incidentID: hostile, title: hostile, severity: .high, score: 0.7, actor: hostile, summary: [hostile],
            attack: [hostile])
        let request = try EscalationBench.targets(at: deadAddress)[index].request(for: notice, at: TestClock.start)
        #expect(request.http.text == request.http.text.visibleLines)
        #expect(try JSONValue(parsing: request.http.body).text.contains(#"a\\u{1B}[2J\\u{9B}31m"#))
    }

    @Test("The shown addresses", arguments: 0..<3)
    func addresses(index: Int) throws {
        let target = try EscalationBench.targets(at: deadAddress)[index]
        let request = try target.request(for: EscalationBench.notice, at: TestClock.start)
        #expect(request.http.url == deadAddress + ["/[secret]", "/v2/enqueue", "/[secret]"][index])
        #expect(request.http.json["url"]?.string == request.http.url)
    }

    @Test(
        "Incidents below high, without an id or with a link that is none are refused, and nothing is sent",
        arguments: 0..<3)
    func refused(index: Int) throws {
        let server = try OktaServer([EscalationBench.taken("slack")])
        let target = try EscalationBench.targets(server)[index]
        func problem(_ change: (inout EscalationNotice) -> Void) -> String? {
            var notice = EscalationBench.notice
            change(&notice)
            return #expect(throws: Diagnostic.self) { try target.request(for: notice, at: TestClock.start) }?.problem
        }
        let rule = "and only high and critical ones are escalated"
        #expect(problem { $0.severity = .low } == "incident inc-1 is low, \(rule)")
        #expect(problem { $0.severity = .medium } == "incident inc-1 is medium, \(rule)")
        #expect(problem { $0.incidentID = "" } == "the incident has no id")
        for link in [
            "", "javascript:alert(1)", "http://soc.example.com/", "https://x.example/|Click>", "https://x.example/ y",
            "https://x.example/\u{202E}", "https://u:p@x.example/",
            "https://x.example/" + String(repeating: "y", count: 1000),
        ] {
            #expect(problem { $0.link = link } == "the link to the incident is not an https URL")
        }
        #expect(server.requests.isEmpty)
    }

    @Test(
        "A failure in which it may have been received: PagerDuty is asked again, the others are not",
        arguments: [
            (OktaServer.Reply(ending: .silent), 0, 1, "closed the connection before it answered"),
            (OktaServer.Reply(ending: .silent), 1, 3, "closed the connection before it answered"),
            (OktaServer.Reply(ending: .silent), 2, 1, "closed the connection before it answered"),
            (OktaServer.Reply(status: 503, body: "busy"), 0, 1, "Slack failed (status 503): busy"),
            (OktaServer.Reply(status: 503, body: "busy"), 1, 3, "PagerDuty failed (status 503): busy"),
            (OktaServer.Reply(status: 503, body: "busy"), 2, 1, "the webhook failed (status 503): busy"),
        ])
    func repetition(reply: OktaServer.Reply, index: Int, requests: Int, problem: String) async throws {
        let server = try OktaServer([reply]), bench = EscalationBench()
        let error = await diagnostic { try await Self.send(EscalationBench.targets(server)[index], bench) }
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "none")")
        #expect(error?.remedy.contains("The request may have been received. ") == true)
        #expect(server.requests.count == requests)
        #expect(Set(server.requests.map(\.body)).count == 1)
    }

    @Test("PagerDuty takes it in the end, and the receipt says how often it was sent")
    func eventually() async throws {
        let replies = [
            OktaServer.Reply(ending: .silent), OktaServer.Reply(status: 500), EscalationBench.taken("pagerduty"),
        ]
        let server = try OktaServer(replies), bench = EscalationBench()
        let receipt = try await Self.send(EscalationBench.targets(server)[1], bench)
        #expect(receipt == EscalationReceipt(target: "pagerduty", status: 202, attempts: 3, words: "Event processed"))
        #expect(bench.clock.waits == [0.5, 1])
    }

    @Test("After a refusal for limits all are asked again, when the wait is bearable", arguments: 0..<3)
    func limits(index: Int) async throws {
        let limited = { OktaServer.Reply(status: 429, headers: [("Retry-After", $0)], body: "rate_limited") }
        let name = ["slack", "pagerduty", "webhook"][index]
        let server = try OktaServer([limited("30"), EscalationBench.taken(name)]), bench = EscalationBench()
        #expect(try await Self.send(EscalationBench.targets(server)[index], bench).attempts == 2)
        #expect(bench.clock.waits == [30])
        let strict = try OktaServer([limited("3600")]), other = EscalationBench()
        let error = await diagnostic { try await Self.send(EscalationBench.targets(strict)[index], other) }
        #expect(error?.problem.hasSuffix("takes no more notifications for now (status 429): rate_limited") == true)
        #expect(error?.remedy == "Try again in 3600 s, which it asks for")
        #expect(strict.requests.count == 1 && other.clock.waits == [])
    }

    @Test(
        "What a service refuses is not sent again",
        arguments: [
            (0, 400, "invalid_payload", "Slack found the notification invalid (status 400): invalid_payload"),
            (0, 403, "action_prohibited", "Slack refused the notification (status 403): action_prohibited"),
            (0, 404, "no_service", "Slack no longer knows where it should go (status 404): no_service"),
            (0, 410, "is_archived", "Slack no longer knows where it should go (status 410): is_archived"),
            (0, 200, "<html>Sign in", "Slack answered with status 200, but did not take it: (a web page)"),
            (0, 200, "", "Slack answered with status 200, but did not take it"),
            (
                1, 400, #"{"status":"invalid event","message":"Event is invalid","errors":["Length of key"]}"#,
                "PagerDuty found the notification invalid (status 400): Event is invalid; Length of key"
            ),
            (1, 200, "{}", "PagerDuty answered with status 200, but did not take it: {}"),
            (2, 401, "who are you", "the webhook refused the notification (status 401): who are you"),
            (2, 418, "", "the webhook answered with something else (status 418)"),
        ])
    func refusals(index: Int, status: Int, body: String, problem: String) async throws {
        let server = try OktaServer([OktaServer.Reply(status: status, body: body)]), bench = EscalationBench()
        let error = await diagnostic { try await Self.send(EscalationBench.targets(server)[index], bench) }
        #expect(error?.problem == problem)
        #expect(error?.kind == .unavailable)
        #expect(server.requests.count == 1 && bench.clock.waits == [])
    }

    @Test("A redirect is not followed, and the other server sees nothing", arguments: 0..<3)
    func redirect(index: Int) async throws {
        let other = try OktaServer([EscalationBench.taken("slack")])
        let server = try OktaServer([OktaServer.Reply(status: 307, headers: [("Location", other.url + "/x")])])
        let error = await diagnostic { try await Self.send(EscalationBench.targets(server)[index], EscalationBench()) }
        #expect(error?.problem.contains("which is not followed") == true)
        #expect(server.requests.count == 1 && other.requests.isEmpty)
    }

    @Test("An answer that breaks off after its head is judged by its status", arguments: 0..<3)
    func cut(index: Int) async throws {
        let name = ["slack", "pagerduty", "webhook"][index]
        var reply = EscalationBench.taken(name)
        if reply.status == 204 { reply.status = 200 }
        reply.ending = .cut
        let server = try OktaServer([reply])
        #expect(try await Self.send(EscalationBench.targets(server)[index], EscalationBench()).target == name)
        #expect(server.requests.count == 1)
    }

    @Test("Nobody there: tried again, and the message is plain", arguments: 0..<3)
    func nobody(index: Int) async throws {
        let bench = EscalationBench()
        let error = await diagnostic { try await Self.send(EscalationBench.targets(at: deadAddress)[index], bench) }
        #expect(error?.problem == "\(deadAddress) refused the connection")
        #expect(bench.clock.waits == [0.5, 1])
    }
}
