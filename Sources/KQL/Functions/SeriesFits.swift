extension ScalarFunctions {
    /// Trends, seasons and outliers of series. The engine's exact scores are not published; these are the textbook
    /// ones, and agree in what is flagged on clear cases.
    static let seriesFits: [ScalarFunction] = [
        ScalarFunction("series_fit_line", [.dynamic("series")], .dynamic, naming: .columns(LineFit.columns)) {
            arguments, _ in
            LineFit.of(arguments.packed(0)).map { .array($0.values) } ?? .null(.dynamic)
        },
        ScalarFunction("series_fit_line_dynamic", [.dynamic("series")], .dynamic) { arguments, _ in
            guard let fit = LineFit.of(arguments.packed(0)) else { return .null(.dynamic) }
            return .bag(zip(LineFit.columns, fit.values).map { ($0.0.name, $0.1) })
        },
        ScalarFunction("series_fit_2lines", [.dynamic("series")], .dynamic, naming: .columns(TwoLineFit.columns)) {
            arguments, _ in TwoLineFit.of(arguments.packed(0)).map { .array($0) } ?? .null(.dynamic)
        },
        ScalarFunction(
            "series_outliers",
            [
                .dynamic("series"), .string("kind").optional, .any("ignore_val").optional,
                .number("min_percentile").optional,
                .number("max_percentile").optional,
            ], .dynamic
        ) { arguments, _ in
            guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
            let isTukey = arguments.text(1) == "tukey"
            let low = isTukey ? 25 : arguments.real(3) ?? 10, high = isTukey ? 75 : arguments.real(4) ?? 90
            return Scalar(Series(Decomposition.scores(series.values, low / 100, high / 100)).dynamic)
        },
        ScalarFunction(
            "series_decompose", decomposing(["Test_points", "Seasonality_threshold"]), .dynamic,
            naming: .columns(arrays(["baseline", "seasonal", "trend", "residual"]))
        ) { arguments, context throws(FunctionFault) in
            guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
            let parts = try Decomposition(
                series, seasonality: arguments.long(1) ?? -1, trend: arguments.text(2), test: arguments.long(3) ?? 0,
                context)
            return .array([parts.baseline, parts.seasonal, parts.trend, parts.residual].map { Series($0).dynamic })
        },
        ScalarFunction(
            "series_decompose_anomalies",
            [.dynamic("Series"), .number("Threshold").optional]
                + decomposing(["Test_points", "AD_method", "Seasonality_threshold"]).dropFirst(), .dynamic,
            naming: .columns(arrays(["ad_flag", "ad_score", "baseline"]))
        ) { arguments, context throws(FunctionFault) in try anomalies(arguments, context) },
        ScalarFunction(
            "series_periods_detect",
            [.dynamic("series"), .number("min_period"), .number("max_period"), .integer("num_periods")], .dynamic,
            naming: .columns(arrays(["periods", "scores"]))
        ) { arguments, context throws(FunctionFault) in try periods(arguments, context) },
    ]

    private static func arrays(_ names: [String]) -> [ScalarFunction.ResultColumn] {
        names.map { .dynamic($0) }
    }

    private static func decomposing(_ rest: [String]) -> [FunctionParameter] {
        [.dynamic("Series"), .integer("Seasonality").optional, .string("Trend").optional]
            + rest.map { .any($0).optional }
    }

    private static func anomalies(_ arguments: [Scalar], _ context: EvaluationContext) throws(FunctionFault) -> Scalar {
        guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
        let threshold = arguments.real(1) ?? 1.5
        let parts = try Decomposition(
            series, seasonality: arguments.long(2) ?? -1, trend: arguments.text(3), test: arguments.long(4) ?? 0,
            context)
        let isTukey = arguments.text(5) == "tukey"
        let scores = Decomposition.scores(parts.residual, isTukey ? 0.25 : 0.1, isTukey ? 0.75 : 0.9)
        let flags = scores.map { score in score.map { $0 > threshold ? 1.0 : $0 < -threshold ? -1 : 0 } }
        return .array([Series(flags, isWhole: true), Series(scores), Series(parts.baseline)].map(\.dynamic))
    }

    private static func periods(_ arguments: [Scalar], _ context: EvaluationContext) throws(FunctionFault) -> Scalar {
        guard let series = Series(arguments.packed(0)), let low = arguments.real(1), let high = arguments.real(2),
            let count = arguments.long(3), (1...16).contains(count)
        else { return .null(.dynamic) }
        let found = try SeriesPeriods(series.values.map { $0 ?? 0 }, context).detected(from: low, to: high)
            .prefix(Int(count))
        let padding = [Dynamic](repeating: .real(0), count: Int(count) - found.count)
        return .array([
            .array(found.map { .real(Double($0.length)) } + padding), .array(found.map { .real($0.score) } + padding),
        ])
    }
}

/// A straight line through a series, by least squares.
struct LineFit {
    let slope: Double
    let interception: Double
    let line: [Double]
    let variance: Double
    let residualVariance: Double

    static let columns: [ScalarFunction.ResultColumn] = [
        .real("rsquare"), .real("slope"), .real("variance"), .real("rvariance"), .real("interception"),
        .dynamic("line_fit"),
    ]

    /// `nil` for what is no series of at least one number.
    static func of(_ dynamic: Dynamic) -> LineFit? {
        guard let series = Series(dynamic), !series.present.isEmpty else { return nil }
        return LineFit(series.present)
    }

    init(_ values: [Double]) {
        let count = Double(values.count), mean = Statistics.mean(values), middle = (count - 1) / 2
        let squares = values.indices.reduce(0.0) { $0 + (Double($1) - middle) * (Double($1) - middle) }
        let products = values.enumerated().reduce(0.0) { $0 + (Double($1.offset) - middle) * ($1.element - mean) }
        let slope = squares == 0 ? 0 : products / squares, interception = mean - slope * middle
        self.slope = slope
        self.interception = interception
        line = values.indices.map { interception + slope * Double($0) }
        variance = Statistics.variance(values)
        residualVariance = Statistics.variance(zip(values, line).map { $0 - $1 })
    }

    /// How much of the variance the line explains.
    var determination: Double { variance == 0 ? 1 : 1 - residualVariance / variance }

    /// In the order of ``columns``.
    var values: [Dynamic] {
        [
            .real(determination), .real(slope), .real(variance), .real(residualVariance), .real(interception),
            .array(line.map { .real($0) }),
        ]
    }
}

/// Two straight lines through a series, split where they fit best.
enum TwoLineFit {
    static let columns: [ScalarFunction.ResultColumn] = {
        let whole: [ScalarFunction.ResultColumn] = [
            .real("rsquare"), .long("split_idx"), .real("variance"), .real("rvariance"), .dynamic("line_fit"),
        ]
        let names = ["rsquare", "slope", "interception", "variance", "rvariance"]
        return whole + ["right", "left"].flatMap { side in names.map { .real("\(side)_\($0)") } }
    }()

    /// In the order of ``columns``; the residual sums of all prefixes and suffixes come from running sums: linear.
    static func of(_ dynamic: Dynamic) -> [Dynamic]? {
        guard let series = Series(dynamic), series.present.count > 3 else { return nil }
        let values = series.present
        let left = residuals(values), right = Array(residuals(values.reversed()).reversed())
        let sums = (2..<(values.count - 1)).map { (split: $0, sum: left[$0 - 1] + right[$0]) }
        let split = sums.min { $0.sum < $1.sum }?.split ?? 2
        let parts = [LineFit(Array(values[split...])), LineFit(Array(values[..<split]))]
        let line = parts[1].line + parts[0].line, variance = Statistics.variance(values)
        let residual = Statistics.variance(zip(values, line).map { $0 - $1 })
        let head: [Dynamic] = [
            .real(variance == 0 ? 1 : 1 - residual / variance), .long(Int64(split)), .real(variance), .real(residual),
            .array(line.map { .real($0) }),
        ]
        return head
            + parts.flatMap { fit in
                [fit.determination, fit.slope, fit.interception, fit.variance, fit.residualVariance].map { .real($0) }
            }
    }

    /// For each place, the squared residuals of the line through all values up to it.
    private static func residuals(_ values: [Double]) -> [Double] {
        var count = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0
        return values.map { value in
            (x, y) = (x + count, y + value)
            (xx, xy, yy) = (xx + count * count, xy + count * value, yy + value * value)
            count += 1
            let varianceX = xx - x * x / count, shared = xy - x * y / count, varianceY = yy - y * y / count
            return varianceX > 0 ? max(0, varianceY - shared * shared / varianceX) : max(0, varianceY)
        }
    }
}
