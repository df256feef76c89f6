import Tables

/// A value as a query writes it, typed. `nil` is the type's null: `int(null)`.
enum Literal: Sendable {
    case bool(Bool?)
    case int(Int32?)
    case long(Int64?)
    case real(Double?)
    /// The digits as they are written: a sign, digits, a point, an exponent.
    case decimal(String?)
    case datetime(Timestamp?)
    case timespan(Timespan?)
    /// 36 characters, in small letters.
    case guid(String?)
    case string(String)
    case dynamic(DynamicLiteral)
    /// `typeof(long)`.
    case type(ScalarType)

    var type: ScalarType {
        switch self {
        case .bool: .bool
        case .int: .int
        case .long: .long
        case .real: .real
        case .decimal: .decimal
        case .datetime: .datetime
        case .timespan: .timespan
        case .guid: .guid
        case .string, .type: .string
        case .dynamic: .dynamic
        }
    }
}

/// The value in `dynamic(…)`: JSON, and Kusto's own literals among it.
indirect enum DynamicLiteral: Sendable {
    case null
    case bool(Bool)
    case long(Int64)
    case real(Double)
    case string(String)
    case datetime(Timestamp)
    case timespan(Timespan)
    case guid(String)
    case array([DynamicLiteral])
    /// In the order written; a repeated key is kept.
    case bag([(key: String, value: DynamicLiteral)])
}

/// The types that are written as a name and a text in parentheses.
enum LiteralType: Sendable {
    case scalar(ScalarType)
    case typeName

    /// `string(…)` and `dynamic(…)` are not among them: the first is no literal, the second is made of tokens.
    init?(keyword: String) {
        if keyword == "typeof" {
            self = .typeName
            return
        }
        guard Self.keywords.contains(keyword), let type = ScalarType(written: keyword) else { return nil }
        self = .scalar(type)
    }

    private static let keywords: Set<String> = [
        "bool", "boolean", "int", "int32", "long", "int64", "real", "double", "decimal", "datetime", "date", "timespan",
        "time", "guid", "uuid", "uniqueid",
    ]

    var name: String {
        switch self {
        case .scalar(let type): type.rawValue + " literal"
        case .typeName: "type"
        }
    }

    /// People write the literal where they mean the conversion.
    var advice: String? {
        switch self {
        case .scalar(.datetime): "To convert a value use todatetime(…); a literal is datetime(2025-11-12T18:00:00Z)"
        case .scalar(.timespan): "To convert a value use totimespan(…); a literal is time(1.02:03:04) or 2h"
        case .scalar(let type): "To convert a value use to\(type.rawValue)(…)"
        case .typeName: "Types are " + ScalarType.allCases.map(\.rawValue).joined(separator: ", ")
        }
    }
}
