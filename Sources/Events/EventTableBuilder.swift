internal import Digests
internal import JSON
internal import Tables

/// Gathers events into the columns of an ``EventTable``, leaving out those whose id is there already.
public struct EventTableBuilder: Sendable {
    private var columns: EventColumns
    private var seen: Set<ByteText>

    /// An empty builder.
    public init() {
        columns = EventColumns()
        seen = []
    }

    /// A builder that begins with the rows of a table.
    public init(_ table: EventTable) {
        columns = table.storage.columns
        seen = Set(columns.ids.map(ByteText.init))
    }

    public var count: Int { columns.count }

    /// Adds an event unless its id is there already. Says whether it was added.
    mutating func append(_ event: ParsedEvent, origin: EventColumns.Origin) -> Bool {
        guard seen.insert(ByteText(event.id)).inserted else { return false }
        columns.ids.append(event.id)
        columns.times.append(event.published?.ticks ?? .max)
        for (index, text) in event.texts.enumerated() { columns.texts[index].append(text) }
        for (index, number) in event.numbers.enumerated() { columns.numbers[index].append(number) }
        columns.origins.append(origin)
        return true
    }

    /// Adds the rows of another table for which `isWanted` holds; counts those that were there already.
    mutating func append(_ other: EventTable, rows: [Int]) -> (accepted: [Int], duplicates: Int) {
        let source = other.storage.columns
        let fresh = rows.filter { seen.insert(ByteText(source.ids[$0])).inserted }
        columns.ids += fresh.map { source.ids[$0] }
        columns.times += fresh.map { source.times[$0] }
        for index in columns.texts.indices { columns.texts[index].append(contentsOf: source.texts[index].selecting(fresh)) }
        for index in columns.numbers.indices { columns.numbers[index] += fresh.map { source.numbers[index][$0] } }
        columns.origins += fresh.map { source.origins[$0] }
        return (fresh, rows.count - fresh.count)
    }

    /// The table. Sorts the rows by time once: n log n.
    public func finish() -> EventTable { EventTable(storage: EventTable.Storage(columns: columns)) }
}

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
            if case .array(let elements)? = value { value = step == "0" ? elements.first : nil } else { value = value?[step] }
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
