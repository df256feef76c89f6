import Diagnostics
import Digests
import JSON
import Testing

@testable import Connectors

@Suite("PagerDuty events")
struct PagerDutyEventTests {
    private static func event(_ notice: EscalationNotice) throws -> JSONValue {
        try PagerDutyEvents(routingKey: "R0UTINGKEY").request(for: notice, at: TestClock.start).json
    }

    @Test("A notice in full")
    func full() throws {
        let expected: JSONValue = [
            "routing_key": "R0UTINGKEY", "event_action": "trigger", "dedup_key": "inc-1", "client": "watchfloor",
            "payload": [
                "summary": "[CRITICAL] Impossible travel & <admin> change", "source": "ann@example.com",
                "severity": "critical", "timestamp": "2026-11-20T10:05:00.500Z", "component": "okta",
                "class": "identity incident",
                "custom_details": [
                    "incident_id": "inc-1", "risk_score": "0.95", "actor": "ann@example.com",
                    "summary": ["Signed in from Oslo", "Signed in from Lima 5 min later"],
                    "attack": ["T1078.004", "T1621"], "first_seen": "2026-11-20T10:00:00Z",
                    "last_seen": "2026-11-20T10:05:00.500Z",
                ],
            ],
            "links": [["href": "https://soc.example.com/incident?id=1&view=all", "text": "Open the incident"]],
        ]
        #expect(try Self.event(EscalationBench.notice) == expected)
    }

    @Test("High incidents are errors, critical ones critical", arguments: [("high", "error"), ("critical", "critical")])
    func severity(own: String, theirs: String) throws {
        let severity = try #require(EscalationNotice.Severity(rawValue: own))
        let event = try Self.event(EscalationNotice(incidentID: "i", title: "t", severity: severity, score: 0.7))
        #expect(event[path: "payload.severity"]?.string == theirs)
        #expect(event[path: "payload.source"] == "okta")
        #expect(event["links"] == nil && event[path: "payload.timestamp"] == nil)
    }

    @Test(
        "A score has two decimals and stays between 0 and 1",
        arguments: [(0.954, "0.95"), (0.05, "0.05"), (1, "1.00"), (7, "1.00"), (-7, "0.00"), (.nan, "unknown")])
    func score(score: Double, shown: String) throws {
        let event = try Self.event(EscalationNotice(incidentID: "i", title: "t", severity: .high, score: score))
        #expect(event[path: "payload.custom_details.risk_score"]?.string == shown)
    }

    @Test("PagerDuty's limits are kept, whatever it is that is long", arguments: ["x", "\"", "😀", "\u{202E}", "\\"])
    func limits(unit: String) throws {
        let long = String(repeating: unit, count: 10_000)
        let notice = EscalationNotice(
            incidentID: long, title: long, severity: .high, score: 0.7, actor: long,
            summary: Array(repeating: long, count: 1000), attack: Array(repeating: long, count: 1000))
        let event = try Self.event(notice)
        #expect(event["dedup_key"]?.string == SHA256(long).hex)
        let summary = try #require(event[path: "payload.summary"]?.string)
        #expect((1000...1024).contains(summary.utf16.count) && summary.hasSuffix("…"))
        #expect(event[path: "payload.custom_details.summary"]?.array?.last == "… and 950 more")
        #expect(event.prettyText.utf8.count < 512 << 10)
    }

    @Test("Two incidents with long ids that begin alike stay two")
    func keys() throws {
        let long = String(repeating: "x", count: 300)
        let keys = try [long + "a", long + "b", "short", "e\u{301}"].map {
            try Self.event(EscalationNotice(incidentID: $0, title: "t", severity: .high, score: 1))["dedup_key"]?.string
        }
        #expect(Set(keys).count == 4)
        #expect(keys[2] == "short")
    }

    @Test("Log text makes no link on a phone")
    func hostile() throws {
        let event = try Self.event(
            EscalationNotice(incidentID: "i", title: "see https://evil.example\n@here", severity: .high, score: 1))
        #expect(event[path: "payload.summary"] == #"[HIGH] see https[:]//evil.example\n@here"#)
    }

    @Test("What is no key or no server is refused, and the key is not repeated")
    func refused() {
        for (key, url) in [
            ("", PagerDutyEvents.usual), ("CANARY KEY", PagerDutyEvents.usual), ("CANARY\n", PagerDutyEvents.usual),
            ("CANARY", "http://events.example.com"), ("CANARY", "https://events.example.com/v2/enqueue"),
        ] {
            let error = #expect(throws: Diagnostic.self) { try PagerDutyEvents(routingKey: key, url: url) }
            #expect(error?.kind == .unavailable)
            #expect(error?.inOneLine.contains("CANARY") == false)
        }
    }
}
