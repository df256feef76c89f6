/// `array_sort_asc()` and `array_sort_desc()`: the first array is sorted, and the others follow it.
enum ArraySorting {
    static func function(_ name: String, isDescending: Bool) -> ScalarFunction {
        ScalarFunction(
            name, [FunctionParameter("arrays", [.dynamic, .bool]).repeated], layout: .list(minimum: 1, limit: 65),
            ResultRule { arguments in
                let arrays =
                    arguments.count > 1 && arguments.last?.type == .bool ? arguments.dropLast() : arguments[...]
                return arrays.allSatisfy { $0.type == .dynamic } ? .dynamic : nil
            }, naming: .eachArgument("sorted")
        ) { arguments, _ in sorted(arguments, isDescending) }
    }

    /// One array gives one, several an array of theirs.
    private static func sorted(_ arguments: [Scalar], _ isDescending: Bool) -> Scalar {
        let nullsLast = arguments.last?.type == .bool ? arguments.last?.truth ?? true : true
        let arrays = arguments.indices.compactMap { arguments[$0].type == .bool ? nil : arguments.elements($0) }
        guard let first = arrays.first, arrays.count == arguments.filter({ $0.type != .bool }).count else {
            return .null(.dynamic)
        }
        let order = first.indices.sorted { left, right in
            let (one, other) = (first[left], first[right])
            if one.isNull || other.isNull {
                return one.isNull == other.isNull ? left < right : other.isNull == nullsLast
            }
            let comparison = compare(one, other)
            return comparison == 0 ? left < right : (comparison < 0) != isDescending
        }
        let sorted: [Dynamic] = arrays.enumerated().map { index, array in
            guard index == 0 || array.count == first.count else { return .null }
            return .array(order.map { array[$0] })
        }
        return sorted.count == 1 ? Scalar(sorted[0]) : .array(sorted)
    }

    /// Values of one kind by their order, kinds among each other by the kind.
    private static func compare(_ left: Dynamic, _ right: Dynamic) -> Int {
        let (left, right) = (left.unpacked, right.unpacked)
        if let order = Comparison.accepts(left.type, right.type) ? Comparison.order(left, right) : nil { return order }
        let rank = [left, right].map { ScalarType.allCases.firstIndex(of: $0.type) ?? 0 }
        return rank[0] - rank[1]
    }
}
