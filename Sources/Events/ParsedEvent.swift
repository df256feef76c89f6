internal import Digests
internal import JSON
internal import Tables

/// The hot fields of one event.
struct ParsedEvent: Sendable {
    let id: String
    let published: Timestamp?
    let texts: [String?]
    let numbers: [Double]

    /// Takes the fields from a LogEvent. Numbers and booleans where text is expected are taken as their JSON text,
    /// empty text and the word `null` (which `client.zone` and others hold) as no value.
    ///
    /// - Returns: `nil` when `published` is there and is not a time.
    init?(_ event: JSONValue, raw: UnsafeRawBufferPointer) {
        switch event["published"] {
        case .string(let text):
            guard let stamp = Timestamp(text) else { return nil }
            published = stamp
        case nil, .null: published = nil
        default: return nil
        }
        id = Self.text(event["uuid"]) ?? NameUUID.of(["event", String(decoding: raw, as: UTF8.self)])
        texts = EventField.allCases.map { Self.text(Self.value(in: event, at: $0.steps)) }
        numbers = NumberField.allCases.map { event[path: $0.rawValue]?.double ?? .nan }
    }

    private static func value(in event: JSONValue, at steps: [String]) -> JSONValue? {
        var value: JSONValue? = event
        for step in steps {
            value = step == "0" ? value?.array?.first : value?[step]
        }
        return value
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text.isEmpty || text == "null" ? nil : text
        case .integer, .number, .bool: value?.text
        default: nil
        }
    }
}
