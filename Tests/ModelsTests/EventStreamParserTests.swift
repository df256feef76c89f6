import Testing

@testable import Models

@Suite struct EventStreamParserTests {
    /// What a stream says, and the events it holds as `name:data`.
    static let table: [(String, [String])] = [
        ("data: a\n\ndata: b\n\n", [":a", ":b"]),
        ("data:a\n\n", [":a"]),
        ("data:  a\n\n", [": a"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", [":a", ":b"]),
        ("data: a\r\rdata: b\r\r", [":a", ":b"]),
        ("data: a\ndata: b\n\n", [":a\nb"]),
        ("data: 1\rdata: 2\ndata: 3\r\n\r\n", [":1\n2\n3"]),
        (": keep-alive\n\ndata: a\n\n", [":a"]),
        ("\n\n\n", []),
        ("event: error\ndata: x\n\ndata: y\n\n", ["error:x", ":y"]),
        ("event: ping\n\ndata: y\n\n", [":y"]),
        ("error: {\"message\":\"m\"}\n\ndata: [DONE]\n\n", ["error:{\"message\":\"m\"}", ":[DONE]"]),
        ("id: 1\nretry: 5\ndata: a\n\n", [":a"]),
        ("\u{FEFF}data: first\n\ndata: second\n\n", [":first", ":second"]),
        ("data: no blank line\n", [":no blank line"]),
        ("data: no newline", [":no newline"]),
        ("data\n\n", [":"]),
        ("data: größer 🙂\n\n", [":größer 🙂"]),
        ("{\"error\": 1}\n", []),
    ]

    static func read(_ text: String, pieces size: Int) -> (events: [String], stray: String) {
        var parser = EventStreamParser()
        let bytes = Array(text.utf8)
        var events: [StreamEvent] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            events += parser.consume(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        events += parser.finish()
        return (events.map { "\($0.name):\($0.data)" }, String(decoding: parser.stray, as: UTF8.self))
    }

    @Test(arguments: table, [1, 2, 3, 7, 100_000])
    func events(row: (String, [String]), pieces: Int) { #expect(Self.read(row.0, pieces: pieces).events == row.1) }

    @Test(arguments: [
        ("{\"error\": 1}\n", "{\"error\": 1}\n"), ("<html>\n<body>", "<html>\n<body>\n"), ("data: a\n\n: c\n", ""),
    ])
    func stray(text: String, stray: String) { #expect(Self.read(text, pieces: 4).stray == stray) }

    @Test func aLineWithoutEndIsNotKept() {
        var parser = EventStreamParser()
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        for _ in 0..<10 { _ = parser.consume(piece) }
        #expect(parser.isOverlong)
    }
}
