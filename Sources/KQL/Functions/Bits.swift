extension ScalarFunctions {
    /// Bits of whole numbers, and rounding down to bins.
    static let bits: [ScalarFunction] = [
        pair("binary_and") { $0 & $1 }, pair("binary_or") { $0 | $1 }, pair("binary_xor") { $0 ^ $1 },
        // Kusto takes the count of a shift modulo 64, as the processor does.
        pair("binary_shift_left") { $0 &<< $1 }, pair("binary_shift_right") { $0 &>> $1 },
        single("binary_not") { ~$0 }, single("bitset_count_ones") { Int64($0.nonzeroBitCount) },
        ScalarFunction(
            "bin", aliases: ["floor"], [binned("value"), binned("roundTo")], binType, naming: .firstArgument
        ) {
            arguments, _ in bin(arguments[0], arguments[1], at: nil)
        },
        ScalarFunction(
            "bin_at", [binned("value"), binned("bin_size"), binned("fixed_point")], binType, naming: .firstArgument
        ) { arguments, _ in bin(arguments[0], arguments[1], at: arguments[2]) },
    ]

    private static func binned(_ name: String) -> FunctionParameter {
        FunctionParameter(name, [.number, .datetime, .timespan])
    }

    /// Times stay what they are; of numbers the wider, whole ones `long`.
    private static let binType = ResultRule { arguments in
        let types = arguments.map(\.type)
        switch types[0] {
        case .datetime:
            guard types[1] == .timespan || types[1].isNumeric, types.count < 3 || types[2] == .datetime else {
                return nil
            }
            return .datetime
        case .timespan: return types.dropFirst().allSatisfy { $0 == .timespan } ? .timespan : nil
        default:
            let shared = types.allSatisfy(\.isNumeric) ? ResultRule.sharedType(types) : nil
            return shared == .int ? .long : shared
        }
    }

    private static func pair(_ name: String, _ change: @escaping @Sendable (Int64, Int64) -> Int64) -> ScalarFunction {
        ScalarFunction(name, [.integer("value1"), .integer("value2")], .long, naming: .firstArgument) { arguments, _ in
            guard let left = arguments.long(0), let right = arguments.long(1) else { return .null(.long) }
            return .long(change(left, right))
        }
    }

    private static func single(_ name: String, _ change: @escaping @Sendable (Int64) -> Int64) -> ScalarFunction {
        ScalarFunction(name, [.integer("value")], .long, naming: .firstArgument) { arguments, _ in
            Scalar(arguments.long(0).map(change))
        }
    }

    /// The start of the bin that holds a value; bins of times count from the year 1, others from zero, or both from a
    /// fixed point. Null for a size that is not positive.
    static func bin(_ value: Scalar, _ size: Scalar, at point: Scalar?) -> Scalar {
        switch (value, size) {
        case (.datetime(let ticks), _):
            let origin = point == nil ? CivilTime.yearOne : point?.datetimeTicks
            let length =
                size.type == .timespan ? size.timespanTicks : size.double.flatMap { Int64(exactly: $0 * 864e9) }
            return Scalar(datetime: origin.flatMap { origin in length.flatMap { wholeBin(ticks, $0, origin) } })
        case (.timespan(let ticks), .timespan(let length)):
            return Scalar(timespan: wholeBin(ticks, length, point?.timespanTicks ?? 0))
        case (.decimal, _), (_, .decimal):
            guard let value = value.decimal, let size = size.decimal, size > DecimalNumber.zero else {
                return .null(.decimal)
            }
            return value.floored(to: size).map { .decimal($0) } ?? .null(.decimal)
        case (.real, _), (_, .real):
            guard let value = value.double, let size = size.double, size > 0 else { return .null(.real) }
            let origin = point?.double ?? 0
            return .real(((value - origin) / size).rounded(.down) * size + origin)
        default:
            guard let value = value.long, let size = size.long else { return .null(.long) }
            return Scalar(wholeBin(value, size, point?.long ?? 0))
        }
    }

    private static func wholeBin(_ value: Int64, _ size: Int64, _ origin: Int64) -> Int64? {
        guard size > 0, let distance = value.subtractingIfFits(origin) else { return nil }
        return value.subtractingIfFits(distance.floorRemainder(size))
    }
}
