@testable import Events
import JSON
import Tables
import Testing

@Suite("Where inputs are cut never matters")
struct ChunkBorderTests {
    private static func event(_ id: String, _ more: String = "") -> String {
        #"{"uuid":"\#(id)","eventType":"t","published":"2025-11-12T18:00:\#(10 + id.utf8.count % 10)Z"\#(more)}"#
    }

    /// Good, bad, blank and long lines, lines with several objects, lines of DOS; a mark first, no newline last.
    private static let lines: String = {
        let group = { (number: Int) in
            [
                event("a\(number)"), "", event("b\(number)", #","actor":{"id":"ann\#(number % 2)"}"#) + "\r", "garbage",
                " \t", event("c\(number)") + event("d\(number)"), #"{"uuid":"cut\#(number)","#,
                "[" + event("e\(number)") + ",5]", "{}", #"{"id":"g","actor_id":"bob"}"#,
                event("f", #","displayMessage":"\#(String(repeating: "é", count: 40 * number))""#),
                #"  {"events":["# + event("h\(number)") + #"]}"#, event("e\(number)", #","severity":"INFO""#) + ",",
                "\"text\"",
            ]
        }
        return "\u{FEFF}" + (0..<4).flatMap(group).joined(separator: "\n") + "\n" + event("last")
    }()

    private static let pretty = "[\n" + (0..<6).map { number in
        "  " + event("p\(number)", ",\n   \"actor\": {\n    \"id\": \"ann\(number % 2)\"\n   }")
    }.joined(separator: ",\n") + ",\n  5,\n  {\"uuid\": \"cut\",\n  " + event("p1") + "\n]\n"

    private static let concatenated = "{\n" + event("q1").dropFirst() + event("q2") + "\nwords\n"
        + event("q3", ",\n\"target\":[{\"id\":\"t\"}]") + ",\n\n{\"uuid\":\"q4\"}{"

    @Test("Inputs are as they were meant")
    func inputs() async throws {
        let lines = try await ReaderOutput([Array(Self.lines.utf8)], with: .fast)
        #expect(lines.ids.count == 27 && lines.report.duplicates == 10 && lines.report.rejected == 20)
        let pretty = try await ReaderOutput([Array(Self.pretty.utf8)], with: .fast)
        #expect(pretty.ids == ["p0", "p1", "p2", "p3", "p4", "p5"])
        #expect(pretty.report.rejected == 2 && pretty.report.duplicates == 1)
        let concatenated = try await ReaderOutput([Array(Self.concatenated.utf8)], with: .fast)
        #expect(concatenated.ids == ["q1", "q2", "q3", "q4"] && concatenated.report.rejected == 2)
    }

    @Test("Chunks of every size, read by one and by three", arguments: [
        [lines], [pretty], [concatenated], [lines, pretty], [concatenated, lines, "", pretty],
    ])
    func sizes(texts: [String]) async throws {
        let inputs = texts.map { Array($0.utf8) }
        let whole = try await ReaderOutput(inputs, with: EventReader(width: 1, chunkSize: .max / 2))
        for size in sizesThatDiffer(inputs) {
            for width in [1, 3] {
                let cut = try await ReaderOutput(inputs, with: EventReader(width: width, chunkSize: size))
                #expect(cut.differences(from: whole) == [], "chunks of \(size), \(width) at a time")
            }
        }
    }

    @Test("Nor does it with a window, and with a table that has some of the events")
    func windowAndTable() async throws {
        let inputs = [Self.lines, Self.pretty].map { Array($0.utf8) }
        let before = try await read(Self.event("b1"), Self.event("p2")).table
        let window = try TimeWindowRequest(since: "2025-11-12T18:00:12Z")
        let whole = try await ReaderOutput(inputs, with: .fast, into: before, window: window)
        #expect(whole.report.outsideWindow > 0 && whole.report.duplicates > 0 && whole.report.accepted > 0)
        for size in sizesThatDiffer(inputs) {
            let reader = EventReader(width: 3, chunkSize: size)
            let cut = try await ReaderOutput(inputs, with: reader, into: before, window: window)
            #expect(cut.differences(from: whole) == [], "chunks of \(size)")
        }
    }

    /// One size for each way in which the sizes up to that of the largest input cut the inputs.
    private func sizesThatDiffer(_ inputs: [[UInt8]]) -> [Int] {
        let sources = inputs.map { RawBytes(name: "", bytes: $0) }
        var known: Set<[Int]> = [], sizes: [Int] = []
        for size in 1...(inputs.map(\.count).max() ?? 1) {
            let queue = EventChunkQueue(sources, chunkSize: size)
            var cuts: [Int] = []
            while let chunk = queue.next() { cuts += [chunk.count, chunk.end] }
            if known.insert(cuts).inserted { sizes.append(size) }
        }
        return sizes
    }
}
