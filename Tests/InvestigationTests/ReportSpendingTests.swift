import JSON
import Testing

@testable import Investigation

@Suite("What models cost, as a report says it")
struct ReportSpendingTests {
    @Test("What models cost is summed from the transcript", arguments: [
        ([String](), nil),
        ([#"{"sent":false}"#], nil),
        (
            [
                #"{"reply":{"model":"m","usage":{"prompt":100,"completion":20}},"cost":{"amount":0.5,"currency":"€"}}"#,
                #"{"reply":{"model":"m","usage":null},"cost":{"amount":0.25,"currency":"€"}}"#,
                #"{"error":{"problem":"timed out"}}"#,
                #"{"reply":{"model":"n","usage":{"prompt":-1,"completion":99999999999}}}"#,
            ],
            #"["m","n"] 4 calls 1 failed 2 uncounted 100 in 20 out [{"amount":0.75,"currency":"€"}]"#
        ),
    ])
    func spending(records: [String], expected: String?) throws {
        let calls = try records.map { try JSONValue(parsing: $0).setting("type", to: "model_call") }
        let json = TranscriptFacts(calls).spending?.json
        let said = json.map { json in
            "\(json["models"]?.text ?? "") \(Self.figures(json)) \(json["cost"]?.text ?? "")"
        }
        #expect(said == expected)
    }

    private static func figures(_ json: JSONValue) -> String {
        [
            ("calls", "calls"), ("failed", "failed"), ("uncounted", "uncounted"), ("prompt_tokens", "in"),
            ("completion_tokens", "out"),
        ].map { key, word in "\(json[key]?.integer ?? -1) \(word)" }.joined(separator: " ")
    }
}
