internal import JSON

/// Reads cells as their column's type.
///
/// The services disagree with their own specifications on quotes: numbers and booleans come with and without, dynamic
/// values as JSON text.
enum RemoteCells {
    static func cell(_ value: JSONValue, _ type: RemoteType) -> JSONValue {
        if value.isNull { return .null }
        switch type {
        case .int, .long: return value.string.flatMap { Int64($0) }.map { .integer($0) } ?? whole(value)
        case .real: return real(value)
        case .bool: return boolean(value)
        case .dynamic: return dynamic(value)
        case .string, .decimal, .datetime, .timespan, .guid, .unknown: return value
        }
    }

    /// `5.0` is the whole number 5.
    private static func whole(_ value: JSONValue) -> JSONValue { value.integer.map { .integer($0) } ?? value }

    private static func real(_ value: JSONValue) -> JSONValue {
        guard let text = value.string else { return value }
        // Swift also reads `nan` and `inf`; the contract has names of its own for them.
        guard let number = Double(text) else { return value }
        return JSONValue(number)
    }

    private static func boolean(_ value: JSONValue) -> JSONValue {
        if let number = value.integer { return .bool(number != 0) }
        switch value.string?.lowercased() {
        case "true", "1": return .bool(true)
        case "false", "0": return .bool(false)
        default: return value
        }
    }

    private static func dynamic(_ value: JSONValue) -> JSONValue {
        guard let text = value.string else { return value }
        if text.isEmpty { return .null }
        return (try? JSONValue(parsing: text)) ?? value
    }
}
