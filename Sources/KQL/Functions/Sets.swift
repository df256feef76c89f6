extension ScalarFunctions {
    /// Arrays as sets: values of different types differ, and the order of first appearance is kept.
    static let sets: [ScalarFunction] = [
        sets("set_union") { sets in distinct(sets.joined()) },
        sets("set_intersect") { sets in
            let others = sets.dropFirst().map(Set.init)
            return distinct(sets[0]).filter { element in others.allSatisfy { $0.contains(element) } }
        },
        sets("set_difference") { sets in
            let others = Set(sets.dropFirst().joined())
            return distinct(sets[0]).filter { !others.contains($0) }
        },
        ScalarFunction("set_has_element", [.dynamic("set"), .any("value")], .bool) { arguments, _ in
            Scalar(arguments.elements(0).map { $0.contains(arguments.packed(1)) })
        },
        ScalarFunction("set_equals", [.dynamic("set1"), .dynamic("set2")], .bool) { arguments, _ in
            guard let left = arguments.elements(0), let right = arguments.elements(1) else { return .null(.bool) }
            return .bool(Set(left) == Set(right))
        },
        ScalarFunction("jaccard_index", [.dynamic("set1"), .dynamic("set2")], .real) { arguments, _ in
            guard let left = arguments.elements(0).map(Set.init), let right = arguments.elements(1).map(Set.init) else {
                return .null(.real)
            }
            return .real(Double(left.intersection(right).count) / Double(left.union(right).count))
        },
    ]

    private static func sets(_ name: String, _ combine: @escaping @Sendable ([[Dynamic]]) -> [Dynamic])
        -> ScalarFunction
    {
        ScalarFunction(name, [.dynamic("set").repeated], layout: .list(minimum: 2, limit: 64), .dynamic) {
            arguments, _ in
            let sets = arguments.indices.compactMap { arguments.elements($0) }
            return sets.count == arguments.count ? .array(combine(sets)) : .null(.dynamic)
        }
    }

    private static func distinct(_ elements: some Sequence<Dynamic>) -> [Dynamic] {
        var seen: Set<Dynamic> = []
        return elements.filter { seen.insert($0).inserted }
    }
}
