extension Aggregations {
    /// Standard deviation, variance and covariance; those of a sample divide by one less than the count. Nulls are
    /// passed over.
    static let spreads: [Aggregation] = [
        stdev, stdev.conditional("stdevif", at: 1), stdevp, stdevp.conditional("stdevpif", at: 1),
        variance, variance.conditional("varianceif", at: 1), variancep, variancep.conditional("variancepif", at: 1),
        covariance, covariance.conditional("covarianceif", at: 2), covariancep,
        covariancep.conditional("covariancepif", at: 2),
    ]

    private static let stdev = single("stdev", isSample: true) { $0.squareRoot() }
    private static let stdevp = single("stdevp", isSample: false) { $0.squareRoot() }
    private static let variance = single("variance", isSample: true) { $0 }
    private static let variancep = single("variancep", isSample: false) { $0 }
    private static let covariance = double("covariance", isSample: true)
    private static let covariancep = double("covariancep", isSample: false)

    private static func single(
        _ name: String, isSample: Bool, _ finish: @escaping @Sendable (Double) -> Double
    ) -> Aggregation {
        Aggregation(name, [.number("expr")], .one(.real)) { _ in Spread(isSample: isSample, finish: finish) }
    }

    private static func double(_ name: String, isSample: Bool) -> Aggregation {
        Aggregation(name, [.number("expr1"), .number("expr2")], .one(.real)) { _ in Spread(isSample: isSample) { $0 } }
    }

    /// Welford's running sum, of one variable with itself or of two; NaN of nothing, and zero of a sample of one.
    private struct Spread: Accumulator {
        let isSample: Bool
        let finish: @Sendable (Double) -> Double
        private var count = 0.0, left = 0.0, right = 0.0, products = 0.0

        init(isSample: Bool, finish: @escaping @Sendable (Double) -> Double) {
            self.isSample = isSample
            self.finish = finish
        }

        mutating func add(_ arguments: [Scalar]) {
            guard let one = arguments[0].double, let other = arguments[arguments.count - 1].double else { return }
            count += 1
            let distance = one - left
            left += distance / count
            right += (other - right) / count
            products += distance * (other - right)
        }

        var results: [Scalar] {
            if count == 0 { return [.real(.nan)] }
            if count == 1, isSample { return [.real(0)] }
            return [.real(finish(products / (isSample ? count - 1 : count)))]
        }
    }
}
