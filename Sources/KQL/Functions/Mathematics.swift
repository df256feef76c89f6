#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension ScalarFunctions {
    /// Functions of numbers. A null gives a null.
    static let math: [ScalarFunction] = [
        real("sqrt") { $0 < 0 ? .nan : $0.squareRoot() }, real("exp") { exp($0) }, real("exp2") { pow(2, $0) },
        real("exp10") { pow(10, $0) },
        logarithm("log") { log($0) }, logarithm("log2") { log2($0) }, logarithm("log10") { log10($0) },
        real("sin") { sin($0) }, real("cos") { cos($0) }, real("tan") { tan($0) }, real("asin") { asin($0) },
        real("acos") { acos($0) }, real("atan") { atan($0) }, real("cot", naming: .none) { 1 / tan($0) },
        real("degrees", naming: .none) { $0 * 180 / .pi }, real("radians", naming: .none) { $0 * .pi / 180 },
        real("sign", naming: .none) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, real("gamma") { tgamma($0) },
        real("loggamma") { lgamma($0) }, real("erf") { erf($0) }, real("erfc") { erfc($0) },
        reals("pow") { pow($0, $1) }, reals("atan2") { atan2($0, $1) },
        ScalarFunction("pi", [], .real) { _, _ in .real(.pi) },
        test("isnan") { $0.isNaN }, test("isinf") { $0.isInfinite }, test("isfinite") { $0.isFinite },
        ScalarFunction("abs", [FunctionParameter("number", [.number, .timespan])], .common(), naming: .firstArgument) {
            arguments, _ in
            guard let order = Comparison.order(arguments[0], Arithmetic.negated(arguments[0])) else {
                return arguments[0]
            }
            return order < 0 ? Arithmetic.negated(arguments[0]) : arguments[0]
        },
        ScalarFunction(
            "round", [.number("number"), .integer("precision").optional], .argument(0), naming: .firstArgument
        ) {
            arguments, _ in rounded(arguments[0], digits: Int(max(-400, min(arguments.long(1) ?? 0, 400))))
        },
        ScalarFunction("ceiling", [.number("number")], .argument(0), naming: .firstArgument) { arguments, _ in
            switch arguments[0] {
            case .real(let real): .real(real.rounded(.up))
            case .decimal(let decimal):
                decimal.negated.floored(to: DecimalNumber.one).map { .decimal($0.negated) } ?? .null(.decimal)
            default: arguments[0]
            }
        },
        ScalarFunction("rand", [.integer("number").optional], .real, naming: .firstArgument, isDeterministic: false) {
            arguments, context in
            let number = Double(context.random() >> 11) / 9_007_199_254_740_992
            guard let bound = arguments.long(0), bound > 1 else { return .real(number) }
            return .real((number * Double(bound)).rounded(.down))
        },
        ScalarFunction("new_guid", [], .guid, isDeterministic: false) { _, context in
            // Version 4, variant 1 (RFC 9562).
            .guid(
                GUID(
                    high: context.random() & ~0xF000 | 0x4000, low: context.random() & ~(0b11 << 62) | 0b10 << 62))
        },
        ScalarFunction("beta_pdf", [.number("x"), .number("alpha"), .number("beta")], .real) { arguments, _ in
            guard let x = arguments.real(0), let alpha = arguments.real(1), let beta = arguments.real(2) else {
                return .null(.real)
            }
            guard (0...1).contains(x), alpha > 0, beta > 0 else { return .real(.nan) }
            let scale = lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)
            return .real(exp((alpha - 1) * log(x) + (beta - 1) * log(1 - x) - scale))
        },
    ]

    private static func real(
        _ name: String, naming: ScalarFunction.ResultNaming = .firstArgument,
        _ change: @escaping @Sendable (Double) -> Double
    ) -> ScalarFunction {
        ScalarFunction(name, [.number("number")], .real, naming: naming) { arguments, _ in
            Scalar(arguments.real(0).map(change))
        }
    }

    /// Null below zero.
    private static func logarithm(_ name: String, _ change: @escaping @Sendable (Double) -> Double) -> ScalarFunction {
        ScalarFunction(name, [.number("number")], .real, naming: .firstArgument) { arguments, _ in
            Scalar(arguments.real(0).flatMap { $0 < 0 ? nil : change($0) })
        }
    }

    private static func reals(_ name: String, _ change: @escaping @Sendable (Double, Double) -> Double)
        -> ScalarFunction
    {
        ScalarFunction(name, [.number("x"), .number("y")], .real, naming: .firstArgument) { arguments, _ in
            guard let left = arguments.real(0), let right = arguments.real(1) else { return .null(.real) }
            return .real(change(left, right))
        }
    }

    private static func test(_ name: String, _ holds: @escaping @Sendable (Double) -> Bool) -> ScalarFunction {
        ScalarFunction(name, [.number("number")], .bool) { arguments, _ in Scalar(arguments.real(0).map(holds)) }
    }

    private static func rounded(_ value: Scalar, digits: Int) -> Scalar {
        switch value {
        case .real(let real): .real(Rounding.round(real, digits: digits))
        case .decimal(let decimal): .decimal(decimal.rounded(digits: digits))
        case .long(let long) where digits < 0:
            Scalar(Int64(exactly: Rounding.round(Double(long), digits: digits)))
        default: value
        }
    }
}
