import Events
import JSON
import Testing

@Suite("What is no event is counted, reported with its place, and skipped")
struct BadInputTests {
    private static let ends = "ends inside an object", text = "has a character that begins no value"
    private static let unknown = "is not an Okta event: none of its fields is known"

    /// `x` and `y` stand for whole events; the places are those of the texts without that.
    @Test("In lines", arguments: [
        ("<x>\ngarbage\n<y>", ["a:2:13 \(text)"]),
        ("<x>\n{\"uuid\":\n<y>", ["a:2:21 ends before a value"]),
        ("<x>\n{\"uuid\":\"b\n<y>", ["a:2:23 ends inside a string"]),
        ("<x>\n{\"uuid\":\"b\\\n<y>", ["a:2:24 ends inside a string"]),
        ("<x>\n{\"uuid\":\"b\"\n<y>", ["a:2:24 \(ends)"]),
        ("<x>\n{\"uuid\":\"b\"}}\n<y>", ["a:2:25 goes on after its end"]),
        ("<x>\n{\"uuid\":[}\n<y>", ["a:2:22 \(text)"]),
        ("<x>\r\n\r\nnull\r\n<y>\r\n", ["a:3:16 is null, not a JSON object"]),
        ("<x>\n5\n\"text\"\n<y>", ["a:2:13 is a number, not a JSON object", "a:3:15 is a string, not a JSON object"]),
        ("<x>\n{}\n<y>", ["a:2:13 \(unknown)"]),
        ("<x>\n{\"a\":1}\n<y>", ["a:2:13 \(unknown)"]),
        ("<x>\n{\"uuid\":1e400}\n<y>", ["a:2:21 has a number out of range"]),
        ("<x>\n\0\0\0\n<y>", ["a:2:13 \(text)"]),
        ("<x>\n{\"uuid\":\"b\"} and {\"uuid\":\"c\"}\n<y>", ["a:2:26 goes on after its end"]),
        ("<x>\n{\"uuid\":\"b\",\"published\":\"yesterday\"}\n<y>", ["a:2:13 has a time that cannot be read"]),
        ("<x>\n{\"uuid\":\"b\",\"published\":12}\n<y>", ["a:2:13 has a time that cannot be read"]),
        ("<x>\n[1,{},\"s\"]\n<y>", [
            "a:2:14 is a number, not a JSON object", "a:2:16 \(unknown)", "a:2:19 is a string, not a JSON object",
        ]),
        ("garbage\n<x>\n<y>", ["a:1:0 \(text)"]),
        ("{\"uuid\":\"b\n<x>\n<y>", ["a:1:10 ends inside a string"]),
        ("{\"uuid\":\n<x>\n<y>", ["a:1:8 ends before a value"]),
        ("{\"target\":[\n<x>\n<y>", ["a:1:11 ends before a value"]),
        ("{\"a\n garbage\n\n<x>\n<y>", ["a:1:3 ends inside a string", "a:2:5 \(text)"]),
        ("<x>\n<y>\n{\"uuid\":\"c", ["a:3:36 ends inside a string"]),
        ("<x>\n<y>\n{", ["a:3:27 needs a key in quotes"]),
    ])
    func lines(input: String, expected: [String]) async throws {
        try await check(input, expected)
    }

    @Test("In arrays and envelopes", arguments: [
        ("[<x>,5,<y>]", ["a:1:14 is a number, not a JSON object"]),
        ("[\n<x>,\n{\"uuid\":\"b\",\n<y>\n]", ["a:3:28 needs a key in quotes"]),
        ("[\n<x>,\n{\"uuid\":\"b,\n<y>\n]", ["a:3:27 ends inside a string"]),
        ("[\n{\"uuid\":\"b,\n<x>,\n{\"uuid\":\"c,\n<y>\n]", ["a:2:13 ends inside a string", "a:4:39 ends inside a string"]),
        ("[\n<x>,\ngarbage here\n,<y>\n]", ["a:3:16 \(text)"]),
        ("[\n<x>,\n{\"uuid\":\"b\",}\n<y>\n]", ["a:3:28 needs a key in quotes"]),
        ("[<x>,\n {\"uuid\":,\n <y>]", ["a:2:24 \(text)"]),
        ("[\n  <x>,\n  {\n    \"target\": [\n      {\n  },\n  <y>\n]", ["a:6:50 ends before a value"]),
        ("[\n<x>,\n<y>,\n{\"uuid\":\"c\"", ["a:4:41 \(ends)"]),
        ("[\n<x>,\n<y>\n", ["a:4:29 ends inside an array"]),
        ("[<x>,<y>", ["a:1:26 ends inside an array"]),
        ("[\n<x>,\n<y>,\n{\"uuid\":\"c\"\n]", ["a:4:41 \(ends)"]),
        ("[<x>,<y>] and more", ["a:1:28 has text outside any object"]),
        ("{\"events\":[\n<x>,\n{\"uuid\":\"b\",\n<y>\n]}", ["a:3:38 needs a key in quotes"]),
        ("{\"events\":[<x>,<y>,{\"uu", ["a:1:41 ends inside a string"]),
        ("{\"events\":[\n<x>,\n<y>,\n{\"uu", ["a:4:44 ends inside a string"]),
        ("{\"events\":[<x>,<y>", ["a:1:36 ends inside an array"]),
        ("{\n \"events\": [\n  <x>,\n  {\n   \"uuid\": \n  },\n  <y>\n ]\n}", ["a:6:49 \(text)"]),
    ])
    func arrays(input: String, expected: [String]) async throws {
        try await check(input, expected)
    }

    @Test("Between objects that span lines", arguments: [
        ("{\n \"uuid\": \"x\"\n}\n{\n \"uuid\": {\n}\n{\n \"uuid\": \"y\"\n}", ["a:6:31 ends inside an object"]),
        ("{\n \"uuid\": \"x\"\n}\ngarbage\n{\n \"uuid\": \"y\"\n}", ["a:4:17 has text outside any object"]),
        (
            "{\n \"uuid\": \"x\"\n}\n{\n \"uuid\": \"b\n}\n{\n \"uuid\": \"y\"\n}",
            ["a:5:30 has a control character inside a string"]
        ),
    ])
    func values(input: String, expected: [String]) async throws {
        try await check(input, expected)
    }

    @Test("However a line in the middle is cut, both its neighbours are kept", arguments: ["\n", "\r\n"])
    func cut(newline: String) async throws {
        let line = #"{"uuid":"b","actor":{"id":"a\\\"n"},"target":[{"id":"t"}]}"#
        for length in 1..<line.count {
            let input = ["<x>", String(line.prefix(length)), "<y>", "<z>"].joined(separator: newline)
            for text in [input, input.split(separator: newline).dropFirst().joined(separator: newline)] {
                let (table, report) = try await read(expanded(text))
                #expect(table.ids == (text == input ? ["x", "y", "z"] : ["y", "z"]), "cut to \(line.prefix(length))")
                #expect(report.rejected == 1 && report.isBalanced)
            }
        }
    }

    /// In an envelope the line has no list: cut inside one, the envelope's own `]}` would close it again.
    @Test("However an element with a line of its own is cut, its neighbours are kept", arguments: [
        ("[", #"{"uuid":"b","actor":{"id":"a\\\"n"},"target":[{"id":"t"}]}"#, "]"),
        (#"{"events":["#, #"{"uuid":"b","actor":{"id":"a\\\"n"},"outcome":null}"#, "]}"),
    ])
    func cutElement(open: String, line: String, close: String) async throws {
        for length in 1..<line.count {
            let input = "\(open)\n<x>,\n\(line.prefix(length)),\n<y>,\n<z>\n\(close)"
            let (table, report) = try await read(expanded(input))
            #expect(table.ids == ["x", "y", "z"], "cut to \(line.prefix(length))")
            #expect(report.rejected == 1 && report.isBalanced, "\(report.messages)")
        }
    }

    @Test("The first hundred problems are kept, the others counted")
    func many() async throws {
        let (table, report) = try await read(String(repeating: "bad\n", count: 250) + expanded("<x>"))
        #expect(table.ids == ["x"])
        #expect(report.problems.map(\.line) == Array(1...100))
        #expect(report.problems.map(\.byte) == (0..<100).map { $0 * 4 })
        #expect(report.moreProblems == 150 && report.rejected == 250 && report.isBalanced)
        #expect(report.json["more_problems"] == 150)
    }

    private func check(_ input: String, _ expected: [String]) async throws {
        let (table, report) = try await read(expanded(input))
        #expect(report.messages == expected)
        #expect(table.ids == ["x", "y"])
        #expect(report.rejected == expected.count && report.isBalanced)
    }

    /// Twelve bytes an event.
    private func expanded(_ text: String) -> String {
        ["x", "y", "z"].reduce(text) { $0.replacing("<\($1)>", with: "{\"uuid\":\"\($1)\"}") }
    }
}
