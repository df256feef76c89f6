extension Aggregations {
    /// Percentiles: existing values by nearest rank, never between two.
    static let percentiles: [Aggregation] = [
        Aggregation(
            "percentile", [orderable, percent], prefix: "percentile", .eachPercentile(from: 1), ranked(from: 1)),
        Aggregation(
            "percentiles", [orderable, percent.repeated], minimum: 2, prefix: "percentile", .eachPercentile(from: 1),
            ranked(from: 1)),
        Aggregation(
            "percentiles_array", [orderable, percents], minimum: 2, prefix: "percentiles", .one(.dynamic),
            array(from: 1)),
        Aggregation(
            "percentilew", [orderable, weight, percent], prefix: "percentile", .eachPercentile(from: 2), ranked(from: 2)
        ),
        Aggregation(
            "percentilesw", [orderable, weight, percent.repeated], minimum: 3, prefix: "percentile",
            .eachPercentile(from: 2),
            ranked(from: 2)),
        Aggregation(
            "percentilesw_array", [orderable, weight, percents], minimum: 3, prefix: "percentiles", .one(.dynamic),
            array(from: 2)),
    ]

    private static let orderable = FunctionParameter("expr", [.number, .datetime, .timespan])
    private static let weight = FunctionParameter.integer("weight")
    private static let percent = FunctionParameter.number("percentile").constant
    private static let percents = FunctionParameter("percentiles", [.number, .dynamic]).constant.repeated

    private static func ranked(from first: Int) -> @Sendable ([FunctionArgument]) -> any Accumulator {
        { arguments in
            Ranks(
                type: arguments[0].type, isWeighted: first == 2, percents: percents(arguments.dropFirst(first)),
                isArray: false)
        }
    }

    private static func array(from first: Int) -> @Sendable ([FunctionArgument]) -> any Accumulator {
        { arguments in
            Ranks(
                type: arguments[0].type, isWeighted: first == 2, percents: percents(arguments.dropFirst(first)),
                isArray: true)
        }
    }

    private static func percents(_ arguments: some Sequence<FunctionArgument>) -> [Double] {
        arguments.flatMap { argument in
            let packed = argument.constant?.packed ?? .null
            return (packed.elements ?? [packed]).map { Scalar($0).double ?? .nan }
        }
    }

    /// Values with how often each counts; nulls are passed over.
    private struct Ranks: Accumulator {
        let type: ScalarType
        let isWeighted: Bool
        let percents: [Double]
        let isArray: Bool
        private var values: [(value: Scalar, weight: Int64)] = []

        init(type: ScalarType, isWeighted: Bool, percents: [Double], isArray: Bool) {
            self.type = type
            self.isWeighted = isWeighted
            self.percents = percents
            self.isArray = isArray
        }

        mutating func add(_ arguments: [Scalar]) {
            let weight = isWeighted ? arguments[1].long ?? 0 : 1
            if !arguments[0].isNull, weight > 0 { values.append((arguments[0], weight)) }
        }

        var results: [Scalar] {
            let sorted = values.sorted { (Comparison.order($0.value, $1.value) ?? 0) < 0 }
            let total = sorted.reduce(Int128(0)) { $0 + Int128($1.weight) }
            let ranked = percents.map { percent -> Scalar in
                guard total > 0, (0...100).contains(percent) else { return .none(type) }
                var left = Swift.max(1, (percent / 100 * Double(total)).rounded(.up))
                for entry in sorted {
                    left -= Double(entry.weight)
                    if left <= 0 { return entry.value }
                }
                return sorted.last?.value ?? .none(type)
            }
            return isArray ? [.array(ranked.map(\.packed))] : ranked
        }
    }
}
