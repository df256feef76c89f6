import Foundation
import Investigation
import KQL
import Models
import Pipeline
import Testing

@testable import Shell

/// Results of queries, on the screen and in every format.
@Suite struct QueryTableTests {
    private static func outcome(_ query: String) async throws -> QueryOutcome {
        let session = Session(
            name: "test", settings: SessionSettings(), transcript: Transcript(nil), store: nil, model: nil,
            analyst: { ModelAnalyst(model: $0) })
        guard case .query(let outcome) = try await session.perform(.query(QueryRequest(query)), words: []) else {
            throw CancellationError()
        }
        return outcome
    }

    /// The lines without the time that it took.
    private func lines(_ query: String, width: Int = 80, rows: Int? = nil) async throws -> [String] {
        let lines = QueryTable(try await Self.outcome(query), screen: Screen(width: width)).lines(rows: rows)
        return lines.map { $0.contains(" · ") ? String($0.prefix { $0 != "·" }) + "·" : $0 }
    }

    private func text(_ query: String, _ format: OutputFormat) async throws -> String {
        var text = ""
        let outcome = try await Self.outcome(query)
        QueryPrinter(outcome: outcome, format: format, screen: Screen(width: 80)).print(rows: nil) { text += $0 }
        return text
    }

    private static let mixed = """
        datatable(name: string, n: long, at: datetime, took: timespan, more: dynamic)
        ['bob', 7, datetime(2025-11-12 18:00:00), 90s, dynamic({"a":[1]}),
         '', int(null), datetime(null), time(null), dynamic(null)]
        """

    /// Types stand under the names, numbers to the right; a null says so, an empty text is empty.
    @Test func aTable() async throws {
        #expect(try await lines(Self.mixed) == [
            "  name       n  at                        took  more",
            "  string  long  datetime              timespan  dynamic",
            "  bob        7  2025-11-12 18:00:00Z  00:01:30  {\"a\":[1]}",
            "          null  null                      null  null",
            "  2 rows ·",
        ])
    }

    @Test func aNarrowScreenHasAFieldALine() async throws {
        #expect(try await lines(Self.mixed + "| take 1", width: 40) == [
            "  name: string    bob", "  n: long         7", "  at: datetime    2025-11-12 18:00:00Z",
            "  took: timespan  00:01:30", "  more: dynamic   {\"a\":[1]}", "  1 row ·",
        ])
    }

    @Test(arguments: [
        ("print t = datetime(2025-01-02 03:04:05)", "2025-01-02 03:04:05Z"),
        ("print t = datetime(2025-01-02 03:04:05.5)", "2025-01-02 03:04:05.500Z"),
        ("print t = datetime(2025-01-02 03:04:05.1234567)", "2025-01-02 03:04:05.1234567Z"),
        ("print t = real(nan)", "NaN"), ("print t = true", "true"), ("print t = 1.5", "1.5"),
        ("print t = dynamic('null')", "\"null\""), ("print t = 'null'", "null"),
        ("print t = '\u{1B}[31m'", #"\u{1B}[31m"#),
        ("print t = 'a\\nb'", #"a\nb"#),
    ])
    func cells(_ query: String, _ text: String) async throws {
        #expect(try await lines(query)[2].trimmingCharacters(in: .whitespaces) == text)
    }

    @Test func theFirstRowsAndHowManyMore() async throws {
        #expect(try await lines("range x from 1 to 1000 step 1", rows: 2) == [
            "     x", "  long", "     1", "     2", "  … 998 more rows: `last` pages them", "  1,000 rows ·",
        ])
    }

    @Test func noRows() async throws {
        #expect(try await lines("print x = 1 | where x > 1") == ["     x", "  long", "  0 rows ·"])
    }

    /// Rows with ids are numbered, so that `show 2` and `why 2` can name one.
    @Test func rowsWithIds() async throws {
        let query = "datatable(uuid: string, n: long)['e1', 5, 'e2', 6]"
        #expect(try await lines(query) == [
            "  #  uuid       n", "     string  long", "  1  e1         5", "  2  e2         6", "  2 rows ·",
        ])
        #expect(QueryTable(try await Self.outcome(query), screen: Screen(width: 80)).ids == ["e1", "e2"])
        #expect(QueryTable(try await Self.outcome("print x = 1"), screen: Screen(width: 80)).ids == nil)
    }

    @Test(arguments: [
        (
            OutputFormat.json,
            #"{"columns":[{"name":"x","type":"long"},{"name":"s","type":"string"}],"rows":[[1,"a,b"],"#
                + "\n[2,\"\"]]}\n"
        ),
        (.jsonl, #"{"x":1,"s":"a,b"}"# + "\n" + #"{"x":2,"s":""}"# + "\n"),
        (.csv, "x,s\n1,\"a,b\"\n2,\n"), (.md, "| x | s |\n| --- | --- |\n| 1 | a,b |\n| 2 |  |\n"),
        (.line, "x: 1\ns: a,b\n\nx: 2\ns: \n"),
    ])
    func formats(_ format: OutputFormat, _ expected: String) async throws {
        let text = try await text("datatable(x: long, s: string)[1, 'a,b', 2, '']", format)
        #expect(text == expected)
    }

    @Test(arguments: [
        (OutputFormat.json, #"{"columns":[{"name":"x","type":"long"}],"rows":[]}"# + "\n"), (.jsonl, ""), (.csv, "x\n"),
        (.md, "| x |\n| --- |\n"), (.line, ""),
    ])
    func formatsOfNothing(_ format: OutputFormat, _ expected: String) async throws {
        #expect(try await text("print x = 1 | where x > 1", format) == expected)
    }

    @Test(arguments: [OutputFormat.json, .jsonl, .csv])
    func manyRowsComeWhole(_ format: OutputFormat) async throws {
        let text = try await text("range x from 1 to 2500 step 1", format)
        #expect(text.split(separator: "\n").count == (format == .csv ? 2501 : 2500))
        #expect(text.contains("1000") && text.contains("2500"))
    }
}
