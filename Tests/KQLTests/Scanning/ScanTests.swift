import JSON
import Tables
import Testing

@testable import KQL

/// Queries and their rows, as the documentation of Kusto has them.
@Suite("scan, patterns, find and as")
struct ScanTests {
    private static let events = """
        let Events = datatable(Ts:timespan, Event:string)[
            0m, "A", 1m, "Start", 2m, "B", 3m, "D", 4m, "Stop", 6m, "C", 8m, "Start", 11m, "E", 12m, "Stop"];
        Events | sort by Ts asc

        """

    @Test("A sum that goes on, and one that begins anew")
    func sums() throws {
        #expect(
            try rows(
                """
                range x from 1 to 5 step 1
                | scan declare (sum:long=0) with (step s1: true => sum = x + s1.sum;)
                """) == ["1 1", "2 3", "3 6", "4 10", "5 15"])
        #expect(
            try rows(
                """
                range x from 1 to 5 step 1
                | scan declare (sum:long=0) with (step s1: true => sum = iff(s1.sum >= 10, x, x + s1.sum);)
                """) == ["1 1", "2 3", "3 6", "4 10", "5 5"])
    }

    @Test("The last value that is there fills what is empty")
    func filled() throws {
        #expect(
            try rows(
                """
                datatable(Ts:timespan, Event:string)[0m, "A", 1m, "", 2m, "B", 3m, "", 4m, ""] | sort by Ts asc
                | scan declare (Filled:string="") with (
                    step s1: true => Filled = iff(isempty(Event), s1.Filled, Event);)
                | project Filled
                """) == ["A", "A", "B", "B", "B"])
    }

    @Test("Sessions end after half an hour; a step without output moves them on")
    func sessions() throws {
        #expect(
            try rows(
                """
                datatable(Ts:timespan, Event:string)[
                    0m, "A", 1m, "A", 2m, "B", 3m, "D", 32m, "B", 36m, "C", 38m, "D", 41m, "E", 75m, "A"]
                | sort by Ts asc
                | scan with_match_id=id declare (start:timespan) with (
                    step inside: true => start = iff(isnull(inside.start), Ts, inside.start);
                    step ended output=none: Ts - inside.start > 30m;)
                | project Event, start, id
                """) == [
                    "A 00:00:00 0", "A 00:00:00 0", "B 00:00:00 0", "D 00:00:00 0", "B 00:32:00 1", "C 00:32:00 1",
                    "D 00:32:00 1", "E 00:32:00 1", "A 01:15:00 2",
                ])
    }

    @Test(
        "What stands between a start and a stop",
        arguments: [
            ("all", ["Start 0", "B 0", "D 0", "Stop 0", "Start 1", "E 1", "Stop 1"]),
            ("last", ["Start 0", "D 0", "Stop 0", "Start 1", "E 1", "Stop 1"]),
            ("none", ["Start 0", "Stop 0", "Start 1", "Stop 1"]),
        ])
    func between(output: String, expected: [String]) throws {
        #expect(
            try rows(
                Self.events
                    + """
                    | scan with_match_id=m with (
                        step s1: Event == "Start";
                        step s2 output=\(output): Event != "Start" and Event != "Stop" and Ts - s1.Ts <= 5m;
                        step s3: Event == "Stop" and Ts - s1.Ts <= 5m;)
                    | project Event, m
                    """) == expected)
    }

    @Test(
        "A pattern is the table of its constants",
        arguments: [
            (#"country("Canada").Alberta"#, ["Edmonton"]), (#"country("USA").["New York"]"#, ["Albany"]),
            (#"union country("USA").["New York"], country("Canada").Alberta"#, ["Albany", "Edmonton"]),
            (#"country("USA").Washington | project Capital = toupper(Capital)"#, ["OLYMPIA"]),
        ])
    func patterns(query: String, expected: [String]) throws {
        #expect(try rows(Self.country + query) == expected)
    }

    private static let country = """
        let capital = "Olympia";
        declare pattern country = (name:string)[state:string] {
            ("USA").["New York"] = { print Capital = "Albany" };
            ("USA").["Washington"] = { print Capital = capital };
            ("Canada").["Alberta"] = { print Capital = "Edmonton" };
        };

        """

    @Test("The tables of a union bear the names that `as` gives them")
    func names() throws {
        #expect(
            try rows("print a = 1 | as T1 | union withsource=t (print a = 2 | as T2), (T1 | where a == 1)") == [
                "T1 1", "T2 2", "union_arg2 1",
            ])
    }

    @Test("Bins as wide as the query's settings say")
    func bins() throws {
        let times = """
            range t from datetime(2017-01-01 00:05) to datetime(2017-01-01 02:00) step 1min
            | summarize count() by bin_auto(t) | project count_
            """
        #expect(
            try rows("set query_bin_auto_size=1h; set query_bin_auto_at=datetime(2017-01-01 00:05); " + times) == [
                "60", "56",
            ])
        #expect(try rows("set query_bin_auto_size=1h; " + times) == ["55", "60", "1"])
        #expect(throws: KQLFault.self) { try rows(times) }
    }

    @Test("Rows of several tables: what the predicate names and what all have, the rest in a bag")
    func find() throws {
        let tables = """
            let T = datatable(id:long, user:string, x:long)[1, "ann", 5, 2, "bob", 6];
            let U = datatable(id:long, host:string)[3, "ann-pc"];

            """
        #expect(
            try rows(tables + #"find withsource=t in (T, U) where id > 1"#) == [
                #"T 2 {"user":"bob","x":6}"#, #"U 3 {"host":"ann-pc"}"#,
            ])
        #expect(
            try rows(tables + #"find in (T, U) where * has "ann" project id, user"#) == ["T 1 ann", "U 3 "])
    }

    @Test(
        "What is refused, and what to write instead",
        arguments: [
            (
                "datatable(x:long)[1] | scan with (step s: true;)", "SEM0001",
                "Put `sort by …` or `serialize` before it."
            ),
            (
                "range x from 1 to 2 step 1 | scan declare (y:long) with (step s: true => z = 1;)", "SEM0100",
                "Did you mean `y`?"
            ),
            (
                "print 1 | fork (take 1) (count)", "UNS0001",
                "Ask for them one after the other; a `let` keeps what they share."
            ),
            (
                "declare pattern p = (a:string) { (\"x\") = { print 1 }; }; p(\"y\")", "SEM0036",
                "Its rules stand in `declare pattern`."
            ),
        ])
    func refusals(query: String, code: String, suggestion: String) {
        let fault = #expect(throws: KQLFault.self) { try rows(query) }
        #expect(fault?.code == code && fault?.suggestion == suggestion)
    }

    private func rows(_ query: String) throws -> [String] {
        let result = try QueryEngine(tables: [], now: Timestamp(ticks: 0)).run(query)
        return (0..<result.count).map { row in
            result.columns.indices.map { column in
                let json = result.json(row: row, column: column)
                return json.string ?? json.text
            }.joined(separator: " ")
        }
    }
}
