import Testing

@testable import KQL

@Suite("summarize, make-series and the tops")
struct SummarizeTests {
    private static let times =
        "datatable(k:string, t:datetime, v:long)['a', datetime(2025-01-01T03:00), 1, 'a', datetime(2025-01-03), 2, "
        + "'b', datetime(2025-01-03T01:00), 3, 'b', datetime(2025-01-03T02:00), 4, 'c', datetime(2025-02-01), 9]"

    @Test(
        "Nulls are keys, and are passed over by aggregations",
        arguments: [
            QueryCase(
                "N | summarize c = count(), s = sum(n), a = avg(n), lo = min(n), hi = max(n) by k",
                "k c s a lo hi; a 2 4 2.0 1 3; b 1 0 NaN null null; '' 1 2 2.0 2 2"),
            QueryCase("N | summarize count(n), countif(n > 1), dcount(n)", "count_n countif_ dcount_n; 4 2 3"),
            QueryCase("N | summarize c = count() by n", "n c; 1 1; null 1; 3 1; 2 1"),
            QueryCase("N | summarize by k", "k; a; b; ''"),
            QueryCase("N | summarize make_list(n), make_list_with_nulls(n)", "list_n list_n1; [1,3,2] [1,null,3,2]"),
            QueryCase("N | summarize arg_max(n, k)", "n k; 3 a"),
            QueryCase("N | summarize arg_min(n, k)", "n k; 1 a"),
            QueryCase("N | where k == 'b' | summarize arg_max(n, k)", "n k; null b"),
            QueryCase("N | summarize s = sum(n) / count() by e = isempty(k)", "e s; false 1; true 2"),
            QueryCase(
                "datatable(r:real)[1, real(nan), real(null)] | summarize c = count() by r",
                "r c; 1.0 1; NaN 1; null 1"),
            QueryCase("union N, N | summarize c = count() by k, n", "k n c; a 1 2; b null 2; a 3 2; '' 2 2"),
            QueryCase("N | summarize percentiles(n, 50, 100)", "percentile_n_50 percentile_n_100; 2 3"),
        ])
    func nulls(_ item: QueryCase) throws { try item.check() }

    @Test(
        "Over nothing there is one row without keys, and none with them",
        arguments: [
            QueryCase(
                "E | summarize count(), sum(n), avg(n), min(n), make_list(n), dcount(n), make_set(k), any(k)",
                "count_ sum_n avg_n min_n list_n dcount_n set_k any_k; 0 0 NaN null [] 0 [] ''"),
            QueryCase(
                "E | summarize arg_max(n, k), percentile(r, 50), countif(n > 1)",
                "n k percentile_r_50 countif_; null '' null 0"),
            QueryCase("E | summarize count() by k", "k count_"),
            QueryCase("E | summarize by k", "k"),
            QueryCase("E | summarize m = max(t)", "m:datetime; null"),
            QueryCase("E | count", "Count; 0"),
        ])
    func nothing(_ item: QueryCase) throws { try item.check() }

    @Test(
        "Series have an element for each step",
        arguments: [
            QueryCase(
                "\(times) | make-series s = sum(v), c = count() default = -1 on t from datetime(2025-01-01) "
                    + "to datetime(2025-01-04) step 1d by k | mv-expand s, c, t to typeof(datetime)",
                "k s c t; a 1 1 2025-01-01; a 0 -1 2025-01-02; a 2 1 2025-01-03; "
                    + "b 0 -1 2025-01-01; b 0 -1 2025-01-02; b 7 2 2025-01-03"),
            QueryCase(
                "\(times) | where k != 'c' | make-series max(v) on t step 1d | mv-expand max_v, t to typeof(datetime)",
                "max_v t; 1 2025-01-01; 0 2025-01-02; 4 2025-01-03"),
            QueryCase(
                "\(times) | where k == 'b' | make-series count() on t in range(datetime(2025-01-02), "
                    + "datetime(2025-01-04), 1d) | mv-expand count_, t to typeof(datetime)",
                "count_ t; 0 2025-01-02; 2 2025-01-03; 0 2025-01-04"),
            QueryCase(
                "\(times) | make-series a = avg(v) on t from datetime(2025-01-02T12:00) "
                    + "to datetime(2025-01-04) step 1d "
                    + "| project a", "a; [3.0,0.0]"),
            QueryCase(
                "range x from 0 to 9 step 3 | make-series c = count() on x from 0 to 10 step 5", "c x; [2,2] [0,5]"),
            QueryCase(
                "datatable(x:real)[-0.5, 0.25, 1.25, real(null)] | make-series c = count() on x step 0.5",
                "c x; [1,1,0,1] [-0.5,0.0,0.5,1.0]"),
            QueryCase(
                "E | make-series count() on t from datetime(2025-01-01) to datetime(2025-01-03) step 1d", "count_ t"),
            QueryCase(
                "E | make-series kind=nonempty c = count() default = 7 on t from datetime(2025-01-01) "
                    + "to datetime(2025-01-03) step 1d | project c", "c; [7,7]"),
            QueryCase(
                "\(times) | make-series s = sum(v) / count() on t from datetime(2025-01-03) "
                    + "to datetime(2025-01-04) step 1d | project s",
                "s; [3]"),
        ])
    func series(_ item: QueryCase) throws { try item.check() }

    @Test(
        "The first values of each level, and the others",
        arguments: [
            QueryCase("R | top-nested 1 of k by sum(y)", "k aggregated_k; '' 40"),
            QueryCase("R | top-nested 2 of k with others = 'rest' by s = sum(y)", "k s; '' 40; b 30; rest 30"),
            QueryCase("R | top-nested of k by max(y) asc", "k aggregated_k; b 20; c 30; '' 40"),
            QueryCase(
                "L | top-nested 1 of k by count(), top-nested 1 of x with others = -1 by max(x)",
                "k aggregated_k x aggregated_x; b 2 3 3; b 2 -1 2"),
            QueryCase(
                "L | top-nested 1 of k with others = 'rest' by count(), top-nested 1 of x by max(x)",
                "k aggregated_k x aggregated_x; b 2 3 3; rest 2 null null"),
            QueryCase(
                "L | top-nested 1 of k with others = 'rest' by count(), top-nested of x with others = -1 by sum(x)",
                "k aggregated_k x aggregated_x; b 2 3 3; b 2 2 2; rest 2 -1 5"),
            QueryCase("E | top-nested 2 of k with others = 'rest' by count()", "k aggregated_k"),
            QueryCase("R | top-hitters 1 of k", "k approximate_count_k; b 2"),
            QueryCase("R | top-hitters 2 of k by y", "k approximate_sum_y; '' 40; b 30"),
            QueryCase("E | top-hitters 2 of k by n", "k approximate_sum_n"),
        ])
    func tops(_ item: QueryCase) throws { try item.check() }

    @Test(
        "Series of more elements than fit are refused, whatever the ends of their axis",
        arguments: [
            "range x from 1 to 3 step 1 | make-series count() on x from 0 to 9000000000 step 1",
            "datatable(x:long)[9223372036854775807, -9223372036854775808] | make-series count() on x step 1",
            "range k from 1 to 100 step 1 | extend x = 1 | make-series count() on x from 0 to 1000000 step 1 by k",
        ])
    func tooLong(_ query: String) {
        let fault = #expect(throws: KQLFault.self) {
            try QueryEngine(tables: [], now: RecordedResults.now).run(query)
        }
        #expect(fault?.code == "RUN0004")
    }

    @Test("A step that is not greater than zero is refused", arguments: ["0s", "-1d"])
    func badStep(_ step: String) {
        let query =
            "range t from datetime(2025-01-01) to datetime(2025-01-02) step 1h | make-series count() on t step \(step)"
        #expect(throws: KQLFault.self) { try QueryEngine(tables: [], now: RecordedResults.now).run(query) }
    }
}
