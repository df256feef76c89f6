import Tables

extension Literal {
    /// The literal as a query writes it. Negative numbers are written with their type, so that they are read again
    /// as literals and not as a sign and a number.
    var printed: String {
        switch self {
        case .bool(let value): value.map(String.init) ?? "bool(null)"
        case .int(let value): "int(\(value.map(String.init) ?? "null"))"
        case .long(let value): value.map { $0 < 0 ? "long(\($0))" : String($0) } ?? "long(null)"
        case .real(let value): value.map(Self.real) ?? "real(null)"
        case .decimal(let value): "decimal(\(value ?? "null"))"
        case .datetime(let value): "datetime(\(value?.description ?? "null"))"
        case .timespan(let value): "time(\(value?.description ?? "null"))"
        case .guid(let value): "guid(\(value ?? "null"))"
        case .string(let value): value.quotedForKQL
        case .dynamic(let value): "dynamic(\(value.printed))"
        case .type(let value): "typeof(\(value.rawValue))"
        }
    }

    fileprivate static func real(_ value: Double) -> String {
        if value.isNaN { return "real(nan)" }
        if value.isInfinite { return value < 0 ? "real(-inf)" : "real(+inf)" }
        return value.sign == .minus ? "real(\(value))" : "\(value)"
    }
}

extension DynamicLiteral {
    var printed: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .long(let value): String(value)
        case .real(let value): value.isFinite ? "\(value)" : Literal.real(value)
        case .string(let value): value.quotedForKQL
        case .datetime(let value): "datetime(\(value))"
        case .timespan(let value): "time(\(value))"
        case .guid(let value): "guid(\(value))"
        case .array(let values): "[\(values.map(\.printed).commaSeparated)]"
        case .bag(let members): "{\(members.map { "\($0.key.quotedForKQL): \($0.value.printed)" }.commaSeparated)}"
        }
    }
}

extension String {
    /// This text as a Kusto string in double quotes.
    var quotedForKQL: String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20, 0x7F: bytes += "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}
