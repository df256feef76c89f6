#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension ScalarFunctions {
    /// Fourier transforms and polynomials of series.
    static let transforms: [ScalarFunction] = [
        fourier("series_fft", isInverse: false), fourier("series_ifft", isInverse: true),
        ScalarFunction(
            "series_fit_poly",
            [.dynamic("y_series"), .dynamic("x_series").optional, .integer("degree").optional], .dynamic,
            naming: .columns(PolynomialFit.columns)
        ) { arguments, _ in
            PolynomialFit.of(arguments).map { .array($0) } ?? .null(.dynamic)
        },
        ScalarFunction("series_fit_2lines_dynamic", [.dynamic("series")], .dynamic) { arguments, _ in
            guard let values = TwoLineFit.of(arguments.packed(0)) else { return .null(.dynamic) }
            return .dynamic(TwoLineFit.bag(values))
        },
    ]

    private static func fourier(_ name: String, isInverse: Bool) -> ScalarFunction {
        ScalarFunction(
            name, [.dynamic("x_real"), .dynamic("x_imaginary").optional], .dynamic,
            naming: .columns([.dynamic("real"), .dynamic("imag")])
        ) { arguments, context throws(FunctionFault) in
            guard let real = Series(arguments.packed(0)) else { return .null(.dynamic) }
            let imaginary = Series(arguments.packed(1))?.values ?? []
            let values = real.values.enumerated().map { index, value in
                Complex(value ?? 0, index < imaginary.count ? imaginary[index] ?? 0 : 0)
            }
            let result = try FourierTransform.of(values, isInverse: isInverse, context)
            return .array([
                .array(result.map { .real($0.real) }), .array(result.map { .real($0.imaginary) }),
            ])
        }
    }
}

/// A complex number.
struct Complex {
    let real: Double
    let imaginary: Double

    init(_ real: Double, _ imaginary: Double) {
        self.real = real
        self.imaginary = imaginary
    }

    static func + (left: Complex, right: Complex) -> Complex {
        Complex(left.real + right.real, left.imaginary + right.imaginary)
    }
    static func - (left: Complex, right: Complex) -> Complex {
        Complex(left.real - right.real, left.imaginary - right.imaginary)
    }
    static func * (left: Complex, right: Complex) -> Complex {
        Complex(
            left.real * right.real - left.imaginary * right.imaginary,
            left.real * right.imaginary + left.imaginary * right.real)
    }
}

/// The discrete Fourier transform of any length: halved as long as it is even, written out for what is odd.
enum FourierTransform {
    static func of(_ values: [Complex], isInverse: Bool, _ context: EvaluationContext) throws(FunctionFault)
        -> [Complex]
    {
        let result = try transformed(values, sign: isInverse ? 1 : -1, context)
        guard isInverse, !values.isEmpty else { return result }
        let scale = 1 / Double(values.count)
        return result.map { Complex($0.real * scale, $0.imaginary * scale) }
    }

    private static func transformed(
        _ values: [Complex], sign: Double, _ context: EvaluationContext
    ) throws(FunctionFault) -> [Complex] {
        let count = values.count
        guard count > 1 else { return values }
        guard count % 2 == 0 else { return try written(values, sign: sign, context) }
        let even = try transformed(stride(from: 0, to: count, by: 2).map { values[$0] }, sign: sign, context)
        let odd = try transformed(stride(from: 1, to: count, by: 2).map { values[$0] }, sign: sign, context)
        let turned = odd.enumerated().map { root($0.offset, count, sign) * $0.element }
        return zip(even, turned).map { $0 + $1 } + zip(even, turned).map { $0 - $1 }
    }

    private static func written(
        _ values: [Complex], sign: Double, _ context: EvaluationContext
    ) throws(FunctionFault) -> [Complex] {
        let roots = values.indices.map { root($0, values.count, sign) }
        var result: [Complex] = []
        for index in values.indices {
            try context.checkTime()
            result.append(
                values.indices.reduce(Complex(0, 0)) { $0 + values[$1] * roots[index * $1 % values.count] })
        }
        return result
    }

    private static func root(_ index: Int, _ count: Int, _ sign: Double) -> Complex {
        let angle = sign * 2 * .pi * Double(index) / Double(count)
        return Complex(cos(angle), sin(angle))
    }
}

/// A polynomial through a series, by least squares.
enum PolynomialFit {
    static let columns: [ScalarFunction.ResultColumn] = [
        .real("rsquare"), .dynamic("coefficients"), .real("variance"), .real("rvariance"), .dynamic("poly_fit"),
    ]

    /// Higher ones are only noise in numbers of 64 bits.
    private static let degreeLimit = 20

    /// In the order of ``columns``; `nil` for what is no series or has fewer values than the polynomial terms.
    static func of(_ arguments: [Scalar]) -> [Dynamic]? {
        guard let series = Series(arguments.packed(0)) else { return nil }
        let values = series.values.map { $0 ?? 0 }
        let axis = Series(arguments.packed(1))?.values.map { $0 ?? 0 } ?? values.indices.map { Double($0 + 1) }
        let degree = Int(clamping: arguments.long(2) ?? 1)
        guard axis.count == values.count, (1...degreeLimit).contains(degree), values.count > degree,
            let coefficients = coefficients(axis, values, degree)
        else { return nil }
        let fit = axis.map { x in coefficients.reversed().reduce(0) { $0 * x + $1 } }
        let variance = Statistics.variance(values)
        let residual = Statistics.variance(zip(values, fit).map { $0 - $1 })
        return [
            .real(variance == 0 ? 1 : 1 - residual / variance),
            .array(coefficients.reversed().map { .real($0) }), .real(variance), .real(residual),
            .array(fit.map { .real($0) }),
        ]
    }

    /// From the lowest power: the normal equations over a centred and scaled axis, on which they are tame, then written
    /// out for the axis itself.
    private static func coefficients(_ axis: [Double], _ values: [Double], _ degree: Int) -> [Double]? {
        let low = axis.min() ?? 0
        let high = axis.max() ?? 0
        let centre = (low + high) / 2
        let scale = high > low ? (high - low) / 2 : 1
        let scaled = axis.map { ($0 - centre) / scale }
        var rows = (0...degree).map { row in
            (0...degree).map { column in scaled.reduce(0) { $0 + pow($1, Double(row + column)) } }
                + [zip(scaled, values).reduce(0) { $0 + pow($1.0, Double(row)) * $1.1 }]
        }
        guard let solution = solved(&rows) else { return nil }
        // ((x - centre) / scale)^k, by Horner's rule over polynomials.
        var result: [Double] = []
        for coefficient in solution.reversed() {
            var next = [Double](repeating: 0, count: result.count + 1)
            for (power, value) in result.enumerated() {
                next[power + 1] += value / scale
                next[power] -= value * centre / scale
            }
            next[0] += coefficient
            result = next
        }
        return result
    }

    /// Gauss's elimination with the largest pivot; `nil` where the equations do not determine a solution.
    private static func solved(_ rows: inout [[Double]]) -> [Double]? {
        let count = rows.count
        for column in 0..<count {
            let pivot = (column..<count).max { rows[$0][column].magnitude < rows[$1][column].magnitude } ?? column
            rows.swapAt(column, pivot)
            guard rows[column][column].magnitude > 1e-300 else { return nil }
            for row in 0..<count where row != column {
                let factor = rows[row][column] / rows[column][column]
                for place in column...count { rows[row][place] -= factor * rows[column][place] }
            }
        }
        return (0..<count).map { rows[$0][count] / rows[$0][$0] }
    }
}

extension TwoLineFit {
    /// As a bag: the parts under `left` and `right`.
    static func bag(_ values: [Dynamic]) -> Dynamic {
        var members: [Dynamic.Bag.Member] = []
        var sides: [String: [Dynamic.Bag.Member]] = [:]
        for (column, value) in zip(columns, values) {
            let parts = column.name.split(separator: "_", maxSplits: 1).map(String.init)
            if parts.count == 2, parts[0] == "left" || parts[0] == "right" {
                sides[parts[0], default: []].append(Dynamic.Bag.Member(parts[1], value))
            } else {
                members.append(Dynamic.Bag.Member(column.name, value))
            }
        }
        for side in ["right", "left"] {
            members.append(Dynamic.Bag.Member(side, .bag(Dynamic.Bag(sides[side] ?? []))))
        }
        return .bag(Dynamic.Bag(members))
    }
}
