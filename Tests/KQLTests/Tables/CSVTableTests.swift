import Events
import Testing

@testable import KQL

@Suite("Tables of CSV")
struct CSVTableTests {
    @Test("A column's type is what all of its fields look like", arguments: [
        (["true", "False", ""], "bool", ["true", "false", "null"]), (["1", "-5", ""], "long", ["1", "-5", "null"]),
        (["1", "2.5", "1e3"], "real", ["1.0", "2.5", "1000.0"]), (["1.5", "NaN"], "real", ["1.5", #""NaN""#]),
        (["007", "8"], "string", [#""007""#, #""8""#]),
        (["123456789012345678901"], "string", [#""123456789012345678901""#]), (["+5"], "string", [#""+5""#]),
        (["2025-01-02", "2025-01-02 03:04:05"], "datetime",
            [#""2025-01-02T00:00:00.0000000Z""#, #""2025-01-02T03:04:05.0000000Z""#]),
        (["1", "x"], "string", [#""1""#, #""x""#]), (["true", "1"], "string", [#""true""#, #""1""#]),
        (["\"[1]\""], "string", [#""[1]""#]), (["\"a \"\"b\"\", c\nd\""], "string", [#""a \"b\", c\nd""#]),
    ])
    func inference(fields: [String], type: String, rows: [String]) async throws {
        let loaded = try await LoadedRows("n,v\n" + fields.map { "1,\($0)\n" }.joined())
        #expect(loaded.columns == ["n long", "v \(type)"])
        #expect(loaded.rows == rows.map { "[1,\($0)]" })
    }

    @Test("The header names the columns", arguments: [
        ("a,b\n1,2", ["a long", "b long"], ["[1,2]"]), ("a;b\r\n1;2\r\n", ["a long", "b long"], ["[1,2]"]),
        ("a\tb\n1\t2", ["a long", "b long"], ["[1,2]"]), ("\u{FEFF}a,b\n1,2", ["a long", "b long"], ["[1,2]"]),
        ("a,a,,a\n1,2,3,4", ["a long", "a1 long", "Column3 long", "a2 long"], ["[1,2,3,4]"]),
        ("name\nalice\nbob", ["name string"], [#"["alice"]"#, #"["bob"]"#]),
        ("a,b\n", ["a string", "b string"], []), ("\"a,b\",c\n1,2", ["a,b long", "c long"], ["[1,2]"]),
        ("TimeGenerated [UTC],x\n\"3/26/2023, 9:05:32.159 PM\",1", ["TimeGenerated datetime", "x long"],
            [#"["2023-03-26T21:05:32.1590000Z",1]"#]),
    ])
    func headers(text: String, columns: [String], rows: [String]) async throws {
        let loaded = try await LoadedRows(text)
        #expect(loaded.columns == columns)
        #expect(loaded.rows == rows)
    }

    @Test("A record that does not fit is left out and placed", arguments: [
        ("a,b\n1,2\n3\n4,5,6\n7,8", ["[1,2]", "[7,8]"],
            ["3:8 the row has 1 field where the header has 2", "4:10 the row has 3 fields where the header has 2"]),
        ("a,b\n1,\"x\n2,3", ["[2,3]"], ["2:6 the row has a quote that is never closed"]),
    ])
    func broken(text: String, rows: [String], problems: [String]) async throws {
        let loaded = try await LoadedRows(text)
        #expect(loaded.rows == rows)
        #expect(loaded.problems == problems)
    }

    @Test("Fields become values of declared types")
    func declared() async throws {
        let columns = [
            ColumnSchema("t", .timespan), ColumnSchema("d", .dynamic), ColumnSchema("z", .string),
            ColumnSchema("n", .int),
        ]
        let text = "z,d,t,n,more\n007,\"{\"\"a\"\":1}\",1.02:00:00,007,x\n,,soon,x,\n"
        let loaded = try await LoadedRows(text, columns: .complete(columns))
        #expect(loaded.columns == ["t timespan", "d dynamic", "z string", "n int"])
        #expect(loaded.rows == [#"["1.02:00:00",{"a":1},"007",7]"#, #"[null,null,"",null]"#])
    }

    @Test("Many records are read in parts, all of them")
    func many() async throws {
        let text = "id,name\n" + (0..<60_000).map { "\($0),user\($0 % 7)\n" }.joined()
        let source = RawBytes(name: "t", bytes: Array(text.utf8))
        let table = try await LocalTable.load(name: "T", source, nil, chunkSize: 10_000).table
        #expect(try table.answer(to: "T | summarize count(), sum(id), dcount(name)") == ["[60000,1799970000,7]"])
    }
}
