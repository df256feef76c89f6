import Testing

@testable import KQL

/// An operator as people write it, and in the printer's spelling; `=` where the two are the same.
private let operators = [
    ("where a == 1", "="), ("filter a == 1", "where a == 1"), ("take 5", "="), ("limit 5", "take 5"), ("count", "="),
    ("count as N", "="),
    ("extend a=1, b = a", "extend a = 1, b = a"), ("extend (a, b) = f(x)", "="), ("project", "="),
    ("project a, b = c.d, tostring(e)", "="),
    ("project-away a, b*, *_x", "="), ("project-keep a", "="), ("project-rename new=old", "project-rename new = old"),
    ("project-reorder a* asc, b, c* granny-desc", "="), ("distinct a, b", "="), ("distinct *", "="), ("sample 5", "="),
    ("sample-distinct 5 of a", "="), ("sort by a, b asc, c desc nulls first", "="),
    ("order by a nulls last", "sort by a nulls last"),
    ("top 5 by a desc", "="), ("top-hitters 2 of a by b", "="), ("top-hitters 2 of a", "="), ("serialize", "="),
    ("serialize n = row_number()", "="),
    (
        "top-nested 2 of a with others = 'x' by sum(b) desc, top-nested of c by max(1)",
        #"top-nested 2 of a with others = "x" by sum(b) desc, top-nested of c by max(1)"#
    ),
    ("summarize count() by a, bin(t, 1h)", "summarize count() by a, bin(t, time(01:00:00))"), ("summarize by a", "="),
    ("summarize n = count()", "="),
    (
        "summarize hint.strategy=shuffle hint.shufflekey = k count() by k",
        "summarize hint.strategy=shuffle hint.shufflekey=k count() by k"
    ),
    ("join U on a", "="),
    (
        "join kind = leftanti (U | where x) on $left.a == $right.b, c",
        "join kind=leftanti (U | where x) on $left.a == $right.b, c"
    ),
    ("join hint.remote=left kind=inner U on a", "="), ("lookup kind=leftouter U on a", "="),
    ("lookup (U) on a", "lookup U on a"),
    ("union U, (V | count)", "="),
    (
        "union kind=inner withsource=S isfuzzy=true U*, database('d').T*, *",
        #"union kind=inner withsource=S isfuzzy=true U*, database("d").T*, *"#
    ),
    ("mv-expand a", "="), ("mvexpand a", "mv-expand a"),
    ("mv-expand bagexpansion=array with_itemindex=i kind=bag a = d.x to typeof(long), b limit 10", "="),
    ("mv-apply e = d to typeof(string) limit 3 on (where e has \"x\" | summarize n = count())", "="),
    ("mvapply e = d on (take 1)", "mv-apply e = d on (take 1)"),
    (#"parse s with "a=" a:int * "b" "c" b"#, #"parse s with "a=" a: int * "bc" b"#),
    (#"parse kind=regex flags=Ui s with * "x" a *"#, "="),
    (#"parse kind = regex flags = "i" s with a"#, #"parse kind=regex flags="i" s with a"#),
    (#"parse-where kind=relaxed f(s) with "x" a: date"#, #"parse-where kind=relaxed f(s) with "x" a: datetime"#),
    (#"parse-kv s as (a: string, b: long) with (pair_delimiter=" ", kv_delimiter="=", quote="'")"#, "="),
    ("parse-kv s as (a: string)", "="),
    (
        "make-series n = count() default = 0, avg(b) on t from a to b step 1d by c",
        "make-series n = count() default = 0, avg(b) on t from a to b step time(1.00:00:00) by c"
    ),
    ("make-series count() on t in range(a, b, c) by d", "="), ("make-series kind=nonempty count() on t step s", "="),
    ("as T", "="), ("as hint.materialized=true T", "="), ("consume", "="), ("consume decodeblocks=true", "="),
    ("getschema", "="),
    ("render timechart", "="), (#"render barchart with (title="x", ycolumns=a, b, kind=stacked)"#, "="),
    ("render barchart kind=stacked", "render barchart with (kind=stacked)"),
    ("evaluate bag_unpack(d, 'p_')", #"evaluate bag_unpack(d, "p_")"#),
    ("evaluate hint.distribution=per_node p(x = 1) : (*, a: string)", "="), ("evaluate p() : (a: long)", "="),
    ("partition hint.strategy=native by k (top 1 by t)", "="),
    ("partition by k in (x) { T | where a == k }", "partition by k in x { T | where a == k }"),
    ("fork (where a) n = (count)", "="), ("facet by a, b", "="), ("facet by a with (where b | take 5)", "="),
    ("invoke f(x)", "="), ("invoke a.f(x)", "="),
    ("reduce by a with threshold = 0.3", "="), ("reduce kind=source by a", "="), ("assert-schema (a: long)", "="),
    (
        "scan with_match_id=m order by t desc partition by u declare (n: long = 0) "
            + "with (step s1: true; step s2 optional output=last: a > s1.a => n = s1.n + 1, b = 2;)",
        "="
    ),
    ("search \"x\"", "="),
    (
        "search kind=case_sensitive in (T*, U) a:'x' and (\"y\" or *)",
        #"search kind=case_sensitive in (T*, U) a has "x" and ("y" or *)"#
    ),
    ("find where a == 1", "="), ("find \"x\"", "find where \"x\""),
    ("find withsource=S in (T, U*) where a project b, c: long, pack(*)", "="), ("find where a project-smart", "="),
    ("make-graph a --> b with N on id, M on id", "="), ("make-graph a --> b with_node_id=n", "="),
    ("make-graph a --> b with N on id partitioned-by t (graph-to-table edges)", "="),
    (
        "graph-match (a)-[e*1..5]->(b)<--(c)--() where a.x == 1 project a.y",
        "graph-match (a)-[e*1 .. 5]->(b)<--(c)--() where a.x == 1 project a.y"
    ),
    ("graph-match cycles=none (a)-->(b), (b)<-[e]-(c)", "="),
    ("graph-shortest-paths output=all (a)-[e*1 .. 3]-(b) where e.x project b", "="),
    ("graph-to-table nodes as N with_node_id=i, edges with_source_id=s with_target_id=t", "="),
    ("graph-mark-components kind=weak with_component_id=c", "="),
]

@Suite("Tabular operators")
struct OperatorTests {
    @Test("Each operator with its arguments", arguments: operators)
    func operation(text: String, expected: String) throws {
        #expect(try Query.parse("T | \(text)").description == "T\n| \(expected == "=" ? text : expected)")
    }

    @Test(
        "What may begin a query, and what stands apart by semicolons",
        arguments: [
            ("T", "="), ("T;", "T"), ("print a = 1, 'x'", #"print a = 1, "x""#), ("range x from 1 to 5 step 1", "="),
            ("union A, B", "="), ("union *", "="),
            ("search \"x\"", "="), ("find \"x\"", "find where \"x\""),
            (
                "datatable (a: long, ['b c']: string) [1, 'x', -2, 'y',]",
                #"datatable (a: long, ["b c"]: string) [1, "x", long(-2), "y"]"#
            ),
            ("datatable(a:long)[]", "datatable (a: long) []"),
            (#"externaldata (a: string) ["https://x.test/a.csv"] with (format="csv", ignoreFirstRecord=true)"#, "="),
            ("let x = 5; print x", "let x = 5;\nprint x"), ("let T = U | where a; T", "let T = U\n| where a;\nT"),
            ("let f = () { 1 }; f()", "let f = () { 1 };\nf()"),
            (
                "let f = (x:long, y:string='a') { let z = x; z + 1 }; f(1)",
                "let f = (x: long, y: string = \"a\") { let z = x; z + 1 };\nf(1)"
            ),
            (
                "let f = (T:(a:string, *), U:(*)) { T | union U; }; f(A, B)",
                "let f = (T: (a: string, *), U: (*)) { T | union U };\nf(A, B)"
            ),
            ("let v = view () { T }; v", "let v = view () { T };\nv"),
            ("let f = (['a b']: long) { ['a b'] }; f(1)", "let f = ([\"a b\"]: long) { [\"a b\"] };\nf(1)"),
            ("set notruncation; T", "set notruncation;\nT"), ("set a = 'x'; T", "set a = \"x\";\nT"),
            ("set truncationmaxrecords=5; T", "set truncationmaxrecords = 5;\nT"),
            (
                "declare query_parameters(a:long = 5, b:datetime); T",
                "declare query_parameters(a: long = 5, b: datetime);\nT"
            ),
            ("declare pattern p; p('x').y", "declare pattern p;\np(\"x\").y"),
            (
                "declare pattern p = (a:string)[b:string] { ('x').['y'] = { print 1 }; }; p('x').y",
                "declare pattern p = (a: string)[b: string] { (\"x\").[\"y\"] = { print 1 }; };\np(\"x\").y"
            ),
            ("restrict access to (T*, database('d').*); T", "restrict access to (T*, database(\"d\").*);\nT"),
            (
                "alias database d = cluster('c').database('d'); T",
                "alias database d = cluster(\"c\").database(\"d\");\nT"
            ),
            ("workspace('w').T | join app('a').requests on id", "workspace(\"w\").T\n| join app(\"a\").requests on id"),
            (
                "macro-expand entity_group [cluster('a').database('b')] as X (X.T | count)",
                "macro-expand entity_group [cluster(\"a\").database(\"b\")] as X (X.T | count)"
            ),
            (".show tables | where TableName has 'a", "="), ("// a comment\n  .drop table T", ".drop table T"),
            ("// first\nT // second\n| count", "T\n| count"),
        ])
    func queries(text: String, expected: String) throws {
        let query = try Query.parse(text)
        #expect(query.description == (expected == "=" ? text : expected))
        #expect(try Query.parse(query.description).description == query.description)
    }

    @Test("Every operator's word is in the table above")
    func complete() {
        let words = operators.map { $0.0 } + ["print", "range", "macro-expand", "order"]
        for keyword in TabularOperator.Keyword.allCases {
            #expect(
                words.contains { $0 == keyword.rawValue || $0.hasPrefix(keyword.rawValue + " ") }, "\(keyword.rawValue)"
            )
        }
    }

    @Test("Parameters are typed")
    func parameters() throws {
        let query = try Query.parse(
            "T | join kind=leftanti U on a | union kind=inner withsource=S isfuzzy=true V | parse kind=regex flags=Ui s with a"
        )
        guard case .pipeline(let pipeline)? = query.result, case .join(let join) = pipeline.stages[0].operation,
            case .union(let union) = pipeline.stages[1].operation, case .parse(let parse) = pipeline.stages[2].operation
        else {
            Issue.record("other operators: \(query)")
            return
        }
        #expect(join.kind == .leftAnti)
        #expect(union.kind == .inner && union.sourceColumn == "S" && union.isFuzzy)
        #expect(parse.kind == .regex && parse.flags == "Ui")
        #expect(pipeline.stages.map { query.text(at: $0.keywordSpan) } == ["join", "union", "parse"])
        #expect(query.text(at: pipeline.stages[0].span) == "join kind=leftanti U on a")
    }
}
