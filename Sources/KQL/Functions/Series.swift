#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A series: an array of numbers, some of which are missing.
struct Series {
    var values: [Double?]
    /// All numbers were whole: then so are the results of operations that keep whole numbers whole.
    var isWhole: Bool

    /// `nil` for anything but an array; what is no number is missing.
    init?(_ dynamic: Dynamic) {
        guard let elements = dynamic.elements else { return nil }
        isWhole = true
        values = elements.map { element in
            switch element {
            case .long(let long): return Double(long)
            case .bool(let bool): return bool ? 1 : 0
            case .real(let real): return real
            case .timespan(let ticks): return Double(ticks)
            case .decimal(let decimal): return decimal.double
            default: return nil
            }
        }
        isWhole = !elements.contains { if case .real = $0 { true } else if case .decimal = $0 { true } else { false } }
    }

    init(_ values: [Double?], isWhole: Bool = false) {
        self.values = values
        self.isWhole = isWhole
    }

    /// Numbers that are there and finite.
    var present: [Double] { values.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } } }

    /// As a dynamic array; whole numbers are cut towards zero.
    var dynamic: Dynamic {
        .array(
            values.map { value in
                guard let value else { return .null }
                return isWhole && value.isFinite
                    ? Int64(exactly: value.rounded(.towardZero)).map { .long($0) } ?? .real(value) : .real(value)
            })
    }
}

extension ScalarFunctions {
    /// Series, element by element or as a whole.
    static let series: [ScalarFunction] = [
        each("series_abs") { $0.magnitude }, each("series_ceiling") { $0.rounded(.up) },
        each("series_floor") { $0.rounded(.down) },
        each("series_sign") { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, math("series_exp", "exp"), math("series_log", "log"),
        math("series_sin", "sin"), math("series_cos", "cos"), math("series_tan", "tan"), math("series_asin", "asin"),
        math("series_acos", "acos"), math("series_atan", "atan"),
        pair("series_add", keepsWhole: true) { $0 + $1 }, pair("series_subtract", keepsWhole: true) { $0 - $1 },
        pair("series_multiply", keepsWhole: true) { $0 * $1 }, pair("series_divide") { $0 / $1 },
        pair("series_pow") { pow($0, $1) },
        compare("series_equals") { $0 == $1 }, compare("series_not_equals") { $0 != $1 },
        compare("series_less") { $0 < $1 },
        compare("series_less_equals") { $0 <= $1 }, compare("series_greater") { $0 > $1 },
        compare("series_greater_equals") { $0 >= $1 },
        whole("series_sum") { $0.reduce(0, +) }, whole("series_product") { $0.reduce(1, *) },
        whole("series_magnitude") { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() },
        pairwise("series_dot_product") { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } },
        pairwise("series_cosine_similarity") { left, right in
            let norms = [left, right].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
            return zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } / (norms[0] * norms[1])
        },
        pairwise("series_pearson_correlation") { Statistics.correlation($0, $1) },
        ScalarFunction(
            "series_fill_const", [.dynamic("series"), .number("constant_value"), .any("missing_value").optional],
            .dynamic
        ) { arguments, _ in
            filled(arguments) { values, _ in values.map { $0 ?? arguments.real(1) } }
        },
        ScalarFunction("series_fill_forward", [.dynamic("series"), .any("missing_value").optional], .dynamic) {
            arguments, _ in
            filled(arguments, missing: 1) { values, _ in carried(values) }
        },
        ScalarFunction("series_fill_backward", [.dynamic("series"), .any("missing_value").optional], .dynamic) {
            arguments, _ in
            filled(arguments, missing: 1) { values, _ in carried(values.reversed()).reversed() }
        },
        ScalarFunction(
            "series_fill_linear",
            [
                .dynamic("series"), .any("missing_value").optional, .bool("fill_edges").optional,
                .number("constant_value").optional,
            ], .dynamic
        ) { arguments, _ in linear(arguments) },
        ScalarFunction(
            "series_fir",
            [.dynamic("series"), .dynamic("filter"), .bool("normalize").optional, .bool("center").optional], .dynamic
        ) { arguments, context throws(FunctionFault) in try SeriesFilter.finite(arguments, context) },
        ScalarFunction(
            "series_iir", [.dynamic("series"), .dynamic("numerators"), .dynamic("denominators")], .dynamic
        ) { arguments, context throws(FunctionFault) in try SeriesFilter.infinite(arguments, context) },
        ScalarFunction(
            "series_stats_dynamic", [.dynamic("series"), .bool("ignore_nonfinite").optional], .dynamic
        ) { arguments, _ in Statistics.bag(of: arguments.packed(0)) },
        ScalarFunction(
            "series_stats", [.dynamic("series"), .bool("ignore_nonfinite").optional], .dynamic,
            naming: .columns(Statistics.columns)
        ) { arguments, _ in
            let bag = Statistics.bag(of: arguments.packed(0)).packed
            return .array(Statistics.columns.map { bag[$0.name] })
        },
    ]

    private static func each(
        _ name: String, _ change: @escaping @Sendable (Double) -> Double
    ) -> ScalarFunction {
        ScalarFunction(name, [.dynamic("series")], .dynamic) { arguments, _ in
            guard let series = Series(arguments.packed(0)) else { return .null(.dynamic) }
            return Scalar(Series(series.values.map { $0.map(change) }).dynamic)
        }
    }

    /// As the scalar function of that name.
    private static func math(_ name: String, _ scalar: String) -> ScalarFunction {
        let function = math.first { $0.name == scalar }
        return ScalarFunction(name, [.dynamic("series")], .dynamic) { arguments, context throws(FunctionFault) in
            guard let series = Series(arguments.packed(0)), let function else { return .null(.dynamic) }
            var values: [Double?] = []
            for value in series.values { values.append(try function.evaluate([Scalar(value)], context).double) }
            return Scalar(Series(values).dynamic)
        }
    }

    private static func pairs(_ arguments: [Scalar]) -> (Series, Series)? {
        let left = Series(arguments.packed(0)), right = Series(arguments.packed(1))
        if let left, let right { return (left, right) }
        // A number stands for a series of it.
        if let left, let number = arguments.real(1) {
            let isWhole = Scalar(arguments.packed(1)).type == .dynamic || arguments[1].type.isInteger
            return (left, Series(left.values.map { _ in number }, isWhole: isWhole))
        }
        if let right, let number = arguments.real(0) { return (Series(right.values.map { _ in number }), right) }
        return nil
    }

    private static func pair(
        _ name: String, keepsWhole: Bool = false, _ combine: @escaping @Sendable (Double, Double) -> Double
    ) -> ScalarFunction {
        ScalarFunction(name, [.any("series1"), .any("series2")], .dynamic) { arguments, _ in
            guard let (left, right) = pairs(arguments) else { return .null(.dynamic) }
            let count = max(left.values.count, right.values.count)
            let values = (0..<count).map { index -> Double? in
                guard index < left.values.count, index < right.values.count, let one = left.values[index],
                    let other = right.values[index]
                else { return nil }
                return combine(one, other)
            }
            return Scalar(Series(values, isWhole: keepsWhole && left.isWhole && right.isWhole).dynamic)
        }
    }

    private static func compare(_ name: String, _ holds: @escaping @Sendable (Double, Double) -> Bool) -> ScalarFunction
    {
        ScalarFunction(name, [.dynamic("series1"), .dynamic("series2")], .dynamic) { arguments, _ in
            guard let (left, right) = pairs(arguments) else { return .null(.dynamic) }
            return .array(
                zip(left.values, right.values).map { one, other in
                    guard let one, let other else { return .null }
                    return .bool(holds(one, other))
                })
        }
    }

    private static func whole(_ name: String, _ fold: @escaping @Sendable ([Double]) -> Double) -> ScalarFunction {
        ScalarFunction(name, [.dynamic("series")], .real) { arguments, _ in
            Scalar(Series(arguments.packed(0)).map { fold($0.values.compactMap { $0 }) })
        }
    }

    private static func pairwise(_ name: String, _ fold: @escaping @Sendable ([Double], [Double]) -> Double)
        -> ScalarFunction
    {
        ScalarFunction(name, [.dynamic("series1"), .dynamic("series2")], .real) { arguments, _ in
            guard let left = Series(arguments.packed(0)), let right = Series(arguments.packed(1)),
                left.values.count == right.values.count
            else { return .null(.real) }
            let both = zip(left.values, right.values).compactMap { one, other in
                one.flatMap { one in other.map { (one, $0) } }
            }
            return both.count == left.values.count ? .real(fold(both.map(\.0), both.map(\.1))) : .null(.real)
        }
    }
}
