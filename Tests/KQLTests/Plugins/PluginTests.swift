import Testing

@testable import KQL

/// Calls and their rows, as the documentation of Kusto's plugins has them.
@Suite("Plugins")
struct PluginTests {
    private static let users = """
        let T = datatable(User:string, Timestamp:datetime)[
            "B", datetime(2018-06-29), "B", datetime(2018-06-30), "A", datetime(2018-07-02), "B", datetime(2018-07-04),
            "B", datetime(2018-07-08), "A", datetime(2018-07-10), "A", datetime(2018-07-14), "A", datetime(2018-07-17),
            "A", datetime(2018-07-20), "B", datetime(2018-07-24)];

        """
    private static let days = """
        let T = datatable(t:datetime, user:long)[
            datetime(2019-11-01), 0, datetime(2019-11-01), 2, datetime(2019-11-01), 3, datetime(2019-11-01), 4,
            datetime(2019-11-02), 0, datetime(2019-11-02), 1, datetime(2019-11-02), 3, datetime(2019-11-02), 4,
            datetime(2019-11-02), 5, datetime(2019-11-03), 0, datetime(2019-11-03), 2, datetime(2019-11-03), 4,
            datetime(2019-11-03), 5];

        """

    @Test("Who was active in three days of eight")
    func activeUsers() throws {
        let result = try PluginRun.result(
            Self.users
                + "let start = datetime(2018-07-01); let end = datetime(2018-07-31);"
                + "T | evaluate active_users_count(User, Timestamp, start, end, 8d, 1d, 3, 7d)"
        )
        #expect(result.columns == ["Timestamp:datetime", "dcount:long"])
        #expect(
            result.rows == [["2018-07-01T00:00:00.0000000Z", "1"], ["2018-07-15T00:00:00.0000000Z", "1"]])
    }

    @Test("What became of those who first came on a day")
    func cohorts() throws {
        let result = try PluginRun.result(
            Self.days
                + "T | evaluate new_activity_metrics(user, t, datetime(2019-11-01), datetime(2019-11-04) - 1tick, 1d)")
        #expect(result.columns.prefix(3) == ["from_t:datetime", "to_t:datetime", "dcount_new_values:long"])
        #expect(
            result.rows.map { $0.dropFirst(2).joined(separator: " ") } == [
                "4 4 0 1.0 0.0", "2 3 1 0.75 0.25", "1 3 1 0.75 0.25", "2 2 0 1.0 0.0", "0 1 1 0.5 0.5",
            ])
    }

    @Test(
        "One figure for each window",
        arguments: [
            (
                "activity_metrics(user, t, datetime(2019-11-01), datetime(2019-11-04), 1d)",
                ["4 4 NaN NaN", "5 2 0.75 0.25", "4 1 0.6 0.4"]
            ),
            (
                "activity_engagement(user, t, datetime(2019-11-01), datetime(2019-11-04), 1d, 2d)",
                ["4 4 1.0", "5 6 0.8333333333333334", "4 6 0.6666666666666666"]
            ),
            (
                "activity_counts_metrics(user, t, datetime(2019-11-01), datetime(2019-11-04), 2d)",
                ["9 6 6 6", "4 4 0 6"]
            ),
            ("rolling_percentile(user, 50, t, 1d, 2)", ["2", "3", "3"]),
            (
                "sliding_window_counts(user, t, datetime(2019-11-02), datetime(2019-11-04), 2d, 1d)",
                ["9 6", "9 6", "4 4"]
            ),
        ])
    func windows(call: String, expected: [String]) throws {
        let result = try PluginRun.result(Self.days + "T | evaluate " + call)
        #expect(result.rows.map { $0.dropFirst().joined(separator: " ") } == expected)
    }

    @Test("Sessions begin after a pause as long as the look-back window")
    func sessions() throws {
        let events = (1...200).flatMap { time in
            (1...50).filter { time % $0 == 0 }.map { "\(time), \($0)" }
        }
        let result = try PluginRun.result(
            "datatable(Timeline:long, Id:long)[\(events.joined(separator: ", "))]"
                + "| evaluate session_count(Id, Timeline, 1, 199, 100, 41)")
        #expect(result.rows == [["0", "59"], ["100", "20"]])
    }

    @Test(
        "Addresses and the networks they lie in; unmatched ones where that is asked",
        arguments: [
            ("", ["2.20.183.12 2.20.183.0/24 GB", "5.8.1.2 5.8.0.0/19 RU"]),
            (
                ", return_unmatched = true",
                ["2.20.183.12 2.20.183.0/24 GB", "5.8.1.2 5.8.0.0/19 RU", "192.165.12.17  "]
            ),
            (", true", ["2.20.183.12 2.20.183.0/24 GB", "5.8.1.2 5.8.0.0/19 RU", "192.165.12.17  "]),
        ])
    func lookups(rest: String, expected: [String]) throws {
        let result = try PluginRun.result(
            """
            let T = datatable(network:string, code:string)["5.8.0.0/19", "RU", "2.20.183.0/24", "GB"];
            datatable(ip:string)["2.20.183.12", "5.8.1.2", "192.165.12.17"]
            | evaluate ipv4_lookup(T, ip, network\(rest))
            """)
        #expect(result.rows.map { $0.joined(separator: " ") } == expected)
    }

    @Test("A further key has to be equal too")
    func lookupKeys() throws {
        let result = try PluginRun.result(
            """
            let T = datatable(network:string, site:string)["10.0.0.0/8", "a", "10.1.0.0/16", "b"];
            datatable(ip:string, site:string)["10.1.1.1", "a", "10.1.1.1", "c"]
            | evaluate ipv4_lookup(T, ip, network, site)
            """)
        #expect(result.rows == [["10.1.1.1", "a", "10.0.0.0/8", "a"]])
        #expect(result.columns.last == "site1:string")
    }

    @Test(
        "Bags become columns of their values' types",
        arguments: [
            ("d", ["i:long", "age:long", "name:string"], ["1 20 John", "2  Dave"]),
            ("d, 'p_'", ["i:long", "p_age:long", "p_name:string"], ["1 20 John", "2  Dave"]),
            ("d, ignoredProperties = dynamic(['age'])", ["i:long", "name:string"], ["1 John", "2 Dave"]),
        ])
    func bags(arguments: String, columns: [String], rows: [String]) throws {
        let result = try PluginRun.result(
            """
            datatable(i:long, d:dynamic)[1, dynamic({"name": "John", "age": 20}), 2, dynamic({"name": "Dave"})]
            | evaluate bag_unpack(\(arguments))
            """)
        #expect(result.columns == columns)
        #expect(result.rows.map { $0.joined(separator: " ") } == rows)
    }

    @Test("A key of a column's name is a conflict, unless it is said what becomes of it")
    func bagConflicts() throws {
        let rows = #"datatable(a:long, d:dynamic)[1, dynamic({"a": "x", "b": 2.5})] | evaluate bag_unpack"#
        #expect(throws: KQLFault.self) { try PluginRun.result(rows + "(d)") }
        #expect(try PluginRun.result(rows + "(d, columnsConflict='keep_source')").columns == ["a:long", "b:real"])
        let replaced = try PluginRun.result(rows + "(d, columnsConflict='replace_source')")
        #expect(replaced.columns == ["a:string", "b:real"] && replaced.rows == [["x", "2.5"]])
    }

    @Test(
        "Values become columns",
        arguments: [
            ("k", ["n:long", "a:long", "b:long"], ["1 1 0", "2 0 1", "3 1 0"]),
            ("k, sum(n)", ["a:long", "b:long"], ["4 2"]),
            ("k, max(n), n", ["n:long", "a:long", "b:long"], ["1 1 ", "2  2", "3 3 "]),
        ])
    func pivots(arguments: String, columns: [String], rows: [String]) throws {
        let result = try PluginRun.result(
            "datatable(k:string, n:long)['a', 1, 'b', 2, 'a', 3] | evaluate pivot(\(arguments))")
        #expect(result.columns == columns)
        #expect(result.rows.map { $0.joined(separator: " ") } == rows)
    }

    @Test("Rows near others, and rows as columns")
    func shapes() throws {
        let rows = "datatable(n:long)[1, 2, 3, 4, 5, 6] | evaluate "
        #expect(try PluginRun.result(rows + "rows_near(n == 3, 1)").rows == [["2"], ["3"], ["4"]])
        #expect(try PluginRun.result(rows + "rows_near(n == 3, 0, 2)").rows == [["3"], ["4"], ["5"]])
        #expect(try PluginRun.result("datatable(n:long)[7] | evaluate narrow()").rows == [["0", "n", "7"]])
    }

    @Test(
        "Schemas as one",
        arguments: [
            ("", ["Uri 0 string", "Referrer 1 string", "HttpStatus -1 ERROR(columns are out of order)"]),
            ("PreserveOrder = false", ["Uri 0 string", "Referrer 1 string", "HttpStatus 2 int"]),
        ])
    func schemas(arguments: String, expected: [String]) throws {
        let result = try PluginRun.result(
            """
            datatable(ColumnName:string, ColumnOrdinal:long, DataType:string, ColumnType:string)[
                "Uri", 0, "System.String", "string", "HttpStatus", 1, "System.Int32", "int",
                "Uri", 0, "System.String", "string", "Referrer", 1, "System.String", "string",
                "HttpStatus", 2, "System.Int32", "int"]
            | evaluate schema_merge(\(arguments))
            """)
        #expect(result.rows.map { "\($0[0]) \($0[1]) \($0[3])" } == expected)
    }

    @Test(
        "Others are refused by name",
        arguments: [
            ("autocluster()", "UNS0001", "the plugin autocluster is not implemented: how it clusters is not published"),
            ("python(1)", "UNS0001", "the plugin python is not implemented: queries read local tables only"),
            ("bag_unpak(n)", "SEM0260", "Unknown plugin: 'bag_unpak'"),
            (
                "rows_near(n == 1)", "SEM0001",
                "rows_near: 1 arguments given, but it takes (condition, rows [, rows_after])"
            ),
        ])
    func refusals(call: String, code: String, message: String) {
        let fault = #expect(throws: KQLFault.self) {
            try PluginRun.result("datatable(n:long)[1] | evaluate " + call)
        }
        #expect(fault?.code == code && fault?.message == message)
    }
}
