import Testing

@testable import KQL

@Suite("Operators on rows")
struct RowOperatorTests {
    @Test(
        "where keeps the rows for which the condition is true, neither false nor null",
        arguments: [
            QueryCase("N | where n > 1", "k n; a 3; '' 2"),
            QueryCase("N | where n != 1", "k n; b null; a 3; '' 2"),
            QueryCase("N | where not(n > 1)", "k n; a 1"),
            QueryCase("N | where n == long(null)", "k n"),
            QueryCase("N | where n != long(null)", "k n; a 1; b null; a 3; '' 2"),
            QueryCase("N | where isnull(n)", "k n; b null"),
            QueryCase("N | where isempty(k)", "k n; '' 2"),
            QueryCase("N | where isnull(k)", "k n"),
            QueryCase("N | where n in (1, 2)", "k n; a 1; '' 2"),
            QueryCase("N | where n !in (1, 2)", "k n; b null; a 3"),
            QueryCase("N | where n between (1 .. 2)", "k n; a 1; '' 2"),
            QueryCase("N | where n !between (1 .. 2)", "k n; a 3"),
            QueryCase("N | where n > 1 or k == 'b'", "k n; b null; a 3; '' 2"),
            QueryCase("N | where n + 1 > 2", "k n; a 3; '' 2"),
            QueryCase("N | where false", "k n"),
            QueryCase("N | where n in ((L | where x < 3 | project x))", "k n; a 1; '' 2"),
            QueryCase("N | where n in ((L | where x > 9 | project x))", "k n"),
            QueryCase("N | where n == toscalar(L | summarize max(x)) - 1", "k n; a 3"),
        ])
    func filters(_ item: QueryCase) throws { try item.check() }

    @Test("and, or and not over columns with nulls are those of three values")
    func threeValues() throws {
        let values = "true, true, true, false, true, bool(null), false, true, false, false, false, bool(null), "
        let query =
            "datatable(p:bool, q:bool)[\(values) bool(null), true, bool(null), false, bool(null), bool(null)]"
            + "| serialize a = p and q, o = p or q, n = not(p)"
        try QueryCase(
            query,
            "p q a o n; true true true true false; true false false true false; true null null true false; "
                + "false true false true true; false false false false true; false null false null true; "
                + "null true null true null; null false false null null; null null null null null"
        ).check()
    }

    @Test(
        "Columns are chosen, made and named",
        arguments: [
            QueryCase("N | take 1 | extend n = n + 1, m = n", "k:string n:long m:long; a 2 1"),
            QueryCase("N | take 1 | extend Column1 = 5, n * 2", "k n Column1 Column2; a 1 5 2"),
            QueryCase("N | take 1 | project m = n, k", "m k; 1 a"),
            QueryCase("N | take 1 | project-away k", "n; 1"),
            QueryCase("N | take 1 | project-keep n", "n; 1"),
            QueryCase("N | take 1 | project-rename m = n", "k m; a 1"),
            QueryCase("N | take 1 | project-reorder n", "n k; 1 a"),
            QueryCase("print 1, x = 'a', 2", "print_0 x print_2; 1 a 2"),
            QueryCase(
                "N | getschema",
                "ColumnName ColumnOrdinal DataType ColumnType; k 0 System.String string; "
                    + "n 1 System.Int64 long"),
            QueryCase("N | as M | union M | count", "Count; 8"),
            QueryCase("N | consume | count", "Count; 4"),
        ])
    func columns(_ item: QueryCase) throws { try item.check() }

    @Test(
        "Rows are counted and taken",
        arguments: [
            QueryCase("N | count", "Count:long; 4"),
            QueryCase("N | where false | count", "Count; 0"),
            QueryCase("N | take 0", "k n"),
            QueryCase("N | take 9 | count", "Count; 4"),
            QueryCase("N | limit 2 | count", "Count; 2"),
            QueryCase("N | sample 3 | count", "Count; 3"),
            QueryCase("N | sample 0", "k n"),
            QueryCase("N | sample 9 | count", "Count; 4"),
            QueryCase("N | sample-distinct 2 of k | count", "Count; 2"),
            QueryCase("N | sample-distinct 9 of k", "k; a; b; ''"),
            QueryCase("N | top 0 by n", "k n"),
            QueryCase("N | top 2 by n", "k n; a 3; '' 2"),
            QueryCase("N | top 1 by n asc", "k n; b null"),
            QueryCase("N | top 1 by n asc nulls last", "k n; a 1"),
            QueryCase("N | distinct k", "k; a; b; ''"),
            QueryCase("union N, N | distinct *", "k n; a 1; b null; a 3; '' 2"),
            QueryCase("range x from 1 to 5 step 2", "x; 1; 3; 5"),
            QueryCase("range x from 5 to 1 step -3", "x; 5; 2"),
            QueryCase("range x from 5 to 1 step 1", "x"),
            QueryCase("range x from 1 to 2 step 0.5", "x; 1.0; 1.5; 2.0"),
            QueryCase(
                "range t from datetime(2025-01-01) to datetime(2025-01-02) step 12h",
                "t; 2025-01-01; 2025-01-01T12:00:00; 2025-01-02"),
        ])
    func counts(_ item: QueryCase) throws { try item.check() }

    @Test(
        "Nulls come first ascending and last descending, unless said otherwise",
        arguments: [
            QueryCase("N | sort by n", "k n; a 3; '' 2; a 1; b null"),
            QueryCase("N | sort by n asc", "k n; b null; a 1; '' 2; a 3"),
            QueryCase("N | sort by n asc nulls last", "k n; a 1; '' 2; a 3; b null"),
            QueryCase("N | sort by n desc nulls first", "k n; b null; a 3; '' 2; a 1"),
            QueryCase("N | sort by k asc, n desc", "k n; '' 2; a 3; a 1; b null"),
            QueryCase("N | sort by k desc, n asc", "k n; b null; a 1; a 3; '' 2"),
            QueryCase("N | order by strlen(k) asc", "k n; '' 2; a 1; b null; a 3"),
            QueryCase(
                "datatable(r:real)[2, real(nan), real(null), -1, real(-inf)] | sort by r asc",
                "r; null; NaN; -Infinity; -1.0; 2.0"),
            QueryCase("datatable(r:real)[2, real(nan), real(null), -1] | sort by r", "r; 2.0; -1.0; NaN; null"),
            QueryCase("datatable(b:bool)[true, bool(null), false] | sort by b asc", "b; null; false; true"),
            QueryCase("datatable(s:string)['b', 'É', 'A', '', 'a'] | sort by s asc", "s; ''; A; a; b; É"),
            QueryCase("datatable(s:timespan)[1d, timespan(null), -1h] | sort by s", "s; 1.00:00:00; -01:00:00; null"),
        ])
    func orders(_ item: QueryCase) throws { try item.check() }

    @Test(
        "union lines columns up by name",
        arguments: [
            QueryCase("L | take 1 | union (R | take 1)", "k x y; a 1 null; b null 10"),
            QueryCase("union kind=inner (L | take 1), (R | take 1)", "k; a; b"),
            QueryCase(
                "union (print a = 1), (print a = 1.5), (print a = 2)", "a_long a_real; 1 null; null 1.5; 2 null"),
            QueryCase(
                "union withsource=S (L | take 1), (R | take 1)", "S k x y; union_arg0 a 1 null; union_arg1 b null 10"),
            QueryCase("L | take 1 | as A | union withsource=S (R | take 1 | as B)", "S k x y; A a 1 null; B b null 10"),
            QueryCase("union isfuzzy=true (L | take 1), Missing", "k x; a 1"),
            QueryCase("union (E | take 0), (E)", "k n r t d"),
            QueryCase("L | take 0 | union (R | take 1)", "k x y; b null 10"),
            QueryCase("union (L | take 1), (L | take 1)", "k x; a 1; a 1"),
            QueryCase("N | search 'b'", "$table k n; union_arg0 b null"),
        ])
    func unions(_ item: QueryCase) throws { try item.check() }
}
