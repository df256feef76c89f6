@testable import Events
import Testing

@Suite("An input that is cut short")
struct CutInputTests {
    /// `<x>` is an event on one line, `<X>` one over lines.
    private static let inputs = [
        "<x>\n<x>\n{\"target\":[\n\"]}\n<x>\r\n\n<x>", "<x><x>,<x>\n[<x>,<x>]\n<x>", "[<x>,<x>,5,<x>]",
        "[\n<x>,\n<x>,\n{\"a\":\"\n<x>\n]\n",
        "[\n  <X>,\n  <X>,\n  <X>\n]", "<X>\n<X><X>\n<x>\n<X>", "{\"events\":[<x>,<x>,<x>],\"next\":{\"a\":[{}]}}\n",
        "{\n \"events\": [\n  <X>,\n  <x>\n ]\n}\n", "\u{FEFF}{\"events\":[<x>]}\n<x>\n",
    ]

    @Test("What was whole before the cut is kept, wherever it is cut", arguments: inputs)
    func prefixes(template: String) async throws {
        let (bytes, ends) = filled(template)
        for count in 0...bytes.count {
            let whole = ends.count { $0 <= count }
            let output = try await ReaderOutput([Array(bytes.prefix(count))], with: .fast)
            #expect(output.ids == (0..<whole).map { "e\($0)" }, "cut to \(count) bytes")
            #expect(output.report.isBalanced && output.report.rejected <= 3)
        }
    }

    /// What is left must not begin with a bracket: then it is taken for an array that goes on over lines.
    @Test("What is whole on a line after the cut is kept, wherever lines are cut", arguments: inputs.prefix(2))
    func suffixes(template: String) async throws {
        let (bytes, ends) = filled(template)
        for count in 0...bytes.count where count == bytes.count || bytes[count] != UInt8(ascii: "[") {
            let rest = Array(bytes.dropFirst(count))
            let line = rest.firstIndex(of: 0x0A).map { $0 + count } ?? bytes.count
            let output = try await ReaderOutput([rest], with: .fast)
            let expected = ends.indices.filter { ends[$0] > line }.map { "e\($0)" }
            #expect(Array(output.ids.suffix(expected.count)) == expected, "cut from \(count) on")
            #expect(output.report.isBalanced)
        }
    }

    @Test("Pieces lie in the input, one after another, and events are one object each", arguments: inputs)
    func pieces(template: String) {
        let (bytes, _) = filled(template)
        for count in 0...bytes.count {
            bytes.prefix(count).withUnsafeBytes { bytes in
                let lines = (0..<count).reduce(into: [0]) { if bytes[$1] == 0x0A { $0.append($1 + 1) } }
                let splitters = lines.map { EventSplitter(line: Lines.line(of: bytes, from: $0), of: bytes) }
                    + [EventSplitter(values: bytes, from: 0)]
                for pieces in splitters.map(\.pieces) { checkOrder(of: pieces, in: bytes) }
            }
        }
    }

    private func checkOrder(of pieces: [EventSplitter.Piece], in bytes: UnsafeRawBufferPointer) {
        var end = 0
        for piece in pieces {
            #expect(piece.start >= end && piece.end <= bytes.count && piece.end >= piece.start)
            end = piece.end
            guard case .event(let range) = piece else { continue }
            #expect(bytes[range.lowerBound] == UInt8(ascii: "{") && bytes[range.upperBound - 1] == UInt8(ascii: "}"))
            var scanner = DocumentScanner(bytes, in: range.lowerBound..<bytes.count)
            #expect(scanner.value()?.range == range)
        }
    }

    /// The input, and where each of its events ends.
    private func filled(_ template: String) -> (bytes: [UInt8], ends: [Int]) {
        var bytes: [UInt8] = [], ends: [Int] = [], rest = template[...]
        while let mark = rest.firstRange(of: /<x>|<X>/) {
            bytes += Array(rest[..<mark.lowerBound].utf8)
            let space = rest[mark] == "<X>" ? "\n   " : ""
            let target = #"[{"id":"{[\""}]"#
            bytes += Array("{\(space)\"uuid\":\"e\(ends.count)\",\(space)\"target\":\(target)\(space)}".utf8)
            ends.append(bytes.count)
            rest = rest[mark.upperBound...]
        }
        return (bytes + Array(rest.utf8), ends)
    }
}
