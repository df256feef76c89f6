import Testing

@testable import KQL

@Suite("mv-expand, mv-apply and partition")
struct ExpansionTests {
    @Test(
        "An array gives its elements, an empty one nothing, null one null, a bag its properties",
        arguments: [
            QueryCase("D | mv-expand d", #"i d; 1 3; 1 1; 1 2; 3 null; 4 {"p":1}; 4 {"q":2}; 5 s"#),
            QueryCase("D | mv-expand kind=array d | where i == 4", #"i d; 4 ["p",1]; 4 ["q",2]"#),
            QueryCase("D | mv-expand e = d | where i == 3", "i d e; 3 null null"),
            QueryCase(
                "D | mv-expand d to typeof(long)", "i:long d:long; 1 3; 1 1; 1 2; 3 null; 4 null; 4 null; 5 null"),
            QueryCase("D | mv-expand with_itemindex=x d | where i == 1", "i d x; 1 3 0; 1 1 1; 1 2 2"),
            QueryCase("D | mv-expand d limit 1", #"i d; 1 3; 3 null; 4 {"p":1}; 5 s"#),
            QueryCase("D | mv-expand d limit 0", "i d"),
            QueryCase(
                "print a = dynamic([1, 2, 3]), b = dynamic(['x']) | mv-expand a, b", "a b; 1 x; 2 null; 3 null"),
            QueryCase("print a = dynamic([]), b = dynamic(['x']) | mv-expand a, b", "a b; null x"),
            QueryCase("print a = dynamic(null), b = dynamic(['x', 'y']) | mv-expand a, b", "a b; null x; null y"),
            QueryCase("print a = dynamic([[1, 2], []]) | mv-expand a", "a; [1,2]; []"),
            QueryCase("print a = dynamic([[1, 2], []]) | mv-expand a | mv-expand a", "a; 1; 2"),
            QueryCase("print s = 'a,b' | mv-expand p = split(s, ',') to typeof(string)", "s p; a,b a; a,b b"),
            QueryCase("print d = parse_json('{\"x\":[1]}') | mv-expand x = d.x", #"d x; {"x":[1]} 1"#),
            QueryCase("E | mv-expand d", "k n r t d"),
        ])
    func expansions(_ item: QueryCase) throws { try item.check() }

    @Test(
        "The sub-query of mv-apply runs for each row with elements",
        arguments: [
            QueryCase(
                "D | mv-apply e = d to typeof(long) on (top 2 by e)",
                #"i d e; 1 [3,1,2] 3; 1 [3,1,2] 2; 3 null null; 4 {"p":1,"q":2} null; 4 {"p":1,"q":2} null; 5 s null"#),
            QueryCase("D | mv-apply d to typeof(long) on (where d > 1)", "i d; 1 3; 1 2"),
            QueryCase(
                "D | where i < 4 | mv-apply e = d to typeof(long) on (summarize s = sum(e), c = count())",
                "i d s c; 1 [3,1,2] 6 3; 3 null 0 1"),
            QueryCase(
                "D | where i < 4 | mv-apply e = d to typeof(long) on (where e > 2 | count)",
                "i d Count; 1 [3,1,2] 1; 3 null 0"),
            QueryCase(
                "D | where i == 1 | mv-apply e = d to typeof(long) on (sort by e asc | extend r = row_number())",
                "i d e r; 1 [3,1,2] 1 1; 1 [3,1,2] 2 2; 1 [3,1,2] 3 3"),
            QueryCase(
                "union (D | where i == 1), (print i = 9, d = dynamic([5, 7])) | mv-apply d to typeof(long) on "
                    + "(sort by d asc | extend r = row_number())",
                "i d r; 1 1 1; 1 2 2; 1 3 3; 9 5 1; 9 7 2"),
            QueryCase(
                "D | mv-apply with_itemindex=x d to typeof(long) on (where x == 1 | project d, x)",
                "i d x; 1 1 1; 4 null 1"),
            QueryCase("D | where i == 1 | mv-apply d to typeof(long) on (take 1 | extend m = d + i)", "i d m; 1 3 4"),
            QueryCase(
                "D | mv-apply e = d to typeof(long) on (join kind=inner (datatable(e:long, w:string)[2, 'two']) on e)",
                "i d e e1 w; 1 [3,1,2] 2 2 two"),
            QueryCase(
                "D | where i == 1 | mv-apply d to typeof(long) on (as A | union A "
                    + "| summarize s = sum(d))", "i s; 1 12"),
            QueryCase(
                "print a = dynamic([1, 2]), b = dynamic(['x', 'y']) | mv-apply a to typeof(long), "
                    + "b to typeof(string) on "
                    + "(where a == 2)", "a b; 2 y"),
            QueryCase(
                "D | where i == 1 | mv-apply d to typeof(long) on (summarize c = count() by odd = d % 2)",
                "i odd c; 1 1 2; 1 0 1"),
            QueryCase("E | mv-apply d on (summarize count())", "k n r t count_"),
            QueryCase(
                "print k = 'x', a = dynamic([1, 2]) | mv-apply a on (mv-apply b = a on (project b))",
                "k a b; x 1 1; x 2 2"),
            QueryCase(
                "print a = dynamic([1, 2]) | mv-apply a to typeof(long) on "
                    + "(mv-expand b = pack_array(a, a) | summarize s = sum(a))",
                "s; 6"),
            QueryCase(
                "print d = dynamic({'a': 1}) | mv-apply kind=array x = d on (project k = x[0], v = x[1])",
                #"d k v; {"a":1} a 1"#),
        ])
    func applications(_ item: QueryCase) throws { try item.check() }

    @Test(
        "The sub-query of partition runs for each key",
        arguments: [
            QueryCase("N | partition by k (top 1 by n)", "k n; a 3; b null; '' 2"),
            QueryCase("N | partition by k (summarize c = count(), s = sum(n))", "c s; 2 4; 1 0; 1 2"),
            QueryCase(
                "N | partition by k (sort by n asc | extend r = row_number())",
                "k n r; a 1 1; a 3 2; b null 1; '' 2 1"),
            QueryCase("N | partition hint.strategy=native by k (where n > 1 | count)", "Count; 1; 0; 1"),
            QueryCase("N | partition by k (take 1 | project k)", "k; a; b; ''"),
            QueryCase("E | partition by k (summarize count())", "count_"),
            QueryCase(
                "let f = (T:(x:long)) { let m = materialize(T); m | join kind=inner m on x | summarize s = sum(x) }; "
                    + "L | partition by k (invoke f())",
                "s; 1; 5; 4"),
            QueryCase(
                "L | partition by k (join kind=inner R on k | project x, y)", "x y; 2 10; 2 20; 3 10; 3 20; 4 40"),
        ])
    func partitions(_ item: QueryCase) throws { try item.check() }
}
