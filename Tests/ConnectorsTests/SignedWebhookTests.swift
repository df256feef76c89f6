import Diagnostics
import JSON
import Tables
import Testing

@testable import Connectors

@Suite("Signed webhooks", .timeLimit(.minutes(5)))
struct SignedWebhookTests {
    @Test("A notice in full")
    func full() throws {
        let webhook = try SignedWebhook(url: "https://soc.example.com/hook", secret: nil)
        let json = try webhook.request(for: EscalationBench.notice, at: TestClock.start).json
        let expected: JSONValue = [
            "schema": "watchfloor.escalation.v1",
            "incident": [
                "id": "inc-1", "title": "Impossible travel & <admin> change", "severity": "critical", "score": 0.954,
                "actor": "ann@example.com", "summary": ["Signed in from Oslo", "Signed in from Lima 5 min later"],
                "summary_left_off": 0, "attack": ["T1078.004", "T1621"], "first_seen": "2026-11-20T10:00:00Z",
                "last_seen": "2026-11-20T10:05:00.500Z", "link": "https://soc.example.com/incident?id=1&view=all",
            ],
        ]
        #expect(json == expected)
    }

    /// The code was computed with another implementation.
    @Test("A receiver that knows the secret finds the signature over the time and the bytes that it got")
    func signature() async throws {
        let server = try OktaServer([OktaServer.Reply(status: 202)])
        let webhook = try SignedWebhook(url: server.url + "/hook", secret: "s3cret é")
        let notice = EscalationNotice(incidentID: "i", title: "t é", severity: .high, score: 0.7)
        _ = try await EscalationBench().send(webhook.request(for: notice, at: TestClock.start))
        let seen = try #require(server.requests.first)
        #expect(seen.headers["x-watchfloor-timestamp"] == "1795219200")
        let code = "6d2610205458d9b60db5a1b822b1874712906770abdc4591bfb48a57cebc8f1f"
        #expect(seen.headers["x-watchfloor-signature"] == "sha256=\(code)")
        #expect(seen.headers["content-type"] == "application/json")
    }

    @Test("Another time, another secret or another text is another signature; unsigned there is none")
    func distinct() throws {
        func headers(_ secret: String?, _ title: String, _ seconds: Double) throws -> [String: String] {
            let notice = EscalationNotice(incidentID: "i", title: title, severity: .high, score: 0.7)
            let webhook = try SignedWebhook(url: "https://soc.example.com/hook", secret: secret)
            let request = try webhook.request(for: notice, at: TestClock.start.advanced(bySeconds: seconds))
            return Dictionary(uniqueKeysWithValues: request.http.headers.map { ($0.name, $0.value) })
        }
        let all = try [headers("a", "t", 0), headers("b", "t", 0), headers("a", "u", 0), headers("a", "t", 1)]
        #expect(Set(all.map { $0["X-Watchfloor-Signature"] }).count == 4)
        #expect(try headers("a", "t", 0) == all[0])
        let keys = all.map { $0["Idempotency-Key"] }
        #expect(keys[0] == keys[1] && keys[0] == keys[3] && keys[0] != keys[2])
        #expect(try headers(nil, "t", 0).keys.sorted() == ["Content-Type", "Idempotency-Key"])
    }

    @Test("Long and hostile texts are cut and written out, many lines left off")
    func hostile() throws {
        let webhook = try SignedWebhook(url: "https://soc.example.com/hook", secret: nil)
        let notice = EscalationNotice(
            incidentID: "i", title: "\u{1B}[2J" + String(repeating: "x", count: 5000), severity: .high, score: .nan,
            summary: Array(repeating: "\u{202E}", count: 1000))
        let json = try webhook.request(for: notice, at: TestClock.start).json
        let title = try #require(json[path: "incident.title"]?.string)
        #expect(title.hasPrefix(#"\u{1B}[2Jx"#) && title.utf16.count == 1000)
        #expect(json[path: "incident.score"] == .null)
        #expect(json[path: "incident.summary"]?.array?.count == 200)
        #expect(json[path: "incident.summary.0"] == #"\u{202E}"#)
        #expect(json[path: "incident.summary_left_off"] == 800)
    }

    @Test(
        "An address that is none is refused without being repeated",
        arguments: [
            ("", "is not an https URL"), ("CANARY", "is not an https URL"), ("ftp://x/CANARY", "is not an https URL"),
            ("https://user:CANARY@x.example/", "is not an https URL"),
            ("http://soc.example.com/CANARY", "is not an https URL, and the message must not travel in the open"),
        ])
    func address(url: String, problem: String) {
        let webhook = #expect(throws: Diagnostic.self) { try SignedWebhook(url: url, secret: nil) }
        let slack = #expect(throws: Diagnostic.self) { try SlackWebhook(url: url) }
        #expect(webhook?.problem == "WEBHOOK_URL \(problem)" && slack?.problem == "SLACK_WEBHOOK_URL \(problem)")
        #expect(webhook?.inOneLine.contains("CANARY") == false)
    }

    @Test("An empty secret is refused: it would look signed")
    func emptySecret() {
        let error = #expect(throws: Diagnostic.self) { try SignedWebhook(url: "https://x.example/", secret: "") }
        #expect(error?.problem == "WEBHOOK_SECRET is empty")
    }
}
