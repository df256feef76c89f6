import Testing

@testable import KQL

@Suite("Functions of the rows around")
struct WindowTests {
    private static let users = "datatable(u:string, v:long)['a', 1, 'a', 2, 'b', 2, 'b', 2, 'b', 4]"

    @Test(
        "Neighbours, numbers, sums and ranks, with and without restarts",
        arguments: [
            QueryCase(
                "range x from 1 to 3 step 1 | extend p = prev(x), q = next(x), r = row_number(), c = row_cumsum(x)",
                "x p q r c; 1 null 2 1 1; 2 1 3 2 3; 3 2 null 3 6"),
            QueryCase(
                "range x from 1 to 3 step 1 | extend p = prev(x, 2, 0), q = next(x, 2, -1)",
                "x p q; 1 0 3; 2 0 -1; 3 1 -1"),
            QueryCase("print s = 'x' | serialize p = prev(s), q = next(s)", "s p q; x '' ''"),
            QueryCase(
                "\(users) | serialize r = row_number(1, u != prev(u)), c = row_cumsum(v, u != prev(u))",
                "u v r c; a 1 1 1; a 2 2 3; b 2 1 2; b 2 2 4; b 4 3 8"),
            QueryCase("\(users) | serialize r = row_number(10)", "u v r; a 1 10; a 2 11; b 2 12; b 2 13; b 4 14"),
            QueryCase(
                "\(users) | serialize d = row_rank_dense(v), m = row_rank_min(v)",
                "u v d m; a 1 1 1; a 2 2 2; b 2 2 2; b 2 2 2; b 4 3 5"),
            QueryCase(
                "\(users) | serialize d = row_rank_dense(v, u != prev(u)), m = row_rank_min(v, u != prev(u))",
                "u v d m; a 1 1 1; a 2 2 2; b 2 1 1; b 2 1 1; b 4 2 3"),
            QueryCase(
                "datatable(n:long)[1, long(null), 3] | serialize c = row_cumsum(n), p = prev(n)",
                "n c p; 1 1 null; null 1 1; 3 4 null"),
            QueryCase("E | serialize r = row_number(), p = prev(n) | project r, p", "r p"),
            QueryCase(
                """
                datatable(t:datetime)[datetime(2025-01-01T00:00), datetime(2025-01-01T00:04),
                    datetime(2025-01-01T00:20)]
                | sort by t asc | extend s = row_window_session(t, 1h, 5m)
                """,
                "t s; 2025-01-01 2025-01-01; 2025-01-01T00:04:00 2025-01-01; 2025-01-01T00:20:00 2025-01-01T00:20:00"),
            QueryCase(
                "N | sort by n asc nulls last | where k == 'a' | extend r = row_number()", "k n r; a 1 1; a 3 2"),
        ])
    func windows(_ item: QueryCase) throws { try item.check() }
}
