import Diagnostics
import Events
import Testing

@testable import KQL

@Suite("Tables whose columns are declared")
struct DeclaredTableTests {
    @Test("A value becomes one of its column's type, or null", arguments: [
        ("bool", "true", "true"), ("bool", #""False""#, "false"), ("bool", "2", "true"), ("bool", "[]", "null"),
        ("int", "7", "7"), ("int", "7.0", "7"), ("int", "3000000000", "null"), ("int", #""12""#, "12"),
        ("int", "1.5", "null"),
        ("long", "9223372036854775807", "9223372036854775807"), ("long", "9223372036854775808", "null"),
        ("long", #""x""#, "null"), ("long", #""0x1F""#, "31"), ("long", "true", "null"),
        ("real", "1", "1.0"), ("real", #""NaN""#, #""NaN""#), ("real", #""Infinity""#, #""Infinity""#),
        ("real", #""-Infinity""#, #""-Infinity""#), ("real", "{}", "null"),
        ("decimal", #""0.1""#, #""0.1""#), ("decimal", "12345678901234567890.5", #""12345678901234567890.5""#),
        ("decimal", #""x""#, "null"),
        ("datetime", #""2018-07-01T00:00:00.0000000Z""#, #""2018-07-01T00:00:00.0000000Z""#),
        ("datetime", #""2018-07-01""#, #""2018-07-01T00:00:00.0000000Z""#), ("datetime", #""never""#, "null"),
        ("datetime", "5", "null"),
        ("timespan", #""1.02:00:00""#, #""1.02:00:00""#), ("timespan", #""-12:00:00""#, #""-12:00:00""#),
        ("timespan", #""00:00:00.1234567""#, #""00:00:00.1234567""#), ("timespan", #""long""#, "null"),
        ("guid", #""7E9C7C4E-0F6A-4C1E-8D2B-000000000001""#, #""7e9c7c4e-0f6a-4c1e-8d2b-000000000001""#),
        ("guid", #""7E9C""#, "null"), ("string", "1.50", #""1.50""#), ("string", "null", #""""#),
        ("string", #"{"a": [1]}"#, #""{\"a\":[1]}""#), ("string", "true", #""true""#),
        ("dynamic", #""[1]""#, #""[1]""#), ("dynamic", "[1, {}]", "[1,{}]"), ("dynamic", "null", "null"),
    ])
    func values(type: String, value: String, expected: String) async throws {
        let column = ColumnSchema("v", try #require(ScalarType(written: type)))
        let loaded = try await LoadedRows("{\"v\": \(value)}", columns: .complete([column]))
        #expect(loaded.columns == ["v \(type)"])
        #expect(loaded.rows == ["[\(expected)]"])
    }

    @Test("A list of columns is the whole table, in its order")
    func complete() async throws {
        let columns = [ColumnSchema("b", .long), ColumnSchema("gone", .datetime), ColumnSchema("a", .string)]
        let loaded = try await LoadedRows(#"{"a": "x", "b": 1, "more": true}"#, columns: .complete(columns))
        #expect(loaded.columns == ["b long", "gone datetime", "a string"])
        #expect(loaded.rows == [#"[1,null,"x"]"#])
    }

    @Test("A file of a known table's name has that table's columns, and its own behind them")
    func known() async throws {
        let line = #"{"TimeGenerated": "2025-01-01T00:00:00Z", "Type": 5, "Mine": 1, "EventData": "{\"a\":[1]}"}"#
        let loaded = try await LoadedRows(line, name: "Event")
        #expect(loaded.columns.count == 23)
        #expect(loaded.columns.contains("EventLevel int"))
        #expect(loaded.columns.last == "Mine long")
        let table = try await LocalTable.load(name: "AuditLogs", RawBytes(name: "t", bytes: Array("""
            {"OperationName": "Add user", "InitiatedBy": "{\\"user\\":{\\"ipAddress\\":\\"192.0.2.1\\"}}"}
            {"OperationName": "Add app", "InitiatedBy": {"app": {"displayName": "x"}}}
            """.utf8))).table
        #expect(
            try table.answer(to: "AuditLogs | project OperationName, InitiatedBy.user.ipAddress, isnull(AADTenantId)")
                == [#"["Add user","192.0.2.1",false]"#, #"["Add app",null,false]"#])
    }

    @Test("A list of columns is read, or refused with the reason", arguments: [
        (#"{"columns":[{"name":"a","type":"long"},{"name":"b","type":"double"}]}"#, "a long, b real"),
        (#"{"columns":[]}"#, ""),
        (#"{"columns":[{"name":"a"}]}"#, "the columns cannot be read: a column has no `name` or no `type`"),
        (#"{"columns":[{"name":"a","type":"text"}]}"#,
            "the columns cannot be read: the column `a` has the type `text`, which is none"),
        (#"{"columns":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}"#,
            "the columns cannot be read: the column `a` is there twice"),
        ("[]", "the columns cannot be read: there is no list `columns` in it"),
        ("{", "the columns cannot be read: the file needs a key in quotes"),
    ])
    func lists(text: String, expected: String) {
        do throws(Diagnostic) {
            let columns = try DeclaredColumns(schema: RawBytes(name: "s", bytes: Array(text.utf8))).columns
            #expect(columns.map { "\($0.name) \($0.type.rawValue)" }.joined(separator: ", ") == expected)
        } catch {
            #expect(error.problem == expected)
        }
    }
}
