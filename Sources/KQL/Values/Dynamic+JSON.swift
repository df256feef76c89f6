internal import JSON

extension Dynamic {
    /// The value of a JSON value.
    init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let bool): self = .bool(bool)
        case .integer(let integer): self = .long(integer)
        case .number(let number): self = .real(number)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map(Dynamic.init))
        case .object(let members): self = .bag(Bag(members.map { Bag.Member($0.key, Dynamic($0.value)) }))
        }
    }

    /// Reads JSON; a text that is none is itself, as `parse_json()` has it, and an empty one is null.
    init(parsing text: String) {
        if text.isEmpty {
            self = .null
        } else if let json = try? JSONValue(parsing: text) {
            self = Dynamic(json)
        } else {
            self = .string(text)
        }
    }

    /// Kusto's own values as their texts, NaN and the infinities as words.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .long(let long): .integer(long)
        case .real(let real): real.isFinite ? .number(real) : .string(RealText.of(real))
        case .string(let text): .string(text)
        case .datetime(let ticks): .string(DatetimeText.of(ticks))
        case .timespan(let ticks): .string(TimespanText.of(ticks))
        case .guid(let guid): .string(guid.description)
        case .decimal(let decimal): .string(decimal.description)
        case .array(let elements): .array(elements.map(\.json))
        case .bag(let bag): .object(bag.members.map { JSONValue.Member($0.key, $0.value.json) })
        }
    }

    /// What `tostring()` makes of it: a string as it is, anything else as compact JSON, and null as nothing.
    var text: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .datetime, .timespan, .guid, .decimal: json.string ?? ""
        case .real(let real): RealText.of(real)
        default: json.text
        }
    }

    /// JSON whose keys stand in the order of their bytes, on every level: `dynamic_to_json()`.
    var canonicalJSON: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.canonicalJSON))
        case .bag(let bag): .object(bag.sorted.map { JSONValue.Member($0.key, $0.value.canonicalJSON) })
        default: json
        }
    }
}
