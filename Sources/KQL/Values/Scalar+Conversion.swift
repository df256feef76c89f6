extension Scalar {
    /// What `toint()`, `todatetime()` and so on make of this; null where it cannot be done, never an error.
    ///
    /// - `toint` and `tolong` cut reals towards zero; a long becomes an int by its low 32 bits.
    /// - Ticks of datetimes count from year 1, as numbers and from numbers.
    /// - A dynamic converts as what stands inside.
    func converted(to type: ScalarType) -> Scalar {
        if self.type == type { return self }
        if case .dynamic(let dynamic) = self, type != .string {
            let inner = dynamic.unpacked
            return inner.type == .dynamic ? .none(type) : inner.converted(to: type)
        }
        if isNull { return .none(type) }
        switch type {
        case .bool: return Scalar(truth)
        case .int: return long.map { .int(Int32(truncatingIfNeeded: $0)) } ?? .null(.int)
        case .long: return Scalar(long)
        case .real: return Scalar(double)
        case .decimal: return decimal.map { .decimal($0) } ?? .null(.decimal)
        case .datetime: return Scalar(datetime: datetimeTicks)
        case .timespan: return Scalar(timespan: timespanTicks)
        case .guid: return GUID(text).map { .guid($0) } ?? .null(.guid)
        case .string: return .string(text)
        case .dynamic: return Scalar(packed)
        }
    }
}

// MARK: What a value is as a number or a time, `nil` where it is none

extension Scalar {
    /// As `tolong()` has it.
    var long: Int64? {
        switch self {
        case .bool(let bool): bool ? 1 : 0
        case .int(let int): Int64(int)
        case .long(let long): long
        case .real(let real): Int64(exactly: real.rounded(.towardZero))
        case .decimal(let decimal): decimal.truncated
        case .datetime(let ticks): ticks - CivilTime.yearOne
        case .timespan(let ticks): ticks
        case .string(let text): Self.integer(text.trimmingBlanks)
        case .dynamic(let dynamic): dynamic.isContainer ? nil : dynamic.unpacked.long
        case .guid, .null: nil
        }
    }

    /// As `todouble()` has it.
    var double: Double? {
        switch self {
        case .real(let real): real
        case .decimal(let decimal): decimal.double
        case .string(let text): RealText.read(text.trimmingBlanks)
        case .dynamic(let dynamic): dynamic.isContainer ? nil : dynamic.unpacked.double
        default: long.map(Double.init)
        }
    }

    /// As `tobool()` has it: numbers are true unless zero.
    var truth: Bool? {
        switch self {
        case .bool(let bool): bool
        case .real(let real): real != 0
        case .decimal(let decimal): !decimal.isZero
        case .int, .long: long.map { $0 != 0 }
        case .string(let text):
            switch text.trimmingBlanks.lowercased() {
            case "true": true
            case "false": false
            case let number: Self.integer(number).map { $0 != 0 }
            }
        case .dynamic(let dynamic): dynamic.isContainer ? nil : dynamic.unpacked.truth
        default: nil
        }
    }

    /// As `todecimal()` has it.
    var decimal: DecimalNumber? {
        switch self {
        case .decimal(let decimal): decimal
        case .real(let real): DecimalNumber(real)
        case .string(let text): DecimalNumber(text.trimmingBlanks)
        case .dynamic(let dynamic): dynamic.isContainer ? nil : dynamic.unpacked.decimal
        default: long.map { DecimalNumber($0) }
        }
    }

    /// As `todatetime()` has it, in ticks since 1970.
    var datetimeTicks: Int64? {
        switch self {
        case .datetime(let ticks): ticks
        case .int, .long, .real, .decimal: long.flatMap { $0 >= 0 ? $0.addingIfFits(CivilTime.yearOne) : nil }
        case .string(let text): DatetimeText.read(text)
        case .dynamic(let dynamic): dynamic.isContainer ? nil : dynamic.unpacked.datetimeTicks
        default: nil
        }
    }

    /// As `totimespan()` has it.
    var timespanTicks: Int64? {
        switch self {
        case .timespan(let ticks): ticks
        case .int, .long, .real, .decimal: long
        case .string(let text): TimespanText.read(text.trimmingBlanks)
        case .dynamic(let dynamic): dynamic.isContainer ? nil : dynamic.unpacked.timespanTicks
        default: nil
        }
    }

    /// Reads decimal digits with or without a sign, or `0x` and hexadecimal digits in two's complement.
    static func integer(_ text: String) -> Int64? {
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            guard text.utf8.dropFirst(2).allSatisfy({ $0.hexadecimalDigit != nil }) else { return nil }
            return UInt64(text.dropFirst(2), radix: 16).map { Int64(truncatingIfNeeded: $0) }
        }
        return Int64(text)
    }
}

extension Dynamic {
    /// An array or a bag.
    var isContainer: Bool {
        switch self {
        case .array, .bag: true
        default: false
        }
    }
}

extension Int64 {
    func addingIfFits(_ other: Int64) -> Int64? {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? nil : sum
    }

    func subtractingIfFits(_ other: Int64) -> Int64? {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? nil : difference
    }
}
