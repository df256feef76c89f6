internal import JSON
internal import Tables

/// What Okta writes in a field. Other products write numbers and lists as text, and whole numbers as reals.
enum FieldKind: Sendable {
    case text
    case boolean
    case number
    /// A number that Okta writes without a fraction.
    case integer
    /// When it happened.
    case time
    case object
    /// A list of objects.
    case list

    /// A value of another shape as Okta would write it; `nil` where there is none, or one of a type that the field
    /// cannot have. What cannot be read as the kind stays as it is, for the reader of the field to see and report.
    func value(_ value: JSONValue) -> JSONValue? {
        switch self {
        case .text: Self.scalar(value)
        case .time: Self.scalar(value).map(Formats.normalised(time:))
        case .boolean: Self.scalar(value).map(Self.boolean)
        case .number: Self.scalar(value).map(Self.number)
        case .integer: Self.scalar(value).map { number in Self.number(number).integer.map(JSONValue.integer) ?? number }
        case .object: Self.decoded(value).flatMap { $0.members == nil ? nil : $0 }
        case .list: Self.decoded(value).flatMap(Self.list)
        }
    }

    /// Text, a number or a boolean, also when it stands alone in an array, as Elastic and Splunk write any field.
    private static func scalar(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .null, .object: nil
        case .string(let text): text.isEmpty ? nil : value
        case .array(let elements): elements.count == 1 && elements[0].array == nil ? scalar(elements[0]) : nil
        default: value
        }
    }

    /// `true` and `false` in any case: Splunk writes `true`, .NET `True`.
    private static func boolean(_ value: JSONValue) -> JSONValue {
        switch value.string?.lowercased() {
        case "true": .bool(true)
        case "false": .bool(false)
        default: value
        }
    }

    private static func number(_ value: JSONValue) -> JSONValue {
        guard let text = value.string, let number = try? JSONValue(parsing: text) else { return value }
        return number.double == nil ? value : number
    }

    /// The value itself, or the one that its text is the JSON of.
    static func decoded(_ value: JSONValue) -> JSONValue? {
        guard let text = value.string else { return value }
        let first = text.utf8.first { $0 > 0x20 }
        guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else { return nil }
        return try? JSONValue(parsing: text)
    }

    /// PowerShell, which one of Sentinel's connectors runs on, writes a list of one element as the element.
    private static func list(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .array: value
        case .object: .array([value])
        default: nil
        }
    }
}
