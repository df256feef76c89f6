extension DecimalNumber: Comparable {
    static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.magnitudeIsLess(than: left) : left.magnitudeIsLess(than: right)
    }

    private func magnitudeIsLess(than other: DecimalNumber) -> Bool {
        if isZero || other.isZero { return !other.isZero }
        let (own, others) = (
            Self.digitCount(coefficient) + exponent, Self.digitCount(other.coefficient) + other.exponent
        )
        if own != others { return own < others }
        // As many digits before the point: the longer of the two has at most 34, so scaling the other fits.
        let shift = min(exponent, other.exponent)
        return coefficient * Self.powers[exponent - shift] < other.coefficient * Self.powers[other.exponent - shift]
    }
}

extension DecimalNumber {
    /// The sum, rounded to 34 digits.
    static func + (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber {
        if left.isZero { return right }
        if right.isZero { return left }
        let (high, low) = left.exponent >= right.exponent ? (left, right) : (right, left)
        // As far as 37 digits allow, the exponent comes down to the smaller one; what lies below cannot be seen.
        let room = 37 - digitCount(high.coefficient), shift = min(room, high.exponent - low.exponent)
        let large = high.coefficient * powers[shift], exponent = high.exponent - shift
        let drop = exponent - low.exponent
        let small = drop < powers.count ? low.coefficient / powers[drop] : 0
        if high.isNegative == low.isNegative {
            return DecimalNumber(isNegative: high.isNegative, coefficient: large + small, exponent: exponent)
        }
        return large >= small
            ? DecimalNumber(isNegative: high.isNegative, coefficient: large - small, exponent: exponent)
            : DecimalNumber(isNegative: low.isNegative, coefficient: small - large, exponent: exponent)
    }

    static func - (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber { left + right.negated }

    /// The product, rounded to 34 digits.
    static func * (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber {
        let isNegative = left.isNegative != right.isNegative, exponent = left.exponent + right.exponent
        let product = left.coefficient.multipliedFullWidth(by: right.coefficient)
        guard product.high != 0 else {
            return DecimalNumber(isNegative: isNegative, coefficient: product.low, exponent: exponent)
        }
        let drop = digitCount(left.coefficient) + digitCount(right.coefficient) - 37
        let quotient = powers[drop].dividingFullWidth(product).quotient
        return DecimalNumber(isNegative: isNegative, coefficient: quotient, exponent: exponent + drop)
    }

    /// The quotient, rounded to 34 digits; `nil` for division by zero.
    static func / (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber? {
        if right.isZero { return nil }
        if left.isZero { return left }
        let (own, others) = (digitLimit - digitCount(left.coefficient), digitLimit - digitCount(right.coefficient))
        let numerator = left.coefficient * powers[own], denominator = right.coefficient * powers[others]
        let quotient = denominator.dividingFullWidth(numerator.multipliedFullWidth(by: powers[35])).quotient
        return DecimalNumber(
            isNegative: left.isNegative != right.isNegative, coefficient: quotient,
            exponent: (left.exponent - own) - (right.exponent - others) - 35)
    }

    /// The remainder that is never negative; `nil` for division by zero and where 38 digits do not hold both sides.
    static func % (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber? {
        let exponent = min(left.exponent, right.exponent)
        guard !right.isZero, let (own, others) = aligned(left, right, exponent) else { return nil }
        let rest = DecimalNumber(isNegative: left.isNegative, coefficient: own % others, exponent: exponent)
        return rest.isNegative ? rest + DecimalNumber(coefficient: others, exponent: exponent) : rest
    }

    private static func aligned(_ left: DecimalNumber, _ right: DecimalNumber, _ exponent: Int) -> (UInt128, UInt128)? {
        guard left.exponent - exponent < 38, right.exponent - exponent < 38 else { return nil }
        let own = left.coefficient.multipliedReportingOverflow(by: powers[left.exponent - exponent])
        let others = right.coefficient.multipliedReportingOverflow(by: powers[right.exponent - exponent])
        return own.overflow || others.overflow ? nil : (own.partialValue, others.partialValue)
    }

    /// The largest multiple of a positive size that is not above this: Kusto's `bin()`.
    func floored(to size: DecimalNumber) -> DecimalNumber? { (self % size).map { self - $0 } }
}

extension DecimalNumber {
    /// Rounded half away from zero at a number of digits behind the point.
    func rounded(digits: Int) -> DecimalNumber {
        let drop = -exponent - digits
        guard drop > 0 else { return self }
        guard drop < Self.powers.count else { return DecimalNumber.zero }
        let (whole, rest) = coefficient.quotientAndRemainder(dividingBy: Self.powers[drop])
        let isUp = rest >= Self.powers[drop] / 2 && rest != 0
        return DecimalNumber(isNegative: isNegative, coefficient: whole + (isUp ? 1 : 0), exponent: exponent + drop)
    }
}
