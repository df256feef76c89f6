internal import JSON

/// Gathers the fields of an event of another shape, and puts them together as a LogEvent.
///
/// What a field cannot be is left out, and nothing is added that the event does not say. Linear in the event: names
/// beyond the table are kept up to a limit that real events stay far below.
struct FieldCollector {
    private let columns: ShapeColumns
    /// By row of the table.
    private var fields = [Found?](repeating: nil, count: FieldMappings.all.count)
    private var others: [(steps: [String], value: JSONValue)] = []
    private var targets = TargetList()
    private static let otherLimit = 500

    private struct Found {
        let rank: Int
        let value: JSONValue
    }

    /// The event as a LogEvent.
    static func logEvent(_ event: JSONValue, columns: ShapeColumns) -> JSONValue {
        var collector = FieldCollector(columns: columns)
        for member in event.members ?? [] { collector.visit(member.value, member.key) }
        return collector.logEvent
    }

    private init(columns: ShapeColumns) { self.columns = columns }

    private mutating func visit(_ value: JSONValue, _ name: String) {
        if value.isNull || value == "" { return }
        if let destination = columns.listed(name) {
            place(value, destination)
        } else if columns.leadsFurther(name), value.members != nil || value.array != nil {
            for member in value.members ?? [] { visit(member.value, name + "." + member.key) }
            for (index, element) in (value.array ?? []).prefix(4).enumerated() { visit(element, "\(name).\(index)") }
        } else if let destination = columns.destination(of: name) {
            place(value, destination)
        }
    }

    private mutating func place(_ value: JSONValue, _ destination: ShapeColumns.Destination) {
        switch destination {
        case .field(let row, let rank, let words):
            if let found = fields[row], found.rank < rank { return }
            let value = words.map { words in translated(value, words) } ?? value
            guard let value = FieldMappings.all[row].kind.value(value) else { return }
            fields[row] = Found(rank: rank, value: columns.shape == .elastic ? OktaSpelling.camelKeys(value) : value)
        case .other(let steps):
            guard others.count < Self.otherLimit else { return }
            // Log Analytics writes lists as JSON; so does Okta itself inside debugData, where text stays text.
            let isPacked = columns.shape == .oktaCL && steps.first != "debugContext"
            others.append((steps, isPacked ? FieldKind.decoded(value) ?? value : value))
        case .target(let index, let key): targets.add(value, key: key, index: index)
        }
    }

    /// Okta's word for the shape's own; null, which is no value, where there is none.
    private func translated(_ value: JSONValue, _ words: [String: String]) -> JSONValue {
        JSONValue(words[value.string ?? value.text])
    }

    private var logEvent: JSONValue {
        var event = JSONValue.object([])
        for (mapping, found) in zip(FieldMappings.all, fields) {
            if let found { event.fill(mapping.steps[...], with: found.value) }
        }
        for other in others { event.fill(other.steps[...], with: other.value) }
        if let list = targets.list { event.fill(["target"], with: list) }
        return event
    }
}

extension JSONValue {
    /// Sets the value at a path through objects, unless there is one already or something else stands in the way.
    mutating func fill(_ steps: ArraySlice<String>, with value: JSONValue) {
        guard let step = steps.first, case .object(var members) = self else { return }
        // The only reference, so that the members are not copied.
        self = .null
        defer { self = .object(members) }
        let rest = steps.dropFirst()
        if let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(step.utf8) }) {
            members[index].value.fill(rest, with: value)
        } else if rest.isEmpty {
            members.append(Member(step, value))
        } else {
            var object = JSONValue.object([])
            object.fill(rest, with: value)
            members.append(Member(step, object))
        }
    }
}
