@testable import Events
import JSON
import Testing

/// As ``EventPolicyTests``: numbers, values of an unexpected kind, depth, and sizes.
@Suite("What is accepted: numbers, kinds, depth and sizes")
struct EventLimitsTests {
    @Test("Numbers are doubles, rounded once; beyond a double's range the line is refused", arguments: [
        ("0", 0), ("-0", 0), ("-0.0", -0.0), ("64512", 64512), ("1e3", 1000), ("1E-2", 0.01), ("1e-400", 0),
        ("0.1", 0.1),
        ("9007199254740993", 9007199254740992), ("18446744073709551617", 18446744073709551616),
        ("123456789012345.6", 123456789012345.6),
        ("0.1234567890123456789", 0.12345678901234568), ("-73.98", -73.98), (zeros("1", 307), 1e307),
        ("0." + zeros("", 400) + "1", 0),
        ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude),
        ("1e400", .infinity), ("-1e400", -.infinity), ("1.8e308", .infinity), (zeros("1", 309), .infinity),
        (zeros("-1", 400) + ".5", -.infinity),
    ] as [(String, Double)])
    func numbers(text: String, expected: Double) async throws {
        let start = "{\(eventMembers),\"securityContext\":{\"asNumber\":"
        let (event, problem) = try await readBetweenNeighbours(start + text + "}}")
        #expect(problem == (expected.isFinite ? nil : "\(start.utf8.count) has a number out of range"))
        let number = event?.table.number(.asNumber, at: 1)
        #expect(number?.bitPattern == (expected.isFinite ? expected.bitPattern : nil))
        // What no column is made of obeys the same rule.
        let other = try await readBetweenNeighbours("{<>,\"x\":[\(text)]}").event?.value(at: "x.0")
        #expect(other?.double == (expected.isFinite ? expected : nil))
    }

    @Test("Where a number is expected, nothing else is one", arguments: [
        #""64512""#, "true", "null", "[1]", #"{"0":1}"#, #""""#,
    ])
    func noNumber(value: String) async throws {
        let event = try #require(await readBetweenNeighbours("{<>,\"securityContext\":{\"asNumber\":\(value)}}").event)
        #expect(event.table.number(.asNumber, at: 1) == nil)
    }

    @Test("Where text is expected, numbers and booleans are taken as they would be written", arguments: [
        ("5", "5"), ("-5", "-5"), ("-0", "0"), ("5.0", "5.0"), ("1e2", "100.0"), ("1.50", "1.5"),
        ("9007199254740993", "9007199254740993"),
        ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9.223372036854776e+18"),
        ("true", "true"), ("false", "false"),
        ("null", nil), (#""null""#, nil), (##""n\u0075ll""##, nil), (#""""#, nil), ("[]", nil), (#"["INFO"]"#, nil),
        ("{}", nil), (#"{"id":"x"}"#, nil),
    ] as [(String, String?)])
    func text(value: String, expected: String?) async throws {
        let members = "\"severity\":\(value),\"target\":[{\"id\":\(value)}]"
        let event = try #require(await readBetweenNeighbours("{<>,\(members)}").event)
        #expect(event[.severity] == expected && event[.targetID] == expected)
    }

    @Test("What stands in the place of an object or a list has no fields", arguments: [
        #""actor":"id""#, #""actor":[{"id":"x"}]"#, #""actor":5"#, #""actor":{"":{"id":"x"}}"#, #""target":"id""#,
        #""target":{"0":{"id":"x"}}"#, #""target":[[{"id":"x"}]]"#, #""target":[null,{"id":"x"}]"#,
        #""target":{"id":"x"}"#,
    ])
    func places(members: String) async throws {
        let event = try #require(await readBetweenNeighbours("{<>,\(members)}").event)
        #expect(event[.actorID] == nil && event[.targetID] == nil)
    }

    @Test("A time is a text or number that can be read as one, or null", arguments: [
        (#""2025-01-01""#, true), ("null", true), ("1735689600", true), (#""""#, false), (#""null""#, false),
        ("12", false), ("true", false), ("[]", false),
    ])
    func times(value: String, isAccepted: Bool) async throws {
        let (event, problem) = try await readBetweenNeighbours(#"{"uuid":"u","eventType":"t","published":\#(value)}"#)
        #expect(event?.id == (isAccepted ? "u" : nil))
        #expect(problem == (isAccepted ? nil : "0 has a time that cannot be read"))
    }

    // MARK: Depth

    /// The event is the first level.
    @Test("64 levels are read, the bracket of the 65th is refused", arguments: [("[", "]"), (#"{"a":"#, "}")])
    func depth(open: String, close: String) async throws {
        for (start, end, outer) in [("{\(eventMembers),\"x\":", "}", 1),
        ("{\(eventMembers),\"actor\":{\"x\":", "}}", 2)] {
            let nest = { (inner: Int) in
                start + String(repeating: open, count: inner) + "0" + String(repeating: close, count: inner) + end
            }
            #expect(try await readBetweenNeighbours(nest(64 - outer)).event?.id == "u")
            let byte = start.utf8.count + open.utf8.count * (64 - outer)
            #expect(try await readBetweenNeighbours(nest(65 - outer)).problem == "\(byte) nests deeper than 64 levels")
        }
    }

    @Test("A hundred thousand levels are one problem, closed or not", .timeLimit(.minutes(10)), arguments: [
        ("[", "]"), (#"{"a":"#, "}"), (#"[{"":"#, "}]"), (#"{"actor":"#, "}"), (#"{"events":["#, "]}"),
        (#"{"detail":"#, "}"),
    ])
    func deep(open: String, close: String) async throws {
        let opened = String(repeating: open, count: 100_000), closed = String(repeating: close, count: 100_000)
        for end in ["", "0" + closed + "}"] {
            for key in ["x", "actor", "target", "uuid"] {
                let problem = try await readBetweenNeighbours("{\"version\":\"0\",\"\(key)\":" + opened + end).problem
                #expect(problem?.hasSuffix(" nests deeper than 64 levels") == true)
            }
        }
    }

    // MARK: Size

    /// Sizes are only ever added and compared, in 64 bits; what could depend on them is how often a line is gone
    /// through and how it lies to the chunks. Four megabytes are 64 chunks here, as 256 megabytes are outside tests.
    @Test("A line may be longer than many chunks", .timeLimit(.minutes(10)))
    func longEvent() async throws {
        let text = String(repeating: "0123456789abcdef", count: 1 << 18)
        let lines = ["a", "b\",\"displayMessage\":\"\(text)", "c"].map {
            "{\"eventType\":\"t\",\"published\":\"2025-01-01\",\"uuid\":\"\($0)\"}\n"
        }
        let source = RawBytes(name: "a", bytes: Array(lines.joined().utf8))
        for isFast in [true, false] {
            let (table, report) = try await EventReader(chunkSize: 1 << 16, isFast: isFast).read(source)
            #expect(table.ids == ["a", "b", "c"] && report.messages == [])
            #expect(table[1].displayMessage?.utf8.count == text.utf8.count)
        }
    }

    /// With a limit of a hundred bytes, as no test has four gigabytes to spare.
    @Test("An event too long for its place to be kept is one problem, and harms no neighbour", arguments: [true, false])
    func tooLong(isFast: Bool) {
        let lines = ["a", "b\",\"x\":\"\(String(repeating: "x", count: 100))", "c"].map {
            "{\"eventType\":\"t\",\"published\":\"2025-01-01\",\"uuid\":\"\($0)\"}\n"
        }
        let source = RawBytes(name: "a", bytes: Array(lines.joined().utf8))
        var reader = ChunkReader(isFast: isFast), columns = EventColumns()
        columns.origins = EventOrigins(lengthLimit: 100)
        let batch = reader.read(EventChunk(index: 0, source: source, content: .lines(0..<source.count)), into: columns)
        #expect((0..<batch.columns.count).map { batch.columns.ids[$0] } == ["a", "c"])
        #expect(batch.outcome.events == 2 && batch.outcome.rejected == 1)
        #expect(batch.outcome.problems.map(\.byte) == [lines[0].utf8.count])
        #expect(batch.outcome.problems.map(\.message) == ["is longer than 4 GiB"])
    }

    @Test("The longest event has one byte less than 4 GiB", arguments: [(0xFFFF_FFFF, true), (0x1_0000_0000, false)])
    func longest(length: Int, isHeld: Bool) {
        var origins = EventOrigins()
        #expect(origins.holds(start: 7, end: 7 + length) == isHeld)
        guard isHeld else { return }
        origins.beginRun(RawBytes(name: "a", bytes: []), .oktaLogEvent)
        origins.append(start: 7, end: 7 + length)
        #expect(origins.range(of: 0) == 7..<7 + length)
    }

    @Test("A long line of anything else is one problem", .timeLimit(.minutes(10)), arguments: [
        "x", "\"", "\\", "\0", "{\"a\":\"", "{\"uuid\":\"b\"}x", "0123456789", "\u{E9}", "-", "e", "{\"a\":[",
    ])
    func longGarbage(piece: String) async throws {
        let line = Array(String(repeating: piece, count: (1 << 20) / piece.utf8.count).utf8)
        let event = Array("\n{\"uuid\":\"a\",\"eventType\":\"t\",\"published\":\"2025-01-01\"}\n".utf8)
        let output = try await ReaderOutput([event + line + event], with: EventReader(chunkSize: 1 << 16))
        #expect(output.ids == ["a"] && output.report.duplicates == 1)
        #expect(output.report.rejected == 1 && output.report.problems.map(\.line) == [3])
    }

    private static func zeros(_ start: String, _ count: Int) -> String { start + String(repeating: "0", count: count) }
}
