import Diagnostics
@testable import Events
import Foundation
import Testing

@Suite("Inputs that mean harm")
struct HostileTests {
    @Test("Ten thousand brackets are one problem, and the next line is read", arguments: ["[", "{", #"{"a":["#, #"{"events":["#])
    func brackets(open: String) async throws {
        let deep = String(repeating: open, count: 10_000)
        let (table, report) = try await read("{\"uuid\":\"x\"}\n" + deep + "\n{\"uuid\":\"y\"}\n")
        #expect(table.ids == ["x", "y"])
        #expect(Set(report.problems.map(\.line)) == [2])
        #expect(report.isBalanced)
        let alone = try await read(deep)
        #expect(alone.table.isEmpty && alone.report.rejected >= 1 && alone.report.isBalanced)
    }

    @Test("A line of two megabytes is read like any other")
    func longLine() async throws {
        let text = String(repeating: "x", count: 2_000_000)
        let (table, report) = try await read("{\"uuid\":\"a\",\"displayMessage\":\"\(text)\"}\n{\"uuid\":\"b\"}")
        #expect(table.ids == ["a", "b"])
        #expect(table[0].displayMessage == text)
        #expect(report.messages == [])
    }

    /// Each of these takes for ever when the search for an end begins anew at every line.
    @Test("Broken inputs cost no more than whole ones", .timeLimit(.minutes(10)), arguments: [
        "{\n", "[\n", "{\"a\":[\n", "[{\"uuid\":\"a\"},\n",
        "[{\"uuid\":\"a\",\n", "\n", "{\"a\":\"\n", "{\"uuid\":\"a\"},{", ",\n", " {\n", "\"\n", "}", "\\",
    ])
    func linear(line: String) async throws {
        let text = String(repeating: line, count: 40_000)
        for input in [text, "[" + text, "[{\"uuid\":\"b\"\n" + text, #"{"events":["# + text] {
            let (_, report) = try await read(input)
            #expect(report.isBalanced)
        }
    }

    @Test("Any prefix of an input and any random damage is counted, never fatal")
    func damage() async throws {
        let text = Array(#"""
            {"events":[
            {"uuid":"é\u00e9","target":[{"id":"t"}]},
            {"id":"f","actor_id":null}]}
            [{"uuid":5}]
            """#.utf8)
        var state: UInt64 = 11
        for turn in 0..<800 {
            var bytes = turn < text.count ? Array(text.prefix(turn)) : text
            for _ in 0..<(turn < text.count ? 0 : turn % 4 + 1) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let alphabet = Array("{}[]\",:\\\n 0x".utf8) + [0, 0xFF]
                bytes[Int(state >> 33) % bytes.count] = alphabet[Int(state >> 20) % alphabet.count]
            }
            let source = RawBytes(name: "a", bytes: bytes)
            let report = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).report
            #expect(report.isBalanced)
            #expect(report.problems.allSatisfy { (0...bytes.count).contains($0.byte) })
        }
    }

    @Test("The scanner never goes past its end", arguments: [
        #"{"a\"#, #""\"#, #"["\"#, "\\", "{", "[[", "\"", "tru", "}", "]", ",",
    ])
    func scanner(text: String) {
        Array(text.utf8).withUnsafeBytes { bytes in
            for end in 0...bytes.count {
                var scanner = DocumentScanner(bytes, in: 0..<end)
                while let value = scanner.value() {
                    #expect(value.range.upperBound <= end && scanner.position <= end && !value.range.isEmpty)
                }
                #expect(scanner.position <= end)
            }
        }
    }
}
