@testable import Events
import Foundation
import Testing

@Suite("Nothing is read beyond the memory of an input", .serialized)
struct MemoryEndTests {
    /// What the last line is, when nothing but the end of the file stands after it.
    private static let endings: [(last: String, isEvent: Bool)] = [
        (#"{"uuid":"z","eventType":"t","published":"2025-01-01T00:00:00Z","displayMessage":"<>"}"#, true),
        (#"{"uuid":"z","eventType":"t","published":"2025-01-01T00:00:00Z","displayMessage":"<>"#, false),
        (#"{"uuid":"z","eventType":"t","displayMessage":"<>","authenticationContext":{"authenticationProvid"#, false),
        (#"{"uuid":"<>\u12"#, false),
    ]

    @Test("A file that ends near the end of a page, its last line without a newline", arguments: endings.indices)
    func pageEnds(ending: Int) async throws {
        let (last, isEvent) = Self.endings[ending]
        var fenced = 0
        for size in FencedFile.page - 40...FencedFile.page + 40 {
            let text = Self.filled(last, to: size)
            let file = try FencedFile(text)
            let (table, report) = try await EventReader.fast.read(file.source)
            #expect(table.ids == ["e0", "e1", "e2"] + (isEvent ? ["z"] : []), "\(size)")
            #expect(report.rejected == (isEvent ? 0 : 1) && report.isBalanced, "\(size)")
            fenced += file.isFenced ? 1 : 0
        }
        #expect(fenced > 0)
    }

    /// The scanner expects the keys of the events before, looks at eight bytes a step and compares long keys at once.
    @Test("A last newline near the end of a page", arguments: [
        "{<>}", #"{<>,"a":1}"#, #"{<>,"authenticationContext":{"a":{}}}"#, #"{<>,"displayMessage":"<m>"}"#,
        #"{<>,"a":false}"#, #"{<>,"a":"\u00e9"}"#, #"{<>,"a":"<m>é"}"#, #"{<>,"a":[1,-2.5]}"#, #"{<>,"a"#,
        #"{<>,"a":"🙂"#, #"{<>,"a":"\u00"#, "{<>,",
    ])
    func lastNewline(last: String) async throws {
        let context = #"{"credentialType":"a","authenticationProvider":"b"}"#
        let before = #"{<>,"authenticationContext":\#(context),"displayMessage":"c"}"# + "\n"
        var fenced = 0
        for tail in 0...EventScanner.margin + 8 {
            let lines = Self.expanded(before, id: "y") + Self.expanded(last, id: "z") + "\n"
            let room = String(repeating: " ", count: FencedFile.page - lines.utf8.count - tail - 1) + "\n"
            let file = try FencedFile(room + lines + String(repeating: " ", count: tail))
            let table = try await EventReader.fast.read(file.source).table
            #expect(table.ids == (last.hasSuffix("}") ? ["y", "z"] : ["y"]), "\(tail)")
            fenced += file.isFenced ? 1 : 0
        }
        #expect(fenced > 0)
    }

    private static func expanded(_ line: String, id: String) -> String {
        line.replacing("<>", with: #""uuid":"\#(id)","eventType":"t","published":"2025-01-01T00:00:00Z""#)
            .replacing("<m>", with: "message of some length")
    }

    /// Each of these looks, from its first line on, as if it went on to the end of the file.
    @Test("Where an object is not closed, the search for its end stops with it", arguments: [
        ("{\"a\":\n1,\"b\":\"", "x"), ("{\"a\":\n{},\"b\":\"", "x"), ("{\"a\":{\n\"b\":\"", "x"), ("{\"a\":{}", "\n"),
        ("{\"a\":[{}", " "),
        ("{\"a\":[\n\"b\",", "1"), ("[\n{\"a\":\n{\"b\":1},\n\"c\":\"", "x"), ("[\n{\"a\":{}\n", " "),
        ("[{\"a\":[1\n", ","),
        ("{\n\"events\":[{\"a\":{}", "\n"), ("{\"a\":1}\n{\"b\":\n-", "1"),
    ])
    func unclosed(start: String, filler: String) async throws {
        var fenced = 0
        for offset in [0, 1, EventScanner.margin] {
            let text = start + String(repeating: filler, count: 2 * FencedFile.page - offset - start.utf8.count)
            let file = try FencedFile(text)
            let report = try await EventReader.fast.read(file.source).report
            #expect(report.accepted == 0 && report.isBalanced)
            fenced += file.isFenced ? 1 : 0
        }
        #expect(fenced > 0)
    }

    /// Three events, then the line, in which `<>` becomes as long as the size asks.
    private static func filled(_ last: String, to size: Int) -> String {
        let lines = (0..<3).map { expanded("{<>}\n", id: "e\($0)") }.joined()
        let room = size - lines.utf8.count - last.utf8.count + 2
        return lines + last.replacing("<>", with: String(repeating: "m", count: room))
    }
}
