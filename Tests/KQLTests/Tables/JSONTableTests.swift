import Testing

@testable import KQL

@Suite("Tables of JSON")
struct JSONTableTests {
    @Test("A column's type is that of all of its values", arguments: [
        (["true", "false", "null"], "bool", ["true", "false", "null"]),
        (["1", "-9223372036854775808"], "long", ["1", "-9223372036854775808"]),
        (["1", "0.5"], "real", ["1.0", "0.5"]),
        (["1", "18446744073709551616"], "real", ["1.0", "1.8446744073709552e+19"]),
        (["1.5", #""NaN""#, #""-Infinity""#], "real", ["1.5", #""NaN""#, #""-Infinity""#]),
        ([#""NaN""#], "string", [#""NaN""#]),
        ([#""2025-01-02""#, #""2025-01-02T03:04:05.5+01:00""#], "datetime",
            [#""2025-01-02T00:00:00.0000000Z""#, #""2025-01-02T02:04:05.5000000Z""#]),
        ([#""2025-01-02""#, #""""#], "datetime", [#""2025-01-02T00:00:00.0000000Z""#, "null"]),
        ([#""2025-01-02""#, #""soon""#], "string", [#""2025-01-02""#, #""soon""#]),
        ([#""a\"\u00e9\n""#, "null"], "string", [#""a\"é\n""#, #""""#]),
        ([#""7e9c7c4e-0f6a-4c1e-8d2b-000000000001""#], "string", [#""7e9c7c4e-0f6a-4c1e-8d2b-000000000001""#]),
        (["1", #""a""#, "true"], "dynamic", ["1", #""a""#, "true"]),
        (["[1, 2]", #"{"a": {"b": null}}"#], "dynamic", ["[1,2]", #"{"a":{"b":null}}"#]),
        (["null", "null"], "dynamic", ["null", "null"]),
        (["0", "-0", "1e2", "1E-2"], "real", ["0.0", "-0.0", "100.0", "0.01"]),
    ])
    func inference(values: [String], type: String, rows: [String]) async throws {
        let loaded = try await LoadedRows(values.map { #"{"v": \#($0)}"# }.joined(separator: "\n"))
        #expect(loaded.columns == ["v \(type)"])
        #expect(loaded.rows == rows.map { "[\($0)]" })
        #expect(loaded.report.rejected == 0)
    }

    @Test("All values decide, also the last of a file that is read in many parts", arguments: [
        (#""end""#, "dynamic", #"[0]"#, #"["end"]"#), ("2.5", "real", "[0.0]", "[2.5]"), ("7", "long", "[0]", "[7]"),
    ])
    func late(value: String, type: String, first: String, last: String) async throws {
        let lines = (0..<60_000).map { #"{"v": \#($0)}"# }
        let loaded = try await LoadedRows((lines + [#"{"v": \#(value)}"#]).joined(separator: "\n"), chunkSize: 30_000)
        #expect(loaded.columns == ["v \(type)"])
        #expect([loaded.rows.first, loaded.rows.last] == [first, last])
        #expect(loaded.rows.count == 60_001)
    }

    @Test("Columns stand as their keys first appear, and what a row lacks is null")
    func keys() async throws {
        let loaded = try await LoadedRows("""
            {"b": 1, "a": null}
            {"c": "x", "b": 2}
            {}
            {"a": 3.5}
            """)
        #expect(loaded.columns == ["b long", "a real", "c string"])
        #expect(loaded.rows == [#"[1,null,""]"#, #"[2,null,"x"]"#, #"[null,null,""]"#, #"[null,3.5,""]"#])
    }

    @Test("A key that comes late in a file of many parts becomes a column, in the order of the file")
    func lateKey() async throws {
        var lines = (0..<60_000).map { #"{"first": \#($0), "last": "x"}"# }
        lines[30_001] = #"{"second": true, "first": 1}"#
        let loaded = try await LoadedRows(lines.joined(separator: "\n"), chunkSize: 50_000)
        #expect(loaded.columns == ["first long", "last string", "second bool"])
        #expect(loaded.rows[30_001] == #"[1,"",true]"#)
        #expect(loaded.rows[30_002] == #"[30002,"x",null]"#)
    }

    @Test("Of a repeated key the last value counts; keys are told apart by bytes, escapes read", arguments: [
        (#"{"a": 1, "a": 2}"#, ["a long"], "[2]"),
        (#"{"a": "x", "b": 1, "a": null}"#, ["a string", "b long"], #"["",1]"#),
        (#"{"\u0061": 1, "a": 2}"#, ["a long"], "[2]"),
        (#"{"\u00e9": 1, "e\u0301": 2}"#, ["é long", "e\u{301} long"], "[1,2]"),
        (#"{"": 1}"#, [" long"], "[1]"),
    ])
    func repeatedKeys(line: String, columns: [String], row: String) async throws {
        let loaded = try await LoadedRows(line)
        #expect(loaded.columns.map { Array($0.utf8) } == columns.map { Array($0.utf8) })
        #expect(loaded.rows == [row])
    }

    @Test("Rows are found in every layout", arguments: [
        "{\"a\":1}\n{\"a\":2}\n{\"a\":3}", "{\"a\":1}\r\n\r\n{\"a\":2}\r\n{\"a\":3}\r\n",
        "[{\"a\":1},{\"a\":2},{\"a\":3}]", "[\n  {\n    \"a\": 1\n  },\n  {\"a\": 2},\n  {\"a\": 3}\n]\n",
        "{\"a\":1}{\"a\":2}{\"a\":3}", "{\"a\":1},{\"a\":2},{\"a\":3}", "{\n\"a\":1}\n{\n\"a\":2}{\"a\":3}",
        "[{\"a\":1}]\n[{\"a\":2},{\"a\":3}]", "\u{FEFF}{\"a\":1}\n{\"a\":2}\n{\"a\":3}",
        " \n\t{\"a\":1}\n{\"a\":2}\n{\"a\":3}",
    ])
    func layouts(text: String) async throws {
        let loaded = try await LoadedRows(text)
        #expect(loaded.rows == ["[1]", "[2]", "[3]"])
        #expect(loaded.problems == [])
    }

    @Test("Nothing in a file is a table without columns", arguments: ["", "\n\n", "[]", " "])
    func empty(text: String) async throws {
        let loaded = try await LoadedRows(text)
        #expect((loaded.columns, loaded.rows.count, loaded.report.rejected) == ([], 0, 0))
    }
}
