extension Aggregations {
    /// Sums and means. Nulls are passed over.
    static let sums: [Aggregation] = [sum, sum.conditional("sumif", at: 1), avg, avg.conditional("avgif", at: 1)]

    private static let summable = FunctionParameter("expr", [.number, .timespan])

    private static let sum = Aggregation("sum", [summable], .one(ResultRule { widened($0[0].type) })) { arguments in
        Sum(widened(arguments[0].type))
    }

    private static let avg = Aggregation(
        "avg", [FunctionParameter("expr", [.number, .timespan, .datetime])], .one(ResultRule { meanType($0[0].type) })
    ) { arguments in Mean(meanType(arguments[0].type)) }

    private static func widened(_ type: ScalarType) -> ScalarType { type == .int ? .long : type }

    private static func meanType(_ type: ScalarType) -> ScalarType { type.isInteger ? .real : type }

    /// Of nothing it is zero. Whole numbers wrap around.
    private struct Sum: Accumulator {
        private var total: Scalar

        init(_ type: ScalarType) { total = Scalar.long(0).converted(to: type) }

        mutating func add(_ arguments: [Scalar]) {
            switch (total, arguments[0]) {
            case (_, .null): break
            case (.long(let total), .long(let long)): self.total = .long(total &+ long)
            case (.timespan(let total), .timespan(let ticks)): self.total = .timespan(total &+ ticks)
            default: total = Arithmetic.add(total, arguments[0])
            }
        }

        var results: [Scalar] { [total] }
    }

    /// Of nothing it is NaN, or the null of a type that has none.
    private struct Mean: Accumulator {
        private let type: ScalarType
        private var sum = 0.0, decimals = DecimalNumber.zero, ticks: Int128 = 0
        private var count: Int64 = 0

        init(_ type: ScalarType) { self.type = type }

        mutating func add(_ arguments: [Scalar]) {
            if arguments[0].isNull { return }
            count += 1
            switch arguments[0] {
            case .timespan(let ticks), .datetime(let ticks): self.ticks += Int128(ticks)
            case .decimal(let decimal): decimals = decimals + decimal
            default: sum += arguments[0].double ?? 0
            }
        }

        var results: [Scalar] {
            if type == .real { return [.real(sum / Double(count))] }
            guard count > 0 else { return [.null(type)] }
            if type == .decimal { return [(decimals / DecimalNumber(count)).map { .decimal($0) } ?? .null(.decimal)] }
            let mean = Int64(clamping: ticks / Int128(count))
            return [type == .datetime ? .datetime(mean) : .timespan(mean)]
        }
    }
}
