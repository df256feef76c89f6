extension Aggregations {
    /// The least and the greatest value, and the rows that hold them.
    static let extremes: [Aggregation] = [
        min, min.conditional("minif", at: 1), max, max.conditional("maxif", at: 1),
        Aggregation("arg_max", aliases: ["argmax"], [.any("expr"), .any("value").repeated], minimum: 1, .eachArgument) {
            ExtremeRow(sign: 1, types: $0.map(\.type))
        },
        Aggregation("arg_min", aliases: ["argmin"], [.any("expr"), .any("value").repeated], minimum: 1, .eachArgument) {
            ExtremeRow(sign: -1, types: $0.map(\.type))
        },
        takeAny, takeAnyIf,
    ]

    private static let ordered = FunctionParameter("expr", ScalarTypes.any.subtracting(.dynamic))
    private static let min = Aggregation("min", [ordered], .one(.argument(0))) { Extreme(sign: -1, type: $0[0].type) }
    private static let max = Aggregation("max", [ordered], .one(.argument(0))) { Extreme(sign: 1, type: $0[0].type) }
    private static let takeAny = Aggregation(
        "take_any", aliases: ["any"], [.any("expr").repeated], minimum: 1, prefix: "", .eachArgument
    ) {
        AnyRow($0.map(\.type))
    }
    private static let takeAnyIf = Aggregation(
        "take_anyif", aliases: ["anyif"], [.any("expr"), .bool("predicate")], prefix: "", .one(.argument(0))
    ) { ConditionalAccumulator(AnyRow([$0[0].type]), condition: 1) }

    /// Nulls are passed over; one NaN makes it NaN.
    private struct Extreme: Accumulator {
        private let sign: Int
        private var best: Scalar

        init(sign: Int, type: ScalarType) {
            self.sign = sign
            best = .null(type)
        }

        mutating func add(_ arguments: [Scalar]) {
            let value = arguments[0]
            if value.isNull { return }
            if case .null = best { best = value; return }
            guard let order = Comparison.order(value, best) else {
                if case .real(let real) = value, real.isNaN { best = value }
                return
            }
            if order * sign > 0 { best = value }
        }

        /// The null of a string is the empty one.
        var results: [Scalar] { [best == .null(.string) ? .string("") : best] }
    }

    /// The first of the rows whose first argument is extreme; a null loses to any value, but a row of nulls is one.
    private struct ExtremeRow: Accumulator {
        private let sign: Int
        private let types: [ScalarType]
        private var best: [Scalar]?

        init(sign: Int, types: [ScalarType]) {
            self.sign = sign
            self.types = types
        }

        mutating func add(_ arguments: [Scalar]) {
            guard let old = best?[0] else { best = arguments; return }
            if arguments[0].isNull { return }
            if old.isNull { best = arguments; return }
            if let order = Comparison.order(arguments[0], old), order * sign > 0 { best = arguments }
        }

        var results: [Scalar] { best ?? types.map(Scalar.none) }
    }

    /// The first row; of a single column the first value that is there.
    private struct AnyRow: Accumulator {
        private let types: [ScalarType]
        private var row: [Scalar]?

        init(_ types: [ScalarType]) { self.types = types }

        mutating func add(_ arguments: [Scalar]) {
            if row == nil || types.count == 1 && row?[0].isEmpty ?? true { row = arguments }
        }

        var results: [Scalar] { row ?? types.map(Scalar.none) }
    }
}
