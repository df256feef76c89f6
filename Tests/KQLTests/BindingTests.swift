import Testing

@testable import KQL

private let catalog = Catalog([
    "Logons": TableSchema(columns: [
        ColumnSchema("Time", .datetime), ColumnSchema("User", .string), ColumnSchema("Count", .long),
        ColumnSchema("Score", .real), ColumnSchema("Data", .dynamic),
    ]),
    "Users": TableSchema(columns: [ColumnSchema("User", .string), ColumnSchema("Id", .int)]),
])

@Suite("Columns that a query gives")
struct BindingTests {
    @Test(
        "Operators name and type their columns as Kusto does",
        arguments: [
            ("Users | extend Long = Id + 1, User", "User:string Id:int Long:long User1:string"),
            ("Users | extend Id = tostring(Id)", "User:string Id:string"),
            (
                "Logons | project Data.a.b, Data['c'], Data[0], strlen(User), Count * 2.0",
                "Data_a_b:dynamic Data_c:dynamic Data_0:dynamic strlen_User:long Column1:real"
            ),
            ("Logons | project-away C*, Data | project-rename When = Time", "When:datetime User:string Score:real"),
            ("Logons | project-keep S*, U* | project-reorder Score", "Score:real User:string"),
            (
                "Logons | summarize count(), dcount(User), sum(Count), max(Score) by bin(Time, 1h)",
                "Time:datetime count_:long dcount_User:long sum_Count:long max_Score:real"
            ),
            (
                "Logons | summarize count(), count(), make_set(Data.a), sum(Count + 1)",
                "count_:long count_1:long set_Data_a:dynamic sum_:long"
            ),
            (
                "Logons | summarize arg_max(Time, *) by User",
                "User:string Time:datetime Count:long Score:real Data:dynamic"
            ),
            ("Logons | summarize Last = arg_max(Time, User, Count)", "Last:datetime User:string Count:long"),
            ("Logons | summarize percentiles(Score, 5, 99.9)", "percentile_Score_5:real percentile_Score_99_9:real"),
            ("Logons | summarize Share = 100.0 * countif(Count > 1) / count() by User", "User:string Share:real"),
            ("Logons | distinct User, tolong(Score)", "User:string Score:long"),
            (
                "Users | join Users on User | join Users on User",
                "User:string Id:int User1:string Id1:int User2:string Id2:int"
            ),
            ("Users | join kind=leftanti Logons on User", "User:string Id:int"),
            (
                "Logons | lookup Users on $left.User == $right.User | project-away Data",
                "Time:datetime User:string Count:long Score:real Id:int"
            ),
            ("union withsource=T Users, (print Id = 'x')", "T:string User:string Id_int:int Id_string:string"),
            (
                "Logons | mv-expand with_itemindex=i x = Data.items to typeof(long), Data | project x, Data, i",
                "x:long Data:dynamic i:long"
            ),
            (
                "Logons | project User, Data | mv-apply e = Data to typeof(long) on (summarize m = max(e))",
                "User:string Data:dynamic m:long"
            ),
            (
                "Logons | make-series n = count(), avg(Score) default=0 on Time step 1h by User",
                "User:string n:dynamic avg_Score:dynamic Time:dynamic"
            ),
            ("Users | parse User with * '@' domain ':' Id:long", "User:string Id:long domain:string"),
            ("Logons | top-nested 2 of User by sum(Count)", "User:string aggregated_User:long"),
            ("search in (Users) 'x' | count", "Count:long"),
            ("Users | search 'x'", "$table:string User:string Id:int"),
            ("let f = (T: (Id: int), n: long) { T | where Id > n }; Users | invoke f(1)", "User:string Id:int"),
            (
                "let add = (a: long, b: long = 2) { let c = a + b; c * 1.0 }; Users | extend x = add(Id)",
                "User:string Id:int x:real"
            ),
            (
                "let view = materialize(Users); view | where Id == toscalar(view | summarize max(Id)) | as V | union V",
                "User:string Id:int"
            ),
            ("Users | sort by Id asc | extend n = row_number(), p = prev(User)", "User:string Id:int n:long p:string"),
            ("1 + 1", "print_0:long"),
        ])
    func columns(query: String, expected: String) throws {
        #expect(
            try bind(query, catalog).columns.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: " ") == expected
        )
    }

    @Test("The tables that are read are known, also those in sub-queries and in lets that are used")
    func tables() throws {
        #expect(try bind("Logons | where User in (Users | project User)", catalog).tables == ["Logons", "Users"])
        #expect(try bind("union U* | count", catalog).tables == ["Users"])
        #expect(try bind("print now()", catalog).tables == [])
    }

    @Test("What is known before the run is a constant, the rest of a let is worked out once")
    func constants() throws {
        let bound = try bind("let day = 24 * 1h; let n = toscalar(Users | count); print day, n + n", catalog)
        guard case .row(let values) = bound.table.node else {
            Issue.record("no row")
            return
        }
        #expect(values[0].constant == .timespan(864_000_000_000))
        #expect(bound.variables.count == 1 && values[1].constant == nil)
    }

    @Test("Functions that call functions twice do not grow a query without bound")
    func growth() {
        let lets = (1...40).map { "let f\($0) = (x: string) { strcat(f\($0 - 1)(x), f\($0 - 1)(x)) };" }.joined()
        #expect(throws: KQLFault.self) {
            try bind("let f0 = (x: string) { x };" + lets + "Users | extend y = f40(User)", catalog)
        }
        let joins = (1...40).map { "let t\($0) = t\($0 - 1) | join t\($0 - 1) on User;" }.joined()
        #expect(throws: KQLFault.self) { try bind("let t0 = Users;" + joins + "t40 | count", catalog) }
        let many = Array(repeating: "count()", count: 60_000).joined(separator: ",")
        #expect(throws: KQLFault.self) { try bind("Users | summarize " + many, catalog) }
        let deep = String(repeating: "not(", count: 240) + "true" + String(repeating: ")", count: 240)
        #expect(throws: Never.self) { try bind("print x = \(deep)", catalog) }
    }
}

@Suite("Refusals of the binder")
struct BindingFaultTests {
    @Test(
        "A fault has Kusto's number, the words at fault and what was meant",
        arguments: [
            ("Logons | where Usr == 'x'", "SEM0100", "Usr", "Did you mean `User`?"),
            ("Logons | project User | where Count > 1", "SEM0100", "Count", nil),
            ("logons | count", "SEM0100", "logons", "Did you mean `Logons`?"),
            ("Users | extend x = tolowr(User)", "SEM0260", "tolowr", "Did you mean 'tolower'?"),
            ("Users | where Id", "SEM0001", "Id", "Compare it with something."),
            ("Users | where User and Id == 1", "SEM0001", "User", "Compare it with something."),
            ("Users | where User == 1", "SEM0025", "User == 1", "Convert one side: tostring(…)."),
            ("Users | extend x = User + 1", "SEM0064", "+", "Join texts with strcat(…)."),
            (
                "Users | join Logons on $left.User == User", "SEM0400", "$left.User == User",
                "Write the name that both sides have, or `$left.A == $right.B`."
            ),
            (
                "Logons | where Users.Id == 1", "SEM0008", "Users.Id",
                "Write the column's name alone; after a join the right side's is `Id1` where both have it."
            ),
            (
                "let U = Users; Logons | where U.Id == 1", "SEM0139", "U.Id",
                "Write the column's name alone; after a join the right side's is `Id1` where both have it."
            ),
            ("Logons | summarize count() by Data", "SEM0001", "Data", "Convert it: `by tostring(Data)`."),
            (
                "Logons | summarize count(), User", "SEM0001", "User",
                "Aggregate it, with take_any(User) for example, or add it after `by`."
            ),
            ("Logons | sort by Data", "SEM0001", "Data", "Convert it with tostring(…) or tolong(…)."),
            ("Users | extend n = row_number()", "SEM0001", "row_number()", "Put `sort by …` or `serialize` before it."),
            (
                "Users | extend n = count()", "SEM0001", "count()",
                "Aggregations stand in `summarize`: `summarize count(…)`."
            ),
            (
                "Users | mv-expand Id", "SEM0001", "Id",
                "Only dynamic values can: make one with parse_json(…) or split(…)."
            ),
            ("Users | parse User with a b", "SEM0476", "b", nil),
            ("Users | where User matches regex '(?=x)'", "SYN0420", "'(?=x)'", nil),
            (".show tables", "SEM0001", ".show tables", "Ask with a query: `T | take 10`."),
        ] as [(String, String, String, String?)])
    func fault(query: String, code: String, words: String, suggestion: String?) {
        do throws(KQLFault) {
            _ = try bind(query, catalog)
            Issue.record("bound")
        } catch {
            #expect(error.code == code)
            #expect(String(decoding: Array(query.utf8)[error.span.start..<error.span.end], as: UTF8.self) == words)
            if code != "SYN0420" { #expect(error.suggestion == suggestion) }
        }
    }
}
