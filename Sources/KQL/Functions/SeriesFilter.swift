/// Linear filters of series; what is missing counts as zero.
enum SeriesFilter {
    /// `series_fir()`: each value as the weighted sum of it and those before it, or of those around it.
    static func finite(_ arguments: [Scalar], _ context: EvaluationContext) throws(FunctionFault) -> Scalar {
        guard let series = Series(arguments.packed(0)), let filter = Series(arguments.packed(1)) else {
            return .null(.dynamic)
        }
        let values = series.values.map { $0 ?? 0 }, weights = filter.values.map { $0 ?? 0 }
        let sum = weights.reduce(0) { $0 + $1.magnitude }
        let scale = arguments.truth(2) ?? true && sum > 0 ? 1 / sum : 1
        let shift = arguments.truth(3) ?? false ? weights.count / 2 : 0
        var result: [Double?] = []
        for index in values.indices {
            try context.checkTime()
            let places = weights.indices.map { index + shift - $0 }
            result.append(
                zip(weights, places).reduce(0.0) { values.indices.contains($1.1) ? $0 + $1.0 * values[$1.1] : $0 }
                    * scale)
        }
        return Scalar(Series(result).dynamic)
    }

    /// `series_iir()`: as well of the results before it, by the denominators behind the first, which scales.
    static func infinite(_ arguments: [Scalar], _ context: EvaluationContext) throws(FunctionFault) -> Scalar {
        guard let series = Series(arguments.packed(0)), let above = Series(arguments.packed(1)),
            let below = Series(arguments.packed(2)), let first = below.values.first ?? nil, first != 0
        else { return .null(.dynamic) }
        let values = series.values.map { $0 ?? 0 }
        var result: [Double] = []
        for index in values.indices {
            try context.checkTime()
            var sum = 0.0
            for (lag, weight) in above.values.enumerated() where lag <= index {
                sum += (weight ?? 0) * values[index - lag]
            }
            for (lag, weight) in below.values.enumerated() where lag > 0 && lag <= index {
                sum -= (weight ?? 0) * result[index - lag]
            }
            result.append(sum / first)
        }
        return Scalar(Series(result).dynamic)
    }
}
