@testable import Events
import Foundation
import JSON
import Testing

/// The place of the names is ``JSONCase``.
@Suite("The texts of JSONTestSuite within events")
struct JSONWithinEventsTests {
    @Test("An event that holds JSON is read, between its neighbours", arguments: JSONCases.accepted)
    func accepted(text: JSONCase) async throws {
        let lines = Self.linesOfTextsWithNewlines[text.name]
        try await check(text, rejected: lines ?? 0)
    }

    @Test("An event that holds anything else is one problem, and its neighbours are read", arguments: JSONCases.refused)
    func refused(text: JSONCase) async throws {
        try await check(text, rejected: Self.linesOfTextsWithNewlines[text.name] ?? 1)
    }

    @Test("What parsers may decide for themselves is decided as in any other text", arguments: JSONCases.open)
    func open(entry: JSONCases.Open) async throws {
        if case .read = entry.outcome {
            try await check(entry.text, rejected: 0)
        } else {
            try await check(entry.text, rejected: 1)
        }
    }

    /// A newline ends a line wherever it stands, so that each line of these texts is a problem of its own.
    private static let linesOfTextsWithNewlines = [
        "y_array_with_1_and_newline": 2, "y_number_double_close_to_zero": 2, "y_object_with_newlines": 3,
        "y_structure_trailing_newline": 2, "n_array_newlines_unclosed": 3, "n_array_unclosed_with_new_lines": 3,
        "n_number_invalid-utf-8-in-int": 2, "n_object_bracket_key": 2, "n_string_unescaped_newline": 2,
        "n_structure_open_array_object": 2,
    ]

    @Test("In an array over lines, newlines within JSON are white space", arguments: JSONCases.accepted)
    func acceptedOverLines(text: JSONCase) async throws {
        let events = [event("a"), event("u1", holding: text.bytes), event("c")]
        let input = Array("[\n".utf8) + Array(events.joined(separator: Array(",\n".utf8))) + Array("\n]\n".utf8)
        let fast = try await ReaderOutput([input], with: .fast), slow = try await ReaderOutput([input], with: .slow)
        #expect(fast.differences(from: slow) == [])
        #expect(fast.ids == ["a", "u1", "c"] && fast.report.messages == [])
    }

    @Test("No text alone on a line is an event, and its neighbours are read")
    func alone() async throws {
        for text in JSONCases.accepted + JSONCases.refused + JSONCases.open.map(\.text) {
            let input = joined([event("a"), text.bytes, event("c")])
            let fast = try await ReaderOutput([input], with: .fast), slow = try await ReaderOutput([input], with: .slow)
            #expect(fast.differences(from: slow) == [], "\(text.name)")
            #expect(fast.ids == ["a", "c"] && fast.report.isBalanced, "\(text.name)")
        }
    }

    @Test("All the same on a thread with a stack of 512 KiB", arguments: [true, false])
    func smallStack(isFast: Bool) async throws {
        let texts = JSONCases.accepted + JSONCases.refused + JSONCases.open.map(\.text)
        let input = joined(texts.enumerated().map { event("u\($0)", holding: $1.bytes) })
        let expected = try await ReaderOutput([input], with: isFast ? .fast : .slow)
        let (ids, rejected) = await onSmallStack {
            let queue = EventChunkQueue([RawBytes(name: "a", bytes: input)], chunkSize: 4 << 20)
            let collector = ChunkCollector(EventTable(), totalBytes: input.count)
            var reader = ChunkReader(isFast: isFast)
            while let chunk = queue.next() { collector.add(reader.read(chunk, into: collector.spareColumns())) }
            let (table, outcomes) = collector.finish()
            return (table.table.ids, outcomes.reduce(0) { $0 + $1.rejected })
        }
        #expect(ids == expected.ids && rejected == expected.report.rejected)
        #expect(ids.count == JSONCases.accepted.count - 4 + JSONCases.open.filter(\.isRead).count)
    }

    private func check(_ text: JSONCase, rejected: Int) async throws {
        let input = joined([event("a"), event("u1", holding: text.bytes), event("c")])
        let fast = try await ReaderOutput([input], with: .fast), slow = try await ReaderOutput([input], with: .slow)
        #expect(fast.differences(from: slow) == [])
        #expect(fast.ids == (rejected == 0 ? ["a", "u1", "c"] : ["a", "c"]))
        #expect(fast.report.rejected == rejected && fast.report.isBalanced, "\(fast.report.messages)")
        #expect(fast.report.problems.map(\.line) == (0..<rejected).map { $0 + 2 })
    }

    private func joined(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: [0x0A])) + [0x0A] }

    private func event(_ id: String, holding value: [UInt8] = Array("0".utf8)) -> [UInt8] {
        let start = #"{"uuid":"\#(id)","eventType":"t","published":"2025-01-01T00:00:00Z""#
        return Array((start + #","debugContext":{"debugData":{"x":"#).utf8) + value + Array("}}}".utf8)
    }
}

extension JSONCases.Open {
    fileprivate var isRead: Bool { if case .read = outcome { true } else { false } }
}
