/// KQL's binary operators on numbers and times.
enum Arithmetic: String, CaseIterable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"

    /// The type of the result; `nil` where the engine refuses the pair. Whole numbers are always carried out in `long`.
    func resultType(_ left: ScalarType, _ right: ScalarType) -> ScalarType? {
        if left.isNumeric, right.isNumeric {
            return ScalarType.common(left, right).map { $0 == .int ? .long : $0 }
        }
        switch (self, left, right) {
        case (.add, .datetime, .timespan), (.add, .timespan, .datetime), (.subtract, .datetime, .timespan):
            return .datetime
        case (.subtract, .datetime, .datetime): return .timespan
        case (.add, .timespan, .timespan), (.subtract, .timespan, .timespan), (.modulo, .timespan, .timespan):
            return .timespan
        case (.divide, .timespan, .timespan): return .real
        case (.multiply, .timespan, _) where right.isNumeric: return .timespan
        case (.multiply, _, .timespan) where left.isNumeric: return .timespan
        case (.divide, .timespan, _) where right.isNumeric: return .timespan
        default: return nil
        }
    }

    /// Carries it out. Null on either side, a pair that ``resultType(_:_:)`` refuses, whole division by zero, and a
    /// time out of range give null.
    func callAsFunction(_ left: Scalar, _ right: Scalar) -> Scalar {
        switch (left, right) {
        case (.long(let left), .long(let right)): return whole(left, right)
        case (.real(let left), .real(let right)): return .real(real(left, right))
        default: break
        }
        guard let type = resultType(left.type, right.type) else { return .null(.long) }
        if left.isNull || right.isNull { return .none(type) }
        switch type {
        case .long: return left.long.flatMap { left in right.long.map { whole(left, $0) } } ?? .null(.long)
        case .decimal: return decimal(left, right)
        case .real where left.type == .timespan, .datetime, .timespan: return time(left, right, type)
        default: return left.double.flatMap { left in right.double.map { .real(real(left, $0)) } } ?? .null(.real)
        }
    }

    /// Two's complement; `/` cuts towards zero, `%` is never negative.
    private func whole(_ left: Int64, _ right: Int64) -> Scalar {
        switch self {
        case .add: .long(left &+ right)
        case .subtract: .long(left &- right)
        case .multiply: .long(left &* right)
        case .divide: right == 0 ? .null(.long) : .long(left.dividedReportingOverflow(by: right).partialValue)
        case .modulo: right == 0 ? .null(.long) : .long(Self.remainder(left, right))
        }
    }

    private func real(_ left: Double, _ right: Double) -> Double {
        switch self {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .modulo: Self.remainder(left, right)
        }
    }

    private func decimal(_ left: Scalar, _ right: Scalar) -> Scalar {
        guard let left = left.decimal, let right = right.decimal else { return .null(.decimal) }
        let result: DecimalNumber? =
            switch self {
            case .add: left + right
            case .subtract: left - right
            case .multiply: left * right
            case .divide: left / right
            case .modulo: left % right
            }
        return result.map { .decimal($0) } ?? .null(.decimal)
    }

    private func time(_ left: Scalar, _ right: Scalar, _ type: ScalarType) -> Scalar {
        switch (left, right) {
        case (.datetime(let left), .datetime(let right)): return Scalar(timespan: left.subtractingIfFits(right))
        case (.datetime(let left), .timespan(let right)):
            return Scalar(datetime: self == .add ? left.addingIfFits(right) : left.subtractingIfFits(right))
        case (.timespan(let left), .datetime(let right)): return Scalar(datetime: left.addingIfFits(right))
        case (.timespan(let left), .timespan(let right)): return spans(left, right)
        case (.timespan(let span), let number), (let number, .timespan(let span)): return scaled(span, by: number)
        default: return .none(type)
        }
    }

    private func spans(_ left: Int64, _ right: Int64) -> Scalar {
        switch self {
        case .add: Scalar(timespan: left.addingIfFits(right))
        case .subtract: Scalar(timespan: left.subtractingIfFits(right))
        case .modulo: right == 0 ? .null(.timespan) : .timespan(Self.remainder(left, right))
        default: .real(Double(left) / Double(right))
        }
    }

    private func scaled(_ span: Int64, by number: Scalar) -> Scalar {
        if self == .multiply, let factor = number.long, number.type.isInteger {
            let (product, overflow) = span.multipliedReportingOverflow(by: factor)
            return overflow ? .null(.timespan) : .timespan(product)
        }
        guard let factor = number.double, self == .multiply || factor != 0 else { return .null(.timespan) }
        let product = self == .multiply ? Double(span) * factor : Double(span) / factor
        return Scalar(timespan: Int64(exactly: product.rounded(.toNearestOrAwayFromZero)))
    }
}

extension Arithmetic {
    /// Never negative, whatever the signs; `right` is not zero.
    static func remainder(_ left: Int64, _ right: Int64) -> Int64 {
        let rest = left.remainderReportingOverflow(dividingBy: right).partialValue
        return rest < 0 ? Int64(truncatingIfNeeded: UInt64(bitPattern: rest) &+ right.magnitude) : rest
    }

    static func remainder(_ left: Double, _ right: Double) -> Double {
        let rest = left.truncatingRemainder(dividingBy: right)
        return rest < 0 ? rest + right.magnitude : rest
    }

    /// `-x`; whole numbers keep their type. `nil` where the engine refuses the type.
    static func negatedType(_ type: ScalarType) -> ScalarType? { type.isNumeric || type == .timespan ? type : nil }

    /// `-x`.
    static func negated(_ value: Scalar) -> Scalar {
        switch value {
        case .int(let int): .int(0 &- int)
        case .long(let long): .long(0 &- long)
        case .real(let real): .real(-real)
        case .decimal(let decimal): .decimal(decimal.negated)
        case .timespan(let ticks): .timespan(0 &- ticks)
        default: .none(value.type)
        }
    }
}
