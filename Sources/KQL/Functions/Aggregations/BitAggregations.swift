extension Aggregations {
    /// All values of a group taken together bit by bit. Nulls are passed over, and of nothing it is null.
    static let bits: [Aggregation] = [
        bitwise("binary_all_and") { $0 & $1 }, bitwise("binary_all_or") { $0 | $1 },
        bitwise("binary_all_xor") { $0 ^ $1 },
    ]

    private static func bitwise(_ name: String, _ combine: @escaping @Sendable (Int64, Int64) -> Int64) -> Aggregation {
        Aggregation(name, [.integer("expr")], .one(.long)) { _ in Combined(combine: combine) }
    }

    private struct Combined: Accumulator {
        let combine: @Sendable (Int64, Int64) -> Int64
        private var bits: Int64?

        init(combine: @escaping @Sendable (Int64, Int64) -> Int64) { self.combine = combine }

        mutating func add(_ arguments: [Scalar]) {
            guard let next = arguments[0].long else { return }
            bits = bits.map { combine($0, next) } ?? next
        }

        var results: [Scalar] { [Scalar(bits)] }
    }
}
