import Diagnostics
import JSON
import Testing

@testable import Connectors

@Suite("Slack messages")
struct SlackMessageTests {
    private static let slack = try? SlackWebhook(url: "https://hooks.slack.com/services/T0/B0/X0")

    private static func message(_ notice: EscalationNotice) throws -> JSONValue {
        try #require(slack).request(for: notice, at: TestClock.start).json
    }

    /// All texts of the message: the fallback's, and those of the blocks.
    private static func texts(_ json: JSONValue) -> [String] {
        switch json {
        case .object(let members): members.flatMap { $0.key == "type" ? [] : texts($0.value) }
        case .array(let elements): elements.flatMap(texts)
        case .string(let text): [text]
        default: []
        }
    }

    @Test("A notice in full")
    func full() throws {
        let plain = { (text: String) -> JSONValue in ["type": "plain_text", "text": .string(text), "emoji": false] }
        let expected: JSONValue = [
            "text":
                "[CRITICAL] Impossible travel &amp; &lt;admin&gt; change (incident inc-1, risk score 0.95)",
            "mrkdwn": false, "unfurl_links": false, "unfurl_media": false,
            "blocks": [
                ["type": "header", "text": plain("[CRITICAL] Impossible travel &amp; &lt;admin&gt; change")],
                [
                    "type": "section",
                    "fields": [
                        plain("Incident\ninc-1"), plain("Risk score\n0.95"), plain("Actor\nann@example.com"),
                        plain("First seen\n2026-11-20T10:00:00Z"), plain("Last seen\n2026-11-20T10:05:00.500Z"),
                        plain("ATT&amp;CK\nT1078.004, T1621"),
                    ],
                ],
                ["type": "section", "text": plain("Signed in from Oslo\nSigned in from Lima 5 min later")],
                [
                    "type": "section",
                    "text": [
                        "type": "mrkdwn",
                        "text": "<https://soc.example.com/incident?id=1&amp;view=all|Open the incident>",
                        "verbatim": true,
                    ],
                ],
            ],
        ]
        #expect(try Self.message(EscalationBench.notice) == expected)
    }

    @Test("What is not known is left out")
    func least() throws {
        let notice = EscalationNotice(incidentID: "i", title: "t", severity: .high, score: 1)
        let blocks = try #require(Self.message(notice)["blocks"]?.array)
        #expect(blocks.count == 2)
        #expect(blocks[0][path: "text.text"] == "[HIGH] t")
        #expect(blocks[1]["fields"]?.array?.compactMap { $0["text"]?.string } == ["Incident\ni", "Risk score\n1.00"])
    }

    @Test(
        "Text from a log makes no link, no mention, no format and no new line",
        arguments: [
            ("<!channel>", "&lt;!channel&gt;"), ("<@U123>", "&lt;[@]U123&gt;"),
            ("<https://evil.example|Reset>", "&lt;https[:]//evil.example|Reset&gt;"), ("&lt;", "&amp;lt;"),
            ("@here now", "[@]here now"), ("a @channel", "a [@]channel"), ("(@everyone)", "([@]everyone)"),
            ("ann@example.com", "ann@example.com"), ("http://x", "http[:]//x"), ("x:/\u{301}/y", "x:/\u{301}/y"),
            ("://\u{301}", "[:]//\u{301}"), ("a\nActor", #"a\nActor"#), ("\u{202E}cod", #"\u{202E}cod"#),
            ("a\u{200B}b", #"a\u{200B}b"#), ("\u{1B}]0;x\u{7}", #"\u{1B}]0;x\u{7}"#), ("\u{E0041}", #"\u{E0041}"#),
            ("*b* `c` _i_", "*b* `c` _i_"),
        ])
    func hostile(text: String, shown: String) throws {
        let notice = EscalationNotice(
            incidentID: text, title: text, severity: .high, score: 0.7, actor: text, summary: [text], attack: [text])
        let message = try Self.message(notice)
        #expect(
            Self.texts(message) == [
                "[HIGH] \(shown) (incident \(shown), risk score 0.70)", "[HIGH] \(shown)", "Incident\n\(shown)",
                "Risk score\n0.70", "Actor\n\(shown)", "ATT&amp;CK\n\(shown)", shown,
            ])
        // What is not formatted needs no more: only the fallback is not plain text, and it is switched off there.
        #expect(message["mrkdwn"] == false)
        #expect(!message.text.contains(#""mrkdwn","text""#))
    }

    @Test(
        "Slack's limits are kept, whatever it is that is long",
        arguments: ["x", "&", "<", "é", "😀", "@", "\u{202E}", "://"])
    func limits(unit: String) throws {
        let long = String(repeating: unit, count: 10_000)
        let notice = EscalationNotice(
            incidentID: long, title: long, severity: .high, score: 0.7, actor: long,
            summary: Array(repeating: long, count: 100), attack: Array(repeating: long, count: 60))
        let blocks = try #require(Self.message(notice)["blocks"]?.array)
        let header = try #require(blocks[0][path: "text.text"]?.string)
        #expect((140...150).contains(header.utf16.count) && header.hasSuffix("…"))
        for field in blocks[1]["fields"]?.array ?? [] {
            #expect(try #require(field["text"]?.string).utf16.count <= 2000)
        }
        let lines = try #require(blocks[2][path: "text.text"]?.string)
        #expect((2000...3000).contains(lines.utf16.count))
        #expect(lines.contains("\n… and 9"))
        #expect(blocks.count <= 50 && blocks[1]["fields"]?.array?.count ?? 11 <= 10)
    }

    @Test("A text as long as the limit is whole; an escape is never cut")
    func edges() throws {
        func header(_ title: String) throws -> String? {
            let notice = EscalationNotice(incidentID: "i", title: title, severity: .high, score: 0.7)
            return try Self.message(notice)[path: "blocks.0.text.text"]?.string
        }
        let room = 150 - "[HIGH] ".utf16.count
        let exact = String(repeating: "x", count: room)
        #expect(try header(exact) == "[HIGH] \(exact)")
        #expect(try header(exact + "x") == "[HIGH] \(exact.dropLast())…")
        #expect(try header(exact.dropLast() + "&") == "[HIGH] \(exact.dropLast())…")
        #expect(try header(exact.dropLast(5) + "&") == "[HIGH] \(exact.dropLast(5))&amp;")
        #expect(try header(exact.dropLast(5) + "&y") == "[HIGH] \(exact.dropLast(5))…")
    }
}
