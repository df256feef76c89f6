import Diagnostics
import JSON
import Testing

@testable import Connectors

@Suite("Secrets of targets", .timeLimit(.minutes(5)))
struct EscalationSecretTests {
    @Test("Targets, requests and receipts do not print what they hold", arguments: 0..<3)
    func printed(index: Int) async throws {
        let server = try OktaServer([EscalationBench.taken(["slack", "pagerduty", "webhook"][index])])
        let target = try EscalationBench.targets(server)[index]
        let request = try target.request(for: EscalationBench.notice, at: TestClock.start)
        let receipt = try await EscalationBench().send(request)
        var text = "\(target) \(request) \(request.http) \(receipt) \(request.http.json.text) \(request.http.text)"
        text += String(reflecting: target) + String(reflecting: request) + String(reflecting: request.http)
        dump((target, request, receipt), to: &text)
        #expect(!text.contains("CANARY"))
        #expect(text.contains(server.url))
    }

    @Test("A server that repeats all that it was sent gives nothing away", arguments: 0..<3, [400, 404, 200, 503])
    func echo(index: Int, status: Int) async throws {
        let server = try OktaServer { request, _ in
            let start = request.body.split(separator: "\n").prefix(2).joined()
            let secret = index == 2 ? "CANARYSECRET" : ""
            return OktaServer.Reply(status: status, body: "\(request.target) \(start) \(secret)")
        }
        let target = try EscalationBench.targets(server)[index]
        let request = try target.request(for: EscalationBench.notice, at: TestClock.start)
        do {
            let receipt = try await EscalationBench().send(request)
            #expect(index == 2 && status == 200)
            #expect(!receipt.words.contains("CANARY") && receipt.words.contains("[secret]"))
        } catch let error as Diagnostic {
            #expect(!error.inOneLine.contains("CANARY"), "\(error.inOneLine)")
            #expect(error.problem.contains("[secret]"))
        }
    }

    @Test("Errors of the network name the server alone", arguments: 0..<3)
    func network(index: Int) async throws {
        let server = try OktaServer([OktaServer.Reply(ending: .silent)])
        let target = try EscalationBench.targets(server)[index]
        let error = await diagnostic {
            try await EscalationBench().send(target.request(for: EscalationBench.notice, at: TestClock.start))
        }
        #expect(error?.problem == "\(server.url) closed the connection before it answered")
        #expect(error?.inOneLine.contains("CANARY") == false)
    }
}

@Suite("Configured targets")
struct EscalationTargetsTests {
    @Test(
        "Those that are set",
        arguments: [
            ([:], [String]()), (["SLACK_WEBHOOK_URL": " https://hooks.slack.com/services/T/B/X \n"], ["slack"]),
            (["PAGERDUTY_ROUTING_KEY": "key", "PAGERDUTY_URL": "http://127.0.0.1:1"], ["pagerduty"]),
            (["PAGERDUTY_URL": "http://127.0.0.1:1", "SLACK_WEBHOOK_URL": " "], []),
            (
                [
                    "WEBHOOK_URL": "https://x.example/h", "WEBHOOK_SECRET": "s", "PAGERDUTY_ROUTING_KEY": "key",
                    "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T/B/X",
                ], ["slack", "pagerduty", "webhook"]
            ),
        ])
    func set(settings: [String: String], names: [String]) throws {
        #expect(try EscalationTargets.configured { settings[$0] }.map(\.name) == names)
    }

    @Test("A secret without an address is a mistake")
    func secretAlone() {
        let error = #expect(throws: Diagnostic.self) {
            try EscalationTargets.configured { $0 == "WEBHOOK_SECRET" ? "CANARY" : nil }
        }
        #expect(error?.problem == "WEBHOOK_SECRET is set, but WEBHOOK_URL is not")
    }
}
