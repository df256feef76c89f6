extension ScalarFunctions {
    /// Applies a filling to a series in which a number may stand for "missing".
    static func filled(
        _ arguments: [Scalar], missing index: Int = 2, _ fill: ([Double?], Series) -> [Double?]
    ) -> Scalar {
        guard var series = Series(arguments.packed(0)) else { return .null(.dynamic) }
        if let missing = arguments.real(index) { series.values = series.values.map { $0 == missing ? nil : $0 } }
        return Scalar(Series(fill(series.values, series), isWhole: series.isWhole).dynamic)
    }

    /// Each missing value as the one before it.
    static func carried(_ values: [Double?]) -> [Double?] {
        var last: Double?
        return values.map { value in
            last = value ?? last
            return last
        }
    }

    /// On the line between the neighbours that are there; edges as the nearest one. A series without any number
    /// becomes the constant, as recorded answers have it.
    static func linear(_ arguments: [Scalar]) -> Scalar {
        let fillsEdges = arguments.truth(2) ?? true, constant = arguments.real(3) ?? 0
        guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
        if series.values.allSatisfy({ $0 == nil }) {
            return Scalar(Series(series.values.map { _ in constant }).dynamic)
        }
        return filled(arguments, missing: 1) { values, _ in interpolated(values, fillsEdges) }
    }

    private static func interpolated(_ values: [Double?], _ fillsEdges: Bool) -> [Double?] {
        var result = values, last: Int?
        for index in values.indices {
            guard let value = values[index] else { continue }
            if let before = last, let start = values[before] {
                for gap in (before + 1)..<max(index, before + 1) {
                    result[gap] = start + (value - start) * Double(gap - before) / Double(index - before)
                }
            } else if fillsEdges {
                for gap in 0..<index { result[gap] = value }
            }
            last = index
        }
        if fillsEdges, let last { for gap in (last + 1)..<max(values.count, last + 1) { result[gap] = values[last] } }
        return result
    }
}

/// Figures of numbers.
enum Statistics {
    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// Of a sample: divided by one less than the count.
    static func variance(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = mean(values)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }

    static func correlation(_ left: [Double], _ right: [Double]) -> Double {
        let (one, other) = (mean(left), mean(right))
        let shared = zip(left, right).reduce(0) { $0 + ($1.0 - one) * ($1.1 - other) }
        let squares = [(left, one), (right, other)].map { values, mean in
            values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        return shared / (squares[0].squareRoot() * squares[1].squareRoot())
    }

    /// The value below which a share of the numbers lies, on the line between neighbours.
    static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        guard let last = sorted.last else { return .nan }
        let place = share * Double(sorted.count - 1), index = Int(place)
        return index + 1 < sorted.count
            ? sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index)) : last
    }

    /// What `series_stats()` makes columns of.
    static let columns: [ScalarFunction.ResultColumn] = [
        .real("min"), .long("min_idx"), .real("max"), .long("max_idx"), .real("avg"), .real("stdev"), .real("variance"),
    ]

    static func bag(of dynamic: Dynamic) -> Scalar {
        guard let series = Series(dynamic), let low = series.present.min(), let high = series.present.max() else {
            return .null(.dynamic)
        }
        let numbers = series.present, variance = variance(numbers), sum = numbers.reduce(0, +)
        let place: (Double) -> Dynamic = { wanted in .long(Int64(series.values.firstIndex { $0 == wanted } ?? -1)) }
        return .bag([
            ("min", .real(low)), ("min_idx", place(low)), ("max", .real(high)), ("max_idx", place(high)),
            ("avg", .real(sum / Double(numbers.count))), ("stdev", .real(variance.squareRoot())),
            ("variance", .real(variance)),
            ("sum", .real(sum)), ("len", .long(Int64(series.values.count))),
        ])
    }
}
