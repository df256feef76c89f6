extension Aggregations {
    /// How many rows, and how many different values. Distinct values are counted exactly; the engine estimates large
    /// numbers of them.
    static let counts: [Aggregation] = [
        // A null is counted as well, as the recorded engine does.
        Aggregation("count", [.any("value").optional], .one(.long)) { _ in RowCount() },
        Aggregation("countif", [.bool("predicate")], .one(.long)) { _ in
            ConditionalAccumulator(RowCount(), condition: 0)
        },
        dcount, dcount.conditional("dcountif", at: 1),
        distinct, distinct.conditional("count_distinctif", at: 1),
    ]

    private static let dcount = Aggregation(
        "dcount", [.any("expr"), .integer("accuracy").optional.constant], .one(.long)
    ) { _ in
        DistinctCount()
    }
    private static let distinct = Aggregation("count_distinct", [.any("expr")], .one(.long)) { _ in DistinctCount() }

    private struct RowCount: Accumulator {
        private var count: Int64 = 0
        mutating func add(_ arguments: [Scalar]) { count += 1 }
        var results: [Scalar] { [.long(count)] }
    }

    /// Nulls are passed over.
    private struct DistinctCount: Accumulator {
        private var seen: Set<Scalar> = []
        mutating func add(_ arguments: [Scalar]) { if !arguments[0].isNull { seen.insert(arguments[0]) } }
        var results: [Scalar] { [.long(Int64(seen.count))] }
    }
}
