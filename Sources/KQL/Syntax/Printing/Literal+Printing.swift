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
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ", "\u{7F}": text += "\\x" + scalar.hexadecimal(2)
            // They end a line for the service, or show a reader another text than there is.
            case _ where scalar.isHidden:
                text += scalar.value > 0xFFFF ? "\\U" + scalar.hexadecimal(8) : "\\u" + scalar.hexadecimal(4)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }

    fileprivate func hexadecimal(_ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
