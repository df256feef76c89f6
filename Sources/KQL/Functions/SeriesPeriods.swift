/// How well a series repeats itself at each distance: its circular autocorrelation, scaled so that the smallest is 0
/// and that of distance 0 is 1. Recorded scores of the engine agree with this to the last digits.
struct SeriesPeriods {
    /// By distance, up to half of the series.
    private let scores: [Double]
    private let count: Int

    /// Shorter ones are noise, and a series has to hold three of them.
    private static let shortest = 4, repetitions = 3

    /// Quadratic in the series, so the deadline is watched.
    init(_ values: [Double], _ context: EvaluationContext) throws(FunctionFault) {
        count = values.count
        var sums: [Double] = []
        for lag in 0..<min(values.count, values.count / 2 + 2) {
            try context.checkTime()
            var sum = 0.0
            for index in values.indices {
                let other = index + lag
                sum += values[index] * values[other < values.count ? other : other - values.count]
            }
            sums.append(sum)
        }
        let least = sums.min() ?? 0
        let range = (sums.first ?? 0) - least
        scores = range > 0 ? sums.map { ($0 - least) / range } : sums.map { _ in 0 }
    }

    /// The score of a period, 0 where something within half of its length surpasses it.
    func score(of period: Double) -> Double {
        guard period >= 1, period < Double(scores.count) else { return 0 }
        let lag = Int(period.rounded())
        return isPeak(lag) ? scores[lag] : 0
    }

    private func isPeak(_ lag: Int) -> Bool {
        guard lag >= 1, lag + 1 < scores.count else { return false }
        guard scores[lag] > scores[lag - 1], scores[lag] >= scores[lag + 1] else { return false }
        return (lag - lag / 2...lag + lag / 2).allSatisfy { $0 >= scores.count || scores[$0] <= scores[lag] }
    }

    /// The periods between two bounds, the best first: peaks that are no multiples of a better one.
    func detected(from low: Double, to high: Double) -> [(length: Int, score: Double)] {
        let first = max(Self.shortest, Int(max(0, min(low, 1e9)).rounded(.up)))
        let last = min(Int(max(0, min(high, 1e9))), count / Self.repetitions)
        guard first <= last else { return [] }
        let peaks = (first...last).filter { isPeak($0) && scores[$0] > 0 }
        var found: [(length: Int, score: Double)] = []
        for lag in peaks.sorted(by: { scores[$0] > scores[$1] }) where !found.contains(where: { lag % $0.length == 0 })
        {
            found.append((lag, scores[lag]))
        }
        return found
    }
}

extension ScalarFunctions {
    /// Functions of a series' periods.
    static let periods: [ScalarFunction] = [
        ScalarFunction(
            "series_periods_validate", [.dynamic("series"), .number("period").repeated],
            layout: .list(minimum: 2, limit: 17), .dynamic, naming: .columns([.dynamic("periods"), .dynamic("scores")])
        ) { arguments, context throws(FunctionFault) in
            guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
            let periods = try SeriesPeriods(series.values.map { $0 ?? 0 }, context)
            let asked = (1..<arguments.count).map { arguments.real($0) ?? 0 }
            return .array([
                .array(asked.map { .real($0) }), .array(asked.map { .real(periods.score(of: $0)) }),
            ])
        },
        ScalarFunction("series_seasonal", [.dynamic("series"), .integer("period").optional], .dynamic) {
            arguments, context throws(FunctionFault) in
            guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
            let values = series.values.map { $0 ?? 0 }
            return Scalar(Series(try seasonal(values, period: arguments.long(1) ?? -1, context)).dynamic)
        },
        ScalarFunction(
            "series_decompose_forecast",
            [
                .dynamic("Series"), .integer("Points"), .integer("Seasonality").optional, .string("Trend").optional,
                .number("Seasonality_threshold").optional,
            ], .dynamic
        ) { arguments, context throws(FunctionFault) in
            guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
            let trend = arguments.text(3)
            let parts = try Decomposition(
                series, seasonality: arguments.long(2) ?? -1, trend: trend.isEmpty ? "linefit" : trend,
                test: arguments.long(1) ?? 0, context)
            return Scalar(Series(parts.baseline).dynamic)
        },
    ]

    /// For each place in the period the median of its values; zeros where no period is found.
    private static func seasonal(
        _ values: [Double], period asked: Int64, _ context: EvaluationContext
    ) throws(FunctionFault) -> [Double?] {
        let found = try SeriesPeriods(values, context).detected(from: 0, to: Double(values.count)).first
        let period = asked > 0 ? Int(clamping: asked) : found.flatMap { $0.score > 0.7 ? $0.length : nil } ?? 0
        guard period > 0 else { return values.map { _ in 0 } }
        let medians = (0..<min(period, values.count)).map { phase in
            Statistics.quantile(stride(from: phase, to: values.count, by: period).map { values[$0] }.sorted(), 0.5)
        }
        return values.indices.map { medians[$0 % period] }
    }
}
