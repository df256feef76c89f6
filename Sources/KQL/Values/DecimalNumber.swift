/// A decimal of up to 34 significant digits: the range and precision of Kusto's `decimal` (IEEE 754 decimal128).
///
/// Equal numbers are one value: trailing zeros are not kept, and there is no negative zero.
struct DecimalNumber: Hashable, Sendable {
    let isNegative: Bool
    /// Less than 10 to the 34th, and no multiple of ten unless it is zero.
    let coefficient: UInt128
    /// The power of ten that the coefficient is multiplied by.
    let exponent: Int

    static let digitLimit = 34
    static let zero = DecimalNumber(coefficient: 0, exponent: 0), one = DecimalNumber(coefficient: 1, exponent: 0)

    /// Rounds to 34 digits, half to even.
    init(isNegative: Bool = false, coefficient: UInt128, exponent: Int) {
        var (coefficient, exponent) = (coefficient, exponent)
        let excess = Self.digitCount(coefficient) - Self.digitLimit
        if excess > 0 {
            coefficient = Self.rounded(coefficient, dropping: excess)
            exponent += excess
        }
        while coefficient != 0, coefficient % 10 == 0 {
            coefficient /= 10
            exponent += 1
        }
        self.isNegative = isNegative && coefficient != 0
        self.coefficient = coefficient
        self.exponent = coefficient == 0 ? 0 : exponent
    }

    init(_ integer: Int64) {
        self.init(isNegative: integer < 0, coefficient: UInt128(integer.magnitude), exponent: 0)
    }

    /// The shortest decimal that reads as this double; `nil` for NaN and infinities.
    init?(_ number: Double) {
        guard number.isFinite else { return nil }
        self.init(number.description)
    }

    /// Reads a sign, digits with a point among them, and an exponent. Linear in the text.
    init?(_ text: String) {
        var digits: UInt128 = 0, count = 0, exponent = 0, seen = false, afterPoint = false
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        let parts = rest.utf8.split(omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        guard let mantissa = parts.first, parts.count <= 2 else { return nil }
        for byte in mantissa {
            if byte == UInt8(ascii: "."), !afterPoint { afterPoint = true; continue }
            guard byte &- UInt8(ascii: "0") <= 9 else { return nil }
            seen = true
            let isKept = count < 37
            if isKept { digits = digits * 10 + UInt128(byte - UInt8(ascii: "0")) }
            if digits != 0 { count += 1 }
            exponent += (afterPoint ? -1 : 0) + (isKept ? 0 : 1)
        }
        guard seen else { return nil }
        if parts.count == 2 {
            guard parts[1].count <= 6, let power = Int(String(decoding: parts[1], as: UTF8.self)) else { return nil }
            exponent += power
        }
        self.init(isNegative: isNegative, coefficient: digits, exponent: exponent)
    }
}

// MARK: Digits

extension DecimalNumber {
    /// 10 to the powers of 0 to 38, all that fit.
    static let powers: [UInt128] = (0..<38).reduce(into: [1]) { powers, _ in powers.append((powers.last ?? 1) * 10) }

    static func digitCount(_ number: UInt128) -> Int {
        var low = 0, high = powers.count
        while low < high {
            let middle = (low + high) / 2
            if powers[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func rounded(_ number: UInt128, dropping digits: Int) -> UInt128 {
        guard digits < powers.count else { return 0 }
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: powers[digits])
        let half = powers[digits] / 2
        return rest > half || rest == half && quotient % 2 == 1 ? quotient + 1 : quotient
    }

    var isZero: Bool { coefficient == 0 }

    var negated: DecimalNumber { DecimalNumber(isNegative: !isNegative, coefficient: coefficient, exponent: exponent) }

    var double: Double { Double("\(isNegative ? "-" : "")\(coefficient)e\(exponent)") ?? .nan }

    /// The digits before the point; `nil` where they are more than 64 bits hold.
    var truncated: Int64? {
        if exponent < 0 {
            let whole = -exponent < Self.powers.count ? coefficient / Self.powers[-exponent] : 0
            return Int64(exactly: whole).map { isNegative ? -$0 : $0 }
        }
        guard exponent < 20 else { return isZero ? 0 : nil }
        let (whole, overflow) = coefficient.multipliedReportingOverflow(by: Self.powers[exponent])
        guard !overflow else { return nil }
        return Int64(exactly: whole).map { isNegative ? -$0 : $0 }
    }

}

extension DecimalNumber: CustomStringConvertible {
    /// Digits with a point where one is needed; with an exponent beyond 40 places.
    var description: String {
        let sign = isNegative ? "-" : "", digits = String(coefficient)
        if exponent >= 0, exponent + digits.count <= 40 {
            return sign + digits + String(repeating: "0", count: exponent)
        }
        let point = digits.count + exponent
        guard exponent < 0, point > -40 else { return "\(sign)\(digits)E\(exponent)" }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
}
