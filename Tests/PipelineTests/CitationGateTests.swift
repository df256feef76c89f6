import JSON
import Testing

@testable import Pipeline

@Suite("A model's words")
struct CitationGateTests {
    static let known: Set<String> = ["evt-1", "evt-2", "event with spaces"]

    /// What the model wrote, what is shown, and the citations (`!` before one that is not in the evidence).
    static let texts: [(written: String, shown: String, citations: [String])] = [
        ("alice failed [evt-1].", "alice failed [evt-1].", ["evt-1"]),
        ("twice [evt-1][evt-2]", "twice [evt-1][evt-2]", ["evt-1", "evt-2"]),
        ("twice [evt-1, evt-2]", "twice [evt-1] [evt-2]", ["evt-1", "evt-2"]),
        ("twice [evt-1; `evt-2`]", "twice [evt-1] [evt-2]", ["evt-1", "evt-2"]),
        ("again [evt-1] and [evt-1]", "again [evt-1] and [evt-1]", ["evt-1"]),
        ("never [evt-9]", "never (unverified: evt-9)", ["!evt-9"]),
        ("half [evt-1, evt-9]", "half [evt-1] (unverified: evt-9)", ["evt-1", "!evt-9"]),
        ("[event with spaces]", "[event with spaces]", ["event with spaces"]),
        ("see [the log](http://x)", "see (the log)(http://x)", []),
        ("[]", "()", []),
        ("open [evt-1", "open (evt-1", []),
        ("nested [a [evt-2]]", "nested (a [evt-2]]", ["evt-2"]),
        ("line [evt-\n1]", "line (evt-\n1]", []),
        ("\u{1B}[31m red", "\\u{1B}(31m red", []),
    ]

    @Test("come through with checked citations, however they are cut", arguments: texts)
    func gate(written: String, shown: String, citations: [String]) {
        for size in 1...max(1, written.count) {
            var gate = CitationGate(known: Self.known), result = ""
            for piece in pieces(written, size) { result += gate.pass(piece) }
            result += gate.finish()
            #expect(result == shown)
            #expect(gate.citations.map { ($0.verified ? "" : "!") + $0.id } == citations)
        }
    }

    @Test("are held back no longer than a citation can be")
    func bounded() {
        var gate = CitationGate(known: Self.known)
        #expect(gate.pass("[evt-1") == "")
        #expect(gate.pass(String(repeating: "x", count: 500)).hasPrefix("(evt-1xxx"))
    }

    private func pieces(_ text: String, _ size: Int) -> [String] {
        let all = Array(text)
        return stride(from: 0, to: all.count, by: size).map { String(all[$0..<min($0 + size, all.count)]) }
    }

    static let claims: [(answer: String, unverified: [String])] = [
        ("alice failed 5 times from 203.0.113.10 at 18:00.", []),
        ("alice failed at 18:00:00Z, on 2025-11-12.", []),
        ("bob came from 203.0.113.1.", ["203.0.113.1"]),
        ("it was at 18:07", ["18:07"]),
        ("the agent was \"Mozilla/5.0\", `curl/8`", ["curl/8"]),
        ("see evt-1001 and evt-7", ["evt-7"]),
        ("5 failures, 17 events", ["17 events"]),
        ("what was asked: 10.0.0.1", []),
    ]

    @Test("are compared with the evidence", arguments: claims)
    func values(answer: String, unverified: [String]) {
        let evidence = Evidence([
            "summary": ["failed": 5],
            "events": [
                [
                    "id": "evt-1001", "time": "2025-11-12T18:00:00Z", "ip": "203.0.113.10", "user_agent": "Mozilla/5.0",
                ]
            ],
        ])
        #expect(ValueCheck(evidence, question: "who is 10.0.0.1?").unverified(in: answer) == unverified)
    }
}
