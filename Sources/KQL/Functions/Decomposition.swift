/// A series as trend, season and what is left.
struct Decomposition {
    let trend: [Double?]
    let seasonal: [Double?]
    let residual: [Double?]

    /// Trend and season together.
    var baseline: [Double?] {
        zip(trend, seasonal).map { trend, season in trend.flatMap { trend in season.map { trend + $0 } } }
    }

    /// - Parameters:
    ///   - seasonality: The period in elements; 0 for none, -1 to look for one.
    ///   - trend: `linefit`, `none`, or the average for anything else.
    ///   - test: How many elements at the end are not learned from.
    init(
        _ series: Series, seasonality: Int64, trend kind: String, test: Int64, _ context: EvaluationContext
    ) throws(FunctionFault) {
        let values = Self.withoutGaps(series.values)
        let known = Array(values.prefix(max(0, values.count - Int(clamping: max(test, 0)))))
        let line = Self.trend(known, kind, count: values.count)
        let level = zip(values, line).map { $0 - $1 }, learned = Array(level.prefix(known.count))
        let period = seasonality >= 0 ? Int(clamping: seasonality) : try Self.period(learned, context)
        let season = Self.season(learned, period: period, count: values.count)
        trend = line
        seasonal = season
        residual = zip(level, season).map { $0 - $1 }
    }

    private static func withoutGaps(_ values: [Double?]) -> [Double] {
        let forward = ScalarFunctions.carried(values.map { $0.flatMap { $0.isFinite ? $0 : nil } })
        return ScalarFunctions.carried(forward.reversed()).reversed().map { $0 ?? 0 }
    }

    private static func trend(_ known: [Double], _ kind: String, count: Int) -> [Double] {
        guard !known.isEmpty, kind != "none" else { return [Double](repeating: 0, count: count) }
        guard kind == "linefit" else { return [Double](repeating: Statistics.mean(known), count: count) }
        let fit = LineFit(known)
        return (0..<count).map { fit.interception + fit.slope * Double($0) }
    }

    /// The mean of each place in the period, centred.
    private static func season(_ level: [Double], period: Int, count: Int) -> [Double] {
        guard period > 1, period <= level.count / 2 else { return [Double](repeating: 0, count: count) }
        let means = (0..<period).map { phase in
            Statistics.mean(stride(from: phase, to: level.count, by: period).map { level[$0] })
        }
        let centre = Statistics.mean(means)
        return (0..<count).map { means[$0 % period] - centre }
    }

    /// The best period whose autocorrelation exceeds 0.6; 0 for none.
    private static func period(_ level: [Double], _ context: EvaluationContext) throws(FunctionFault) -> Int {
        let best = try SeriesPeriods(level, context).detected(from: 0, to: Double(level.count)).first
        return best.flatMap { $0.score > 0.6 ? $0.length : nil } ?? 0
    }

    /// Tukey's fences: how many ranges between two quantiles a value lies beyond them, zero between them.
    static func scores(_ values: [Double?], _ low: Double, _ high: Double) -> [Double?] {
        let sorted = values.compactMap { $0 }.sorted()
        let floor = Statistics.quantile(sorted, low), ceiling = Statistics.quantile(sorted, high),
            range = ceiling - floor
        return values.map { value in
            guard let value, range > 0 else { return 0 }
            return value > ceiling ? (value - ceiling) / range : value < floor ? (value - floor) / range : 0
        }
    }
}
