import JSON
import Tables
import Testing

@testable import KQL

@Suite("The rows that a query's answer rests on")
struct SourceRowTests {
    private static let tables = ["T", "U"].map { name in
        LocalTable(
            name: name,
            records: (1...4).map { number in
                ["id": .string("\(name.lowercased())\(number)"), "n": .integer(Int64(number)), "g": .string(number % 2 == 0 ? "even" : "odd")]
            })
    }

    @Test("What filters leave before the rows become others", arguments: [
        ("T", "t1 t2 t3 t4"),
        ("T | where n > 2", "t3 t4"),
        ("T | where n > 2 | project g | where g == 'odd'", "t3"),
        ("T | project-away id | extend m = n * 2 | where m == 4 | project-rename k = m | where k > 0", "t2"),
        ("T | where n > 1 | summarize c = count() by g | where c == 1", "t2 t3 t4"),
        ("T | sort by n desc | extend r = row_number() | where r == 1", "t4"),
        ("T | where n > 2 | take 1", "t3 t4"),
        ("let a = T | where n < 3; a | where g == 'even' | count", "t2"),
        ("let a = T | summarize by g; a | count", "t1 t2 t3 t4"),
        ("T | where n == 1 | join kind=inner (U | where n < 3) on g", "t1 / u1 u2"),
        ("T | where n == 1 | join kind=leftanti (U | where n < 3) on g", "t1"),
        ("T | where n == 1 | join kind=rightanti (U | where n < 3) on g", "u1 u2"),
        ("T | where n in ((U | where n == 4 | project n))", "t4"),
        ("T | union U | where n == 1", "t1 u1"),
        ("union withsource=s T, U | where s == 'U' and n == 2 | count", "u2"),
        ("union T, (U | summarize n = max(n)) | where n == 1", "t1 t2 t3 t4 / u1 u2 u3 u4"),
        ("T | mv-expand x = dynamic([1, 2]) | where x == 1 and n == 1", "t1 t2 t3 t4"),
        ("print 1", ""),
        ("T | where n > 9", ""),
    ])
    func rows(query: String, ids: String) throws {
        let engine = QueryEngine(tables: Self.tables, now: Timestamp(ticks: 0))
        _ = try engine.run(query)
        #expect(try engine.sourceRows(of: query, columns: ["T": "id", "U": "id"]).map { $0.joined(separator: " ") }.joined(separator: " / ") == ids)
    }

    @Test("Tables and columns that are not asked for, and the limit of rows")
    func others() throws {
        let engine = QueryEngine(tables: Self.tables, now: Timestamp(ticks: 0))
        #expect(try engine.sourceRows(of: "T | union U", columns: ["U": "id"]) == [["u1", "u2", "u3", "u4"]])
        #expect(try engine.sourceRows(of: "T", columns: ["T": "nothing"]) == [])
        #expect(try engine.sourceRows(of: "T", columns: ["T": "id"], limits: QueryLimits(rows: 2)) == [["t1", "t2"]])
        #expect(throws: KQLFault.self) { try engine.sourceRows(of: "Nothing", columns: [:]) }
    }
}
