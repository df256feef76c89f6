import Testing

@testable import KQL

@Suite("Queries that mean the same give the same")
struct QueryPropertyTests {
    private static let table = RandomTable(seed: 7, count: 160)

    /// Conditions on columns of each type, true of some rows, false of others and null of some.
    static let predicates = [
        "b", "not(b)", "i > 0", "n != 1", "n == 1", "r < 0.5", "not(r >= 0.0)", "e <= 1",
        "t > datetime(2025-01-01T01:00)",
        "p between (-1m .. 2m)", "g == guid(00000004-0000-0000-0000-000000000000)", "s has 'a'", "s =~ 'A'", "s == ''",
        "s in ('a', 'Z')", "n !in (1, 2)", "isnull(d)", "d.a > 0", "tostring(d) contains 'a'", "n > i", "r > n",
        "isnotempty(s) and n < 3", "b or r > 0", "s startswith 'a' or n == 2", "s matches regex '^[a-z]'",
        "iff(b, n, 2) > 1", "strlen(s) > 1", "n + i > 0", "t + p > datetime(2025-01-01)", "coalesce(n, 0) >= 0",
    ]

    private static func same(_ query: String, _ other: String) throws {
        #expect(try table.answers(to: query) == table.answers(to: other), "\(query) and \(other)")
    }

    @Test("Two filters are one filter of both, in either order", arguments: predicates)
    func filters(_ one: String) throws {
        let start = Self.predicates.firstIndex(of: one) ?? 0
        for step in [0, 1, 4, 11, 19] {
            let other = Self.predicates[(start + step) % Self.predicates.count]
            try Self.same("T | where \(one) | where \(other)", "T | where (\(one)) and (\(other))")
            try Self.same("T | where \(one) | where \(other)", "T | where \(other) | where \(one)")
        }
    }

    @Test("A condition, its opposite and its null share out all rows", arguments: predicates)
    func threeWays(_ condition: String) throws {
        let parts = "(T | where \(condition)), (T | where not(\(condition))), (T | where isnull(\(condition)))"
        try Self.same("union \(parts)", "T")
        try Self.same("T | extend c = \(condition) | where c | project-away c", "T | where \(condition)")
        try Self.same("T | summarize x = countif(\(condition))", "T | where \(condition) | summarize x = count()")
    }

    @Test("A filter may stand before or after extend, sort, union and join", arguments: predicates)
    func pushing(_ condition: String) throws {
        try Self.same("T | extend z = n * 2 | where \(condition)", "T | where \(condition) | extend z = n * 2")
        try Self.same("T | sort by n asc, id | where \(condition)", "T | where \(condition) | sort by n asc, id")
        try Self.same("union A, B | where \(condition)", "union (A | where \(condition)), (B | where \(condition))")
        for kind in ["inner", "leftouter", "leftsemi", "leftanti"] {
            let join = "join kind=\(kind) (B | project s, n, m = id) on s, n"
            try Self.same("A | \(join) | where \(condition)", "A | where \(condition) | \(join)")
        }
        try Self.same(
            "A | join kind=inner (B | where \(condition)) on s, b",
            "A | join kind=inner (B | extend c = \(condition)) on s, b | where c | project-away c")
    }

    @Test("Semi and anti joins share out a side", arguments: ["s", "n", "r", "e", "g", "b", "t", "p", "i", "s, n"])
    func sides(_ keys: String) throws {
        try Self.same("union (A | join kind=leftsemi B on \(keys)), (A | join kind=leftanti B on \(keys))", "A")
        try Self.same("union (A | join kind=rightsemi B on \(keys)), (A | join kind=rightanti B on \(keys))", "B")
        let columns = "project id, id1"
        try Self.same(
            "A | join kind=fullouter B on \(keys) | \(columns)",
            "union (A | join kind=leftouter B on \(keys) | \(columns)), "
                + "(B | join kind=leftanti A on \(keys) | project id1 = id)")
        try Self.same(
            "A | join kind=inner B on \(keys) | \(columns)",
            "B | join kind=inner A on \(keys) | project id = id1, id1 = id")
    }

    static let keys = [
        "s", "n", "r", "b", "e", "g", "t", "p", "i", "s, b", "bin(t, 2h), s", "tostring(d), r", "n, i, b",
    ]

    @Test("Pieces put together are summarized like the whole", arguments: keys)
    func pieces(_ keys: String) throws {
        let summary = """
            summarize c = count(), ci = countif(n > 0), sn = sum(i), sr = sum(iff(isfinite(r), r, 0.0)), lo = min(n),
                hi = max(t), a = avg(i), d = dcount(s), e = min(e), set = array_sort_asc(make_set(s)), m = max(s),
                least = min(id), q = percentile(i, 50), list = array_sort_asc(make_list(id)),
                arg = tostring(pack_array(take_anyif(1, true))) by \(keys)
            """
        try Self.same("union A, B | \(summary)", "T | \(summary)")
        try Self.same("union B, A | \(summary)", "T | \(summary)")
        try Self.same("T | partition by s (where true) | \(summary)", "T | \(summary)")
        try Self.same(
            "union (A | summarize c = count(), s0 = sum(i) by \(keys)), "
                + "(B | summarize c = count(), s0 = sum(i) by \(keys)) "
                + "| summarize total = sum(c), sums = sum(s0)",
            "T | summarize total = count(), sums = sum(i)")
    }

    @Test("What sees all segments at once does what running it for each does", arguments: predicates)
    func segments(_ condition: String) throws {
        // A window function, whose result is not used, makes the sub-query run for each key.
        for body in [
            "where \(condition)", "top 2 by n", "sort by r asc, id | take 3", "summarize c = count(), x = max(n)",
            "where \(condition) | summarize c = count() by b", "extend z = n | count", "where \(condition) | take 1",
        ] {
            let alone = "serialize w = row_number() | project-away w | \(body)"
            try Self.same("T | partition by s (\(body))", "T | partition by s (\(alone))")
            try Self.same(
                "T | mv-apply v = d to typeof(long) on (\(body)) | project-away d",
                "T | mv-apply v = d to typeof(long) on (\(alone)) | project-away d")
        }
    }
}
