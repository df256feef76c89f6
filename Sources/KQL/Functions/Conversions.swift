internal import JSON

extension ScalarFunctions {
    /// `tostring()`, `toint()`, `parse_json()` and the other conversions; failing is null, never an error.
    static let conversions: [ScalarFunction] = [
        to("tostring", .string), to("toint", .int), to("tolong", .long), to("toreal", aliases: ["todouble"], .real),
        to("todecimal", .decimal), to("tobool", aliases: ["toboolean"], .bool), to("todatetime", .datetime),
        to("totimespan", aliases: ["totime"], .timespan), to("toguid", .guid),
        ScalarFunction(
            "parse_json", aliases: ["parsejson", "todynamic", "toobject"], [.any("value")], .dynamic,
            naming: .firstArgument
        ) {
            arguments, _ in
            if case .string(let text) = arguments[0] { return Scalar(Dynamic(parsing: text)) }
            return arguments[0].converted(to: .dynamic)
        },
        ScalarFunction("dynamic_to_json", [.any("value")], .string) { arguments, _ in
            .string(arguments[0].isNull ? "" : arguments.packed(0).canonicalJSON.text)
        },
        ScalarFunction("gettype", [.any("value")], .string, naming: .none) { arguments, _ in
            .string(typeName(of: arguments[0]))
        },
        ScalarFunction(
            "tohex", [FunctionParameter("value", .integer), .integer("minLength").optional], .string,
            naming: .firstArgument
        ) {
            arguments, _ in hexadecimal(arguments)
        },
        ScalarFunction(
            "extract_json", aliases: ["extractjson"], [.string("jsonPath"), .text("jsonText"), .typeName.optional],
            .named(at: 2, else: .string)
        ) { arguments, _ in extracted(arguments) },
    ]

    private static func to(_ name: String, aliases: [String] = [], _ type: ScalarType) -> ScalarFunction {
        ScalarFunction(name, aliases: aliases, [.any("value")], .of(type), naming: .firstArgument) { arguments, _ in
            arguments[0].converted(to: type)
        }
    }

    /// Inside a dynamic the engine has names of its own.
    private static func typeName(of value: Scalar) -> String {
        guard case .dynamic(let dynamic) = value else {
            return value.isNull && value.type == .dynamic ? "null" : value.type.rawValue
        }
        return switch dynamic {
        case .array: "array"
        case .bag: "dictionary"
        case .real: "double"
        default: dynamic.unpacked.type.rawValue
        }
    }

    /// In two's complement: an int has 32 bits, a long 64.
    private static func hexadecimal(_ arguments: [Scalar]) -> Scalar {
        let digits: String
        switch arguments[0] {
        case .int(let int): digits = String(UInt32(bitPattern: int), radix: 16)
        case .long(let long): digits = String(UInt64(bitPattern: long), radix: 16)
        default: return .string("")
        }
        let width = min(max(arguments.long(1) ?? 0, 0), 1024)
        return .string(String(repeating: "0", count: max(0, Int(width) - digits.count)) + digits)
    }

    private static func extracted(_ arguments: [Scalar]) -> Scalar {
        let type = arguments.count > 2 ? ScalarType(written: arguments.text(2)) ?? .string : .string
        guard let path = Dynamic.path(arguments.text(0)), let value = Dynamic(parsing: arguments.text(1))[path: path]
        else {
            return .none(type)
        }
        return Scalar(value).converted(to: type)
    }
}
