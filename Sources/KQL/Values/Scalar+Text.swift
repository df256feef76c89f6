internal import JSON

extension Scalar {
    /// What `tostring()` makes of it; null is the empty text.
    var text: String {
        switch self {
        case .null: ""
        case .bool(let bool): bool ? "True" : "False"
        case .int(let int): String(int)
        case .long(let long): String(long)
        case .real(let real): RealText.of(real)
        case .decimal(let decimal): decimal.description
        case .datetime(let ticks): DatetimeText.of(ticks)
        case .timespan(let ticks): TimespanText.of(ticks)
        case .guid(let guid): guid.description
        case .string(let text): text
        case .dynamic(let dynamic): dynamic.text
        }
    }

    /// The contract's JSON form of a value.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .int(let int): .integer(Int64(int))
        case .long(let long): .integer(long)
        case .real(let real): real.isFinite ? .number(real) : .string(RealText.of(real))
        case .dynamic(let dynamic): dynamic.json
        default: .string(text)
        }
    }

    /// This value inside an array or a bag.
    var packed: Dynamic {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .int(let int): .long(Int64(int))
        case .long(let long): .long(long)
        case .real(let real): .real(real)
        case .decimal(let decimal): .decimal(decimal)
        case .datetime(let ticks): .datetime(ticks)
        case .timespan(let ticks): .timespan(ticks)
        case .guid(let guid): .guid(guid)
        case .string(let text): .string(text)
        case .dynamic(let dynamic): dynamic
        }
    }
}

extension Dynamic {
    /// What stands inside, as a typed value: `dynamic(1)` is a `long`, an array stays `dynamic`.
    var unpacked: Scalar {
        switch self {
        case .null: .null(.dynamic)
        case .bool(let bool): .bool(bool)
        case .long(let long): .long(long)
        case .real(let real): .real(real)
        case .string(let text): .string(text)
        case .datetime(let ticks): .datetime(ticks)
        case .timespan(let ticks): .timespan(ticks)
        case .guid(let guid): .guid(guid)
        case .decimal(let decimal): .decimal(decimal)
        case .array, .bag: .dynamic(self)
        }
    }
}

/// How reals are written.
enum RealText {
    /// A real always shows that it is one: `1.0`.
    static func of(_ real: Double) -> String {
        if real.isNaN { return "NaN" }
        if real.isInfinite { return real < 0 ? "-Infinity" : "Infinity" }
        return real.description
    }

    /// Reads a decimal number with or without a point and an exponent, `nan`, and `inf` with or without a sign.
    static func read(_ text: String) -> Double? {
        switch text.lowercased() {
        case "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default:
            guard text.utf8.allSatisfy({ $0.isDecimalDigit || "+-.eE".utf8.contains($0) }),
                text.utf8.contains(where: \.isDecimalDigit)
            else { return nil }
            return Double(text) ?? (text.hasSuffix(".") ? Double(text + "0") : nil)
        }
    }
}

extension UInt8 {
    var isDecimalDigit: Bool { self &- UInt8(ascii: "0") <= 9 }
}
