import Testing

@testable import KQL

@Suite("parse, parse-kv, reduce and the plugins")
struct TextOperatorTests {
    @Test(
        "parse reads what stands between the texts of its pattern",
        arguments: [
            QueryCase("print s = 'id=5;rest' | parse s with 'id=' n:long ';' r", "s n r; id=5;rest 5 rest"),
            QueryCase("print s = 'xid=5' | parse s with 'id=' n:long", "s n; xid=5 null"),
            QueryCase("print s = 'xid=5' | parse s with * 'id=' n:long", "s n; xid=5 5"),
            QueryCase("print s = 'id=five;rest' | parse s with 'id=' n:long ';' r", "s n r; id=five;rest null ''"),
            QueryCase(
                "print s = 'id=five;rest' | parse kind=relaxed s with 'id=' n:long ';' r",
                "s n r; id=five;rest null rest"),
            QueryCase("print s = 'a=1,b=2' | parse s with 'a=' a ',c=' c", "s a c; a=1,b=2 '' ''"),
            QueryCase("print s = 'n=-12.5e1 x' | parse s with 'n=' r:real * ", "s r; n=-12.5e1 x -125.0"),
            QueryCase("print s = 'up 17 days' | parse s with * n:long ' days'", "s n; up 17 days 17"),
            QueryCase(
                "print s = 'on 2025-01-02 x' | parse s with 'on ' t:datetime ' x'", "s t; on 2025-01-02 x 2025-01-02"),
            QueryCase("print s = 'd={\"a\":1}' | parse s with 'd=' d:dynamic | project a = d.a", "a; 1"),
            QueryCase("print s = 'a b' | parse s with s ' ' t", "s t; a b"),
            QueryCase("print s = '' | parse s with a", "s a; '' ''"),
            QueryCase("print s = 'é=ü,' | parse s with 'é=' a ','", "s a; é=ü, ü"),
            QueryCase(
                "datatable(s:string)['a1', 'b2', 'a3', 'a1'] | parse-where s with 'a' n:long", "s n; a1 1; a3 3; a1 1"),
            QueryCase("print s = 'aXbYc' | parse kind=regex s with a '[XY]' b", "s a b; aXbYc aXb c"),
            QueryCase("print s = 'aXbYc' | parse kind=regex flags=U s with a '[XY]' b 'c'", "s a b; aXbYc a bY"),
            QueryCase("print s = 'N=7' | parse kind=regex flags=i s with 'n=' n:int", "s:string n:int; N=7 7"),
            QueryCase(
                "print s = 'x(1)(2)' | parse kind=regex s with @'x\\((\\d)\\)\\(' n:long @'\\)'", "s n; x(1)(2) 2"),
            QueryCase("print d = dynamic({'m':'k=v'}) | parse d.m with 'k=' v", #"d v; {"m":"k=v"} v"#),
            QueryCase("E | parse k with 'x' y:long", "k n r t d y"),
            QueryCase("E | parse-where k with 'x' y:long", "k n r t d y"),
        ])
    func parses(_ item: QueryCase) throws { try item.check() }

    @Test("A pattern that is no regular expression is refused before anything is read", arguments: ["'('", "'a)'"])
    func badPattern(_ pattern: String) {
        #expect(throws: KQLFault.self) {
            try QueryEngine(tables: [], now: RecordedResults.now).run(
                "print s = 'a' | take 0 | parse kind=regex s with \(pattern) x")
        }
    }

    /// The queries of Kusto's documentation of parse-kv, shortened.
    @Test(
        "parse-kv reads pairs in any order",
        arguments: [
            QueryCase(
                "print s = 'Id:45, Machine:N1, Text: It is up, L: I' | parse-kv s as (Text:string, Id:long, M:string) "
                    + "with (pair_delimiter=',', kv_delimiter=':') | project-away s", "Text Id M; It is up 45 ''"),
            QueryCase(
                #"print s = 'src=10.1.1.1 failure="no way" "event time"=2021-01-01' | parse-kv s as "#
                    + "(['event time']:datetime, failure:string, src:string) "
                    + #"with (pair_delimiter=' ', kv_delimiter='=', quote='"') | project-away s"#,
                "event time failure src; 2021-01-01 no way 10.1.1.1"),
            QueryCase(
                "print s = 'a=(b c) (d e)=(f=g)' | parse-kv s as (a:string, ['d e']:string) "
                    + "with (pair_delimiter=' ', kv_delimiter='=', quote='()') | project-away s", "a d e; b c f=g"),
            QueryCase(
                #"print s = 'a="say \\"hi\\"" b=1' | parse-kv s as (a:string, b:long) "#
                    + #"with (pair_delimiter=' ', kv_delimiter='=', quote='"', escape='\\') | project-away s"#,
                #"a b; say "hi" 1"#),
            QueryCase(
                "print s = 'name=John Doe phone=555 5555 city=New York' | "
                    + "parse-kv s as (name:string, city:string, phone:string) "
                    + "with (pair_delimiter=' ', kv_delimiter='=', greedy=true) | project-away s",
                "name city phone; John Doe New York 555 5555"),
            QueryCase(
                "print s = '2021 [INFO] Id:45, Machine:N1, Text: Started' | "
                    + "parse-kv s as (Text:string, Id:long, Machine:string) "
                    + "| project-away s", "Text Id Machine; Started 45 N1"),
            QueryCase(
                #"print s = '"a b: x y", "c: 5"' | parse-kv s as (['a b']:string, c:long) "#
                    + #"with (regex=@'"([\w ]+)\s*:\s*([^"]*)"') | project-away s"#, "a b c; x y 5"),
            QueryCase(
                "print s = 'a=1;a=2;b=x' | parse-kv s as (a:long, b:long) with (pair_delimiter=';', kv_delimiter='=') "
                    + "| project-away s", "a b; 1 null"),
            QueryCase("E | parse-kv k as (a:long) with (pair_delimiter=';', kv_delimiter='=') | project a", "a"),
        ])
    func pairs(_ item: QueryCase) throws { try item.check() }

    @Test("Quotes that are never closed are none, and cost no more than other characters")
    func openQuotes() throws {
        try QueryCase(
            "print s = strcat('a=1 ', strrep('(', 100000), ' b=2') | parse-kv s as (a:long, b:long) "
                + "with (pair_delimiter=' ', kv_delimiter='=', quote='()') | project-away s", "a b; 1 2"
        ).check()
    }

    @Test(
        "Texts that look alike become one pattern",
        arguments: [
            QueryCase(
                "range x from 1 to 20 step 1 | project s = strcat('login of user', x, ' failed') "
                    + "| union (print s = 'other') | reduce by s | project Pattern, Count",
                "Pattern Count; login of * failed 20; others 1"),
            QueryCase("print s = 'a' | where false | reduce by s", "Pattern Count Representative"),
        ])
    func reductions(_ item: QueryCase) throws { try item.check() }

    private static let bagTable =
        #"datatable(n:string, d:dynamic)["x", dynamic({"b":1,"a":"t"}), "#
        + #""y", dynamic({"b":2.5,"c":[1]}), "z", dynamic(null)]"#

    @Test(
        "bag_unpack makes columns of properties",
        arguments: [
            QueryCase(
                "\(bagTable) | evaluate bag_unpack(d)",
                "n:string a:string b:dynamic c:dynamic; x t 1 null; y '' 2.5 [1]; z '' null null"),
            QueryCase(
                "\(bagTable) | evaluate bag_unpack(d, 'p_') | project-away p_c", "n p_a p_b; x t 1; y '' 2.5; z '' null"
            ),
            QueryCase(
                "\(bagTable) | evaluate bag_unpack(d, ignoredProperties=dynamic(['a', 'c']))", "n b; x 1; y 2.5; z null"
            ),
            QueryCase("\(bagTable) | evaluate bag_unpack(d) : (*, b:long)", "n:string b:long; x 1; y 2; z null"),
            QueryCase(
                "print a = 'old', d = dynamic({'a':'new'}) | evaluate bag_unpack(d, columnsConflict='replace_source')",
                "a; new"),
            QueryCase(
                "print a = 'old', d = dynamic({'a':'new','e':1}) "
                    + "| evaluate bag_unpack(d, columnsConflict='keep_source')",
                "a e; old 1"),
            QueryCase("E | evaluate bag_unpack(d)", "k n r t"),
        ])
    func bags(_ item: QueryCase) throws { try item.check() }

    @Test("A property that has the name of another column is refused")
    func conflict() {
        #expect(throws: KQLFault.self) {
            try QueryEngine(tables: [], now: RecordedResults.now).run(
                "print a = 1, d = dynamic({'a':2}) | evaluate bag_unpack(d)")
        }
    }

    @Test(
        "pivot turns values into columns, narrow columns into rows",
        arguments: [
            QueryCase("L | project k, o = iff(x > 2, 'hi', 'lo') | evaluate pivot(o)", "k hi lo; a 0 1; b 1 1; '' 1 0"),
            QueryCase("L | evaluate pivot(k, sum(x))", " a b; 4 1 5"),
            QueryCase("L | extend o = x % 2 | evaluate pivot(o, max(x), k)", "k 0 1; a null 1; b 2 3; '' 4 null"),
            QueryCase("E | evaluate pivot(k, count(), n)", "n"),
            QueryCase("L | take 2 | evaluate narrow()", "Row Column Value; 0 k a; 0 x 1; 1 k b; 1 x 2"),
            QueryCase("E | evaluate narrow()", "Row Column Value"),
        ])
    func pivots(_ item: QueryCase) throws { try item.check() }
}
