import Diagnostics
import Events
import Foundation
import JSON
import Testing

@testable import KQL

@Suite("Broken table files")
struct BrokenTableTests {
    @Test("What is no row is left out, counted and placed; its neighbours stay", arguments: [
        ("{\"a\":1}\n{\"a\":\n{\"a\":3}", ["[1]", "[3]"], ["2:13 the row ends before a value"]),
        ("{\"a\":1}\nnonsense\n{\"a\":3}", ["[1]", "[3]"], ["2:8 the row has a word that is not true, false or null"]),
        ("{\"a\":tru}\n{\"a\":2}", ["[2]"], ["1:5 the row has a word that is not true, false or null"]),
        ("nonsense\n{\"a\":2}", ["[2]"], ["1:0 the row has a word that is not true, false or null"]),
        ("{\"a\":1}\n\"text\"\n7\n{\"a\":4}", ["[1]", "[4]"],
            ["2:8 the row is a string, not a JSON object", "3:15 the row is a number, not a JSON object"]),
        ("{\"a\":1}\n{\"a\":1e999}", ["[1]"], ["2:13 the row has a number out of range"]),
        ("{\"a\":1}\n{\"a\":\"x\u{1}\"}", ["[1]"], ["2:15 the row has a control character inside a string"]),
        ("{\"a\":1}\n{\"a\":\"\\x\"}", ["[1]"], ["2:16 the row has an unknown escape inside a string"]),
        ("{\"a\":1}\n{\"a\":2", ["[1]"], ["2:14 the row ends inside an object"]),
        ("[{\"a\":1},\n{\"a\":},\n{\"a\":3}]", ["[1]", "[3]"], ["2:15 the row has a character that begins no value"]),
        ("[{\"a\":1},[{\"a\":2}],{\"a\":3}]", ["[1]", "[3]"], ["1:9 the row is an array, not a JSON object"]),
        ("[{\"a\":1},\n{\"a\":2}", ["[1]", "[2]"], ["2:17 the row ends inside an array"]),
    ])
    func broken(text: String, rows: [String], problems: [String]) async throws {
        let loaded = try await LoadedRows(text)
        #expect(loaded.rows == rows)
        #expect(loaded.problems == problems)
        #expect(loaded.report.rejected == problems.count)
        #expect(loaded.report.rows == rows.count)
    }

    @Test("Bytes that are not UTF-8 are no row", arguments: [
        [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ])
    func notUTF8(bytes: [UInt8]) async throws {
        let text = Array("{\"a\":\"ok é \u{1F600}\"}\n{\"a\":\"".utf8) + bytes + Array("\"}\n{\"a\":\"after\"}".utf8)
        let loaded = try await LoadedRows(bytes: text)
        #expect(loaded.rows == ["[\"ok é \u{1F600}\"]", "[\"after\"]"])
        #expect(loaded.problems.count == 1)
    }

    @Test("Deep nesting is a problem of its row alone")
    func deep() async throws {
        let deep = String(repeating: "[", count: 100_000)
        let fair = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        let loaded = try await LoadedRows("{\"a\":\(deep)\n{\"a\":\(fair)}\n{\"a\":{\"b\":\(deep)")
        #expect(loaded.rows == ["[\(fair)]"])
        #expect(loaded.report.rejected == 2)
    }

    @Test("Only the first hundred problems are told, and all are counted")
    func manyProblems() async throws {
        let loaded = try await LoadedRows((0..<5000).map { $0 == 2500 ? "{\"a\":1}" : "{]" }.joined(separator: "\n"))
        #expect((loaded.report.rows, loaded.report.rejected, loaded.report.problems.count) == (1, 4999, 100))
        #expect(loaded.report.moreProblems == 4899)
        #expect(loaded.problems.last == "100:298 the row needs a key in quotes")
    }

    @Test("Keys beyond a thousand are left out, and that is said")
    func manyKeys() async throws {
        let loaded = try await LoadedRows((0..<1200).map { "{\"k\($0)\":\($0)}" }.joined(separator: "\n"))
        #expect((loaded.columns.count, loaded.rows.count) == (1000, 1200))
        #expect(loaded.report.notes == ["The rows have more than 1000 keys; those beyond are left out"])
    }

    @Test("Rows that have nothing in common take no more room than they have")
    func sparse() async throws {
        let text = String(repeating: "{}\n", count: 100_000) + (0..<900).map { "{\"k\($0)\":1}\n" }.joined()
        let (table, report) = try await LocalTable.load(name: "T", RawBytes(name: "t", bytes: Array(text.utf8)))
        #expect((table.columns.count, report.rows) == (900, 100_900))
        #expect(try table.answer(to: "T | summarize count(), sum(k0), max(k899)") == ["[100900,1,1]"])
    }

    @Test("A file that is not there is refused, and so is a list of columns that is none")
    func files() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "t.ndjson").path
        await #expect(throws: Diagnostic.self) { try await LocalTable.load(name: "T", path: path) }
        try "{\"a\": 1}".write(toFile: path, atomically: false, encoding: .utf8)
        let (table, _) = try await LocalTable.load(name: "T", path: path)
        try FileManager.default.removeItem(atPath: path)
        #expect(try table.answer(to: "T") == ["[1]"], "the file is not needed after it was loaded")
        try "{\"a\": 1}".write(toFile: path, atomically: false, encoding: .utf8)
        let schema = path + ".schema.json"
        try #"{"columns":[{"name":"a","type":"string"}]}"#.write(toFile: schema, atomically: false, encoding: .utf8)
        #expect(try await LocalTable.load(name: "T", path: path).table.answer(to: "T") == [#"["1"]"#])
        try "{".write(toFile: schema, atomically: false, encoding: .utf8)
        await #expect(throws: Diagnostic.self) { try await LocalTable.load(name: "T", path: path) }
    }

    @Test("A file that another program cuts short is reported")
    func cutShort() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = (0..<20_000).map { "{\"a\":\($0)}\n" }.joined()
        try lines.write(toFile: path, atomically: false, encoding: .utf8)
        let source = try RawBytes.open(path: path, name: "t")
        truncate(path, 100_000)
        let (table, report) = try await LocalTable.load(name: "T", source)
        #expect(report.rows > 8000 && report.rows < 10_000)
        #expect(report.problems.last?.problem == "the row was cut short by another program while it was read")
        #expect(try table.answer(to: "T | take 2") == ["[0]", "[1]"])
    }
}
