@testable import Events
import JSON
import Testing

/// Each test is a part of what ``EventReader`` writes under "What is accepted".
@Suite("What is accepted, and what is refused where")
struct EventPolicyTests {
    // MARK: Keys

    @Test("Of a repeated key the last value counts, as a whole", arguments: [
        (#""eventType":"x","eventType":"y""#, EventField.eventType, "y"),
        (#""actor":{"id":"1","type":"User"},"actor":{"id":"2"}"#, .actorID, "2"),
        (#""actor":{"id":"1","type":"User"},"actor":{"id":"2"}"#, .actorType, nil),
        (#""outcome":{"result":"DENY"},"outcome":null"#, .outcomeResult, nil),
        (#""actor":null,"actor":{"id":"1"}"#, .actorID, "1"),
        (#""target":[{"id":"1"},{"id":"2"}],"target":[]"#, .targetID, nil),
        (#""target":[{"id":"1","id":"2"}]"#, .targetID, "2"),
        (#""uuid":"u2""#, .eventType, "t"),
        (#""debugContext":{"debugData":{"dtHash":"1","x":0,"dtHash":"2"}}"#, .deviceHash, "2"),
    ] as [(String, EventField, String?)])
    func repeated(members: String, field: EventField, expected: String?) async throws {
        let event = try #require(await readBetweenNeighbours("{<>,\(members)}").event)
        #expect(event[field] == expected)
        #expect(event.id == (members.contains("u2") ? "u2" : "u"))
    }

    @Test("Keys are equal when their characters are, however they are written; case counts", arguments: [
        (##""sever\u0069ty":"INFO""##, "INFO"), (##""\u0073\u0065verity":"INFO""##, "INFO"),
        (#""Severity":"INFO""#, nil),
        (#""SEVERITY":"INFO""#, nil), (#""severity ":"INFO""#, nil), (#""":"INFO""#, nil),
        (##""severity\u0000":"INFO""##, nil),
        (##""severity":"LOW","sever\u0069ty":"INFO""##, "INFO"),
        (##""sever\u0069ty":"LOW","severity":"INFO""##, "INFO"),
        (#""severity":"INFO","Severity":"LOW""#, "INFO"),
    ] as [(String, String?)])
    func keys(members: String, severity: String?) async throws {
        #expect(try #require(await readBetweenNeighbours("{<>,\(members)}").event)[.severity] == severity)
    }

    // MARK: Text

    @Test("A surrogate without its partner becomes U+FFFD; U+0000 is text like any other", arguments: [
        (#"\ud83d\ude42"#, "🙂"), (#"\ud83d"#, "\u{FFFD}"), (#"\ude42"#, "\u{FFFD}"),
        (#"\ude42\ud83d"#, "\u{FFFD}\u{FFFD}"),
        (#"\ud83dx\ude42"#, "\u{FFFD}x\u{FFFD}"), (#"\ud83d\u0041"#, "\u{FFFD}A"),
        (#"\ud83d\ud83d\ude42"#, "\u{FFFD}🙂"),
        (#"\ud83d\n"#, "\u{FFFD}\n"), (#"a\u0000b"#, "a\0b"), ("\u{2028}\u{2029}", "\u{2028}\u{2029}"),
        ("\u{7F}\u{85}\u{FEFF}", "\u{7F}\u{85}\u{FEFF}"), (#"\/\b\f\u002F"#, "/\u{8}\u{C}/"),
    ])
    func characters(text: String, expected: String) async throws {
        let event = try #require(await readBetweenNeighbours("{<>,\"displayMessage\":\"\(text)\"}").event)
        #expect(event[.displayMessage] == expected)
    }

    /// `<>` is the text of a message; the byte counts from its beginning.
    @Test("What is not UTF-8 is refused at its first byte", arguments: [
        ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0xBF], 0), ([0xF0, 0x8F, 0xBF, 0xBF], 0),
        ([0xED, 0xA0, 0x80], 0),
        ([0xED, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xFF], 0), ([0x80], 0),
        ([0x61, 0xE2, 0x82], 1), ([0xC3, 0xA9, 0xF0, 0x9F, 0x99], 2), ([0x61, 0xC3], 1), ([0xE2, 0x28, 0xA1], 0),
        ([0x5C, 0x6E, 0x61, 0xFE], 3), ([0xF0, 0x9F, 0x99, 0x82, 0x81], 4),
    ] as [([UInt8], Int)])
    func invalidUTF8(text: [UInt8], byte: Int) async throws {
        let start = Array(#"{\#(eventMembers),"displayMessage":""#.utf8)
        let problem = try await readBetweenNeighbours(start + text + Array("\"}".utf8)).problem
        #expect(problem == "\(start.count + byte) has bytes that are not UTF-8 inside a string")
    }

    @Test("Between tokens stands only the white space of JSON", arguments: [
        "{<> }", "{<>\t}", "{<>\r}", "\r{<>}\r\r", " \t{<>}\t ", "{<>,\r\"x\"\t:  [ 1 , 2\r]\r}",
    ])
    func whiteSpace(line: String) async throws {
        #expect(try await readBetweenNeighbours(line).event?.id == "u")
    }

    @Test("All else between tokens, and what other languages allow, is refused", arguments: [
        ("{<>¦\u{C}}", between), ("{<>¦\u{B}}", between), ("{<>¦\0}", between), ("{<>¦\u{A0}}", between),
        ("{<>¦\u{2028}}", between),
        ("{¦\u{FEFF}<>}", key), ("{<>}¦\0", end), ("{<>}¦\u{C}", end), ("¦\u{FEFF}{<>}", value), ("¦\0{<>}", value),
        ("{<>,¦}", key), ("{<>,\"x\":[1,¦]}", value), ("{<>,\"x\":¦NaN}", value), ("{<>,\"x\":-¦Infinity}", digits),
        ("{<>,¦x:1}", key), ("{<>,¦'x':1}", key), ("{<>¦/* */}", between), ("{<>} ¦// x", end), ("¦# {<>}", value),
        ("{<>,\"x\":¦True}", value), ("{<>,\"x\":0¦x1F}", between), ("{<>,\"x\":0¦07}", between),
        ("{<>,\"x\":¦+1}", value),
        ("{<>,\"x\":\"a¦\tb\"}", control), ("{<>,\"x\":\"a¦\0b\"}", control),
        (#"{<>,"x":"\0¦12"}"#, "has an unknown escape inside a string"),
        (#"{<>,"x":"\u00¦g0"}"#, hexadecimal), (#"{<>,"x":"\u004¦G"}"#, hexadecimal),
        (#"{<>,"x":"\u¦:000"}"#, hexadecimal),
        (#"{<>,"x":"\u0¦/00"}"#, hexadecimal), (#"{<>,"x":"\u00¦`0"}"#, hexadecimal),
        (#"{<>,"x":"\u000¦@"}"#, hexadecimal),
        (#"{<>,"x":"\u¦{41}"}"#, hexadecimal), ("{<>}¦}", end),
        ("{<>} ¦x {<>}", end),
    ])
    func refused(line: String, reason: String) async throws {
        let marked = line.replacing("<>", with: eventMembers)
        let byte = marked.utf8.prefix { $0 != 0xC2 }.count
        #expect(try await readBetweenNeighbours(marked.replacing("¦", with: "")).problem == "\(byte) \(reason)")
    }

    // MARK: Lines

    /// `<x>` and `<y>` are events of 63 bytes.
    @Test("What ends a line, what begins an input, and what stands around events", arguments: [
        ("<x>\n<y>", "xy", []), ("<x>\r\n<y>\r\n", "xy", []), ("\n \n\r\n<x>\n\t\n\n<y>\n\n", "xy", []),
        ("\u{FEFF}<x>\n<y>", "xy", []),
        ("<x>\r<y>", "xy", []), ("<x><y>", "xy", []), ("<x>,\n,<y>,,\n", "xy", []), ("[<x>]\n[,<y>,,]", "xy", []),
        ("<x>\n\u{FEFF}<y>\n", "x", ["a:2:64 \(value)"]), ("\u{FEFF}\u{FEFF}<x>\n<y>", "y", ["a:1:3 \(value)"]),
        ("<x>\n\u{C}\n<y>", "xy", ["a:2:64 \(value)"]), ("<x>\u{2028}<y>", "", ["a:1:63 \(end)"]),
        ("<x>\u{85}<y>", "", ["a:1:63 \(end)"]),
        ("<x>\n{\"uuid\":\"a\nb\"}\n<y>", "xy", ["a:2:74 ends inside a string", "a:3:75 \(value)"]),
        ("<x>\n{\"uuid\":\"a\\\nb\"}\n<y>", "xy", ["a:2:75 ends inside a string", "a:3:76 \(value)"]),
    ] as [(String, String, [String])])
    func lines(input: String, ids: String, problems: [String]) async throws {
        let event = { (id: String) in #"{"uuid":"\#(id)","eventType":"t","published":"2025-01-01T00:00:00Z"}"# }
        let bytes = Array(input.replacing("<x>", with: event("x")).replacing("<y>", with: event("y")).utf8)
        let fast = try await ReaderOutput([bytes], with: .fast), slow = try await ReaderOutput([bytes], with: .slow)
        #expect(fast.differences(from: slow) == [])
        #expect(fast.ids.joined() == ids && fast.report.messages == problems)
    }

    private static let between = "needs `,` or `}`", key = "needs a key in quotes", end = "goes on after its end"
    private static let value = "has a character that begins no value", digits = "has a number without digits"
    private static let hexadecimal = #"has a `\u` escape without four hexadecimal digits"#
    private static let control = "has a control character inside a string"
}
