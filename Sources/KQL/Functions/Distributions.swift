#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension ScalarFunctions {
    /// Functions of probability distributions.
    static let distributions: [ScalarFunction] = [
        ScalarFunction("beta_cdf", [.number("x"), .number("alpha"), .number("beta")], .real) { arguments, _ in
            guard let x = arguments.real(0), let alpha = arguments.real(1), let beta = arguments.real(2) else {
                return .null(.real)
            }
            guard (0...1).contains(x), alpha > 0, beta > 0 else { return .real(.nan) }
            return .real(Beta.cumulative(x, alpha, beta))
        },
        ScalarFunction("beta_inv", [.number("probability"), .number("alpha"), .number("beta")], .real) {
            arguments, _ in
            guard let share = arguments.real(0), let alpha = arguments.real(1), let beta = arguments.real(2) else {
                return .null(.real)
            }
            guard alpha > 0, beta > 0 else { return .real(.nan) }
            guard share > 0, share <= 1 else { return .null(.real) }
            return .real(Beta.quantile(share, alpha, beta))
        },
        ScalarFunction(
            "welch_test",
            ["mean1", "variance1", "count1", "mean2", "variance2", "count2"].map { .number($0) }, .real
        ) { arguments, _ in
            let given = (0..<6).compactMap { arguments.real($0) }
            return given.count == 6 ? .real(welch(given)) : .null(.real)
        },
    ]

    /// The two-sided probability of Student's t with Welch's degrees of freedom.
    private static func welch(_ given: [Double]) -> Double {
        let (first, second) = (given[1] / given[2], given[4] / given[5])
        let statistic = (given[0] - given[3]) / (first + second).squareRoot()
        let freedom =
            (first + second) * (first + second)
            / (first * first / (given[2] - 1) + second * second / (given[5] - 1))
        return Beta.cumulative(freedom / (freedom + statistic * statistic), freedom / 2, 0.5)
    }
}

/// The regularised incomplete beta function and its inverse.
enum Beta {
    static func cumulative(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
        guard x > 0 else { return x.isNaN ? .nan : 0 }
        guard x < 1 else { return 1 }
        let scale = lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
        let front = exp(scale + alpha * log(x) + beta * log1p(-x))
        // The fraction converges fast below the mean; above it the other side is taken.
        return x < (alpha + 1) / (alpha + beta + 2)
            ? front * fraction(x, alpha, beta) / alpha : 1 - front * fraction(1 - x, beta, alpha) / beta
    }

    /// By halving: the function grows with `x`, and a hundred halves are all that a number has.
    static func quantile(_ share: Double, _ alpha: Double, _ beta: Double) -> Double {
        var low = 0.0, high = 1.0
        for _ in 0..<200 where high - low > low * 1e-16 {
            let middle = (low + high) / 2
            if cumulative(middle, alpha, beta) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The continued fraction by Lentz's method (DLMF 8.17.22).
    private static func fraction(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
        let tiny = 1e-300
        var above = 1.0, below = 1 - (alpha + beta) * x / (alpha + 1)
        below = 1 / (below.magnitude < tiny ? tiny : below)
        var result = below
        for step in 1...10_000 {
            let m = Double(step), twice = alpha + 2 * m
            let even = m * (beta - m) * x / ((twice - 1) * twice)
            let odd = -(alpha + m) * (alpha + beta + m) * x / (twice * (twice + 1))
            var change = 1.0
            for term in [even, odd] {
                below = 1 + term * below
                above = 1 + term / above
                below = 1 / (below.magnitude < tiny ? tiny : below)
                above = above.magnitude < tiny ? tiny : above
                change = above * below
                result *= change
            }
            if (change - 1).magnitude < 1e-15 { break }
        }
        return result
    }
}
