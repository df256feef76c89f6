import JSON
import Tables
import Testing

@testable import KQL

/// A query and the table that it gives, written as one text: the columns' names, then the rows, apart by `;`, and the
/// values of a row apart by blanks. `a:long` in place of `a` says the type too.
///
/// Null is `null`, the empty text `''`, midnight a date alone. Where the query asks for no order the rows are compared
/// as a bag.
struct QueryCase: Sendable, CustomTestStringConvertible {
    let query: String
    let expected: String

    init(_ query: String, _ expected: String) {
        self.query = query
        self.expected = expected
    }

    var testDescription: String { query }

    /// Small tables that the cases share.
    static let tables = """
        let N = datatable(k:string, n:long)["a", 1, "b", long(null), "a", 3, "", 2];
        let L = datatable(k:string, x:long)["a", 1, "b", 2, "b", 3, "", 4];
        let R = datatable(k:string, y:long)["b", 10, "b", 20, "c", 30, "", 40];
        let D = datatable(i:long, d:dynamic)[
            1, dynamic([3, 1, 2]), 2, dynamic([]), 3, dynamic(null), 4, dynamic({"p": 1, "q": 2}), 5, dynamic("s")];
        let E = datatable(k:string, n:long, r:real, t:datetime, d:dynamic)[];

        """

    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let result = try QueryEngine(tables: [], now: RecordedResults.now).run(Self.tables + query)
        var own = Self.text(of: result, typed: expected.prefix { $0 != ";" }.contains(":"))
        var rows = expected.split(separator: "; ", omittingEmptySubsequences: false).map(String.init)
        if !result.isOrdered {
            own = [own[0]] + own.dropFirst().sorted()
            rows = [rows[0]] + rows.dropFirst().sorted()
        }
        #expect(own == rows, "\(query)", sourceLocation: sourceLocation)
    }

    /// The names, then the rows.
    static func text(of result: QueryResult, typed: Bool) -> [String] {
        let names = result.columns.map { typed ? "\($0.name):\($0.type)" : $0.name }
        let rows = (0..<result.count).map { row in
            result.columns.indices.map { text(result.json(row: row, column: $0)) }.joined(separator: " ")
        }
        return [names.joined(separator: " ")] + rows
    }

    private static func text(_ value: JSONValue) -> String {
        guard case .string(let text) = value else { return value.text }
        if text.isEmpty { return "''" }
        guard text.hasSuffix(".0000000Z") else { return text }
        let time = text.dropLast(9)
        return String(time.hasSuffix("T00:00:00") ? time.dropLast(9) : time)
    }
}
