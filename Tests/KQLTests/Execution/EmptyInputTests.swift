import Testing

@testable import KQL

@Suite("Operators over no rows")
struct EmptyInputTests {
    /// A stage over `E`, which has no rows, gives none; the stages that count give their one row elsewhere.
    static let stages = [
        "where n > 1", "extend x = n + 1, y = strcat(k, 'a')", "project k", "project-away k", "distinct *",
        "distinct k",
        "sort by n", "sort by k asc, n desc", "top 3 by n", "take 3", "sample 3", "sample-distinct 3 of k",
        "summarize count(), max(n), make_set(k), arg_max(t, *) by r", "join kind=inner N on k", "join N on k",
        "join kind=leftouter N on k", "join kind=leftsemi N on k", "join kind=leftanti N on k",
        "join kind=rightsemi N on k", "lookup N on k", "union (E)", "mv-expand d", "mv-expand d to typeof(long)",
        "mv-apply d on (summarize count())", "mv-apply d on (extend w = row_number())", "partition by k (count)",
        "partition by k (serialize w = row_number())", "parse k with 'a' x:long", "parse-where k with 'a' x:long",
        "parse kind=regex k with 'a' x:long", "parse-kv k as (a:long) with (pair_delimiter=' ', kv_delimiter='=')",
        "reduce by k", "make-series count() on t from datetime(2025-01-01) to datetime(2025-01-02) step 1h",
        "make-series count() on t step 1h by k", "top-nested 2 of k by count()",
        "top-nested 2 of k with others='o' by count(), top-nested of n by max(n)", "top-hitters 2 of k",
        "top-hitters 2 of k by n", "evaluate bag_unpack(d)", "evaluate pivot(k)", "evaluate narrow()",
        "serialize w = row_number(), p = prev(n), c = row_cumsum(n)", "as X | where n > 1", "search 'a'",
        "project x = toscalar(N | count)", "where k in ((N | project k))",
    ]

    @Test("A stage gives no rows, and its columns may be read", arguments: stages)
    func stage(_ stage: String) throws {
        let engine = QueryEngine(tables: [], now: RecordedResults.now)
        for source in ["E", "E | where n > 1", "N | where false | extend r = 1.0, t = now(), d = dynamic(null)"] {
            let result = try engine.run("\(QueryCase.tables)\(source) | \(stage)")
            #expect(result.count == 0, "\(source) | \(stage)")
            #expect(!result.columns.isEmpty)
        }
    }
}
