import Testing

@testable import KQL

@Suite("join and lookup")
struct JoinTests {
    @Test(
        "Each kind pairs rows by its rule; empty keys pair, and so do nulls and NaN",
        arguments: [
            QueryCase("L | join kind=inner R on k", "k x k1 y; b 2 b 10; b 2 b 20; b 3 b 10; b 3 b 20; '' 4 '' 40"),
            QueryCase("L | join R on k", "k x k1 y; b 2 b 10; b 2 b 20; '' 4 '' 40"),
            QueryCase("L | join kind=innerunique R on k", "k x k1 y; b 2 b 10; b 2 b 20; '' 4 '' 40"),
            QueryCase(
                "L | join kind=leftouter R on k",
                "k x k1 y; a 1 '' null; b 2 b 10; b 2 b 20; b 3 b 10; b 3 b 20; '' 4 '' 40"),
            QueryCase(
                "L | join kind=rightouter R on k",
                "k x k1 y; b 2 b 10; b 2 b 20; b 3 b 10; b 3 b 20; '' 4 '' 40; '' null c 30"),
            QueryCase(
                "L | join kind=fullouter R on k",
                "k x k1 y; a 1 '' null; b 2 b 10; b 2 b 20; b 3 b 10; b 3 b 20; '' 4 '' 40; '' null c 30"),
            QueryCase("L | join kind=leftsemi R on k", "k x; b 2; b 3; '' 4"),
            QueryCase("L | join kind=leftanti R on k", "k x; a 1"),
            QueryCase("L | join kind=anti R on k", "k x; a 1"),
            QueryCase("L | join kind=leftantisemi R on k", "k x; a 1"),
            QueryCase("L | join kind=rightsemi R on k", "k y; b 10; b 20; '' 40"),
            QueryCase("L | join kind=rightanti R on k", "k y; c 30"),
            QueryCase("L | join kind=rightantisemi R on k", "k y; c 30"),
            QueryCase("L | lookup R on k", "k x y; a 1 null; b 2 10; b 2 20; b 3 10; b 3 20; '' 4 40"),
            QueryCase("L | lookup kind=inner R on k", "k x y; b 2 10; b 2 20; b 3 10; b 3 20; '' 4 40"),
            QueryCase("N | join kind=inner (N) on n", "k n k1 n1; a 1 a 1; b null b null; a 3 a 3; '' 2 '' 2"),
            QueryCase("N | join kind=leftanti (N) on n", "k n"),
            QueryCase(
                "print r = real(nan) | join kind=inner (print r = real(nan), s = 1) on r", "r r1 s; NaN NaN 1"),
            QueryCase(
                "print i = int(3) | join kind=inner (print j = 3) on $left.i == $right.j", "i:int j:long; 3 3"),
            QueryCase(
                "L | join kind=inner R on $left.x == $right.y", "k x k1 y"),
            QueryCase(
                "L | extend z = x | join kind=inner (L | extend z = 2) on k, $left.x == $right.z",
                "k x z k1 x1 z1; b 2 2 b 2 2; b 2 2 b 3 2"),
        ])
    func kinds(_ item: QueryCase) throws { try item.check() }

    @Test(
        "A side without rows",
        arguments: [
            QueryCase("L | join kind=inner (R | take 0) on k", "k x k1 y"),
            QueryCase("L | take 0 | join R on k", "k x k1 y"),
            QueryCase("L | where x < 3 | join kind=leftouter (R | take 0) on k", "k x k1 y; a 1 '' null; b 2 '' null"),
            QueryCase("L | take 0 | join kind=leftouter R on k", "k x k1 y"),
            QueryCase("L | take 0 | join kind=rightouter (R | where y < 20) on k", "k x k1 y; '' null b 10"),
            QueryCase("L | take 0 | join kind=fullouter (R | where y < 20) on k", "k x k1 y; '' null b 10"),
            QueryCase("L | where x < 2 | join kind=fullouter (R | take 0) on k", "k x k1 y; a 1 '' null"),
            QueryCase("L | join kind=leftsemi (R | take 0) on k", "k x"),
            QueryCase("L | where x < 3 | join kind=leftanti (R | take 0) on k", "k x; a 1; b 2"),
            QueryCase("L | take 0 | join kind=rightsemi R on k", "k y"),
            QueryCase("L | take 0 | join kind=rightanti (R | where y < 20) on k", "k y; b 10"),
            QueryCase("L | where x < 2 | lookup (R | take 0) on k", "k x y; a 1 null"),
            QueryCase("L | take 0 | join kind=fullouter (R | take 0) on k", "k x k1 y"),
        ])
    func emptySides(_ item: QueryCase) throws { try item.check() }
}
