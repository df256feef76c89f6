internal import JSON

/// The targets of an event, put together from single fields.
struct TargetList {
    private var cells: [(index: Int, steps: [String], value: JSONValue)] = []
    private var lists: [(steps: [String], values: [JSONValue])] = []
    /// Real events have some dozen; a hostile one must not cost the square of its keys.
    private static let limit = 500

    /// Adds a field of one target, or, without an index, that field of each target.
    mutating func add(_ value: JSONValue, key: String, index: Int?) {
        guard cells.count + lists.count < Self.limit, !value.isNull else { return }
        let steps = key.split(separator: ".").map(String.init), isText = Self.texts.contains(key)
        guard (1...3).contains(steps.count) else { return }
        if let index {
            let value = isText ? FieldKind.text.value(value) : value
            if let value { cells.append((index, steps, value)) }
        } else {
            // In Splunk's CSV the values of a list stand one a line.
            let lines = value.string?.split(separator: "\n").map { JSONValue.string(String($0)) }
            let values = value.array ?? lines ?? [value]
            lists.append((steps, isText ? values.map { FieldKind.text.value($0) ?? .null } : values))
        }
    }

    /// The fields of a target that are text; the others are objects.
    private static let texts = ["id", "type", "alternateId", "displayName"]

    /// The targets in their order; `nil` when there are none.
    var list: JSONValue? {
        var targets: [Int: JSONValue] = [:]
        for cell in cells + listed { targets[cell.index, default: .object([])].fill(cell.steps[...], with: cell.value) }
        return targets.isEmpty ? nil : .array(targets.sorted { $0.key < $1.key }.map(\.value))
    }

    /// Splunk and Elastic write each field of all targets as a list of its own, without the places where a target
    /// has none. Only lists of one length can be told apart into targets again: those as long as the list of ids, or,
    /// where there is none, the first.
    private var listed: [(index: Int, steps: [String], value: JSONValue)] {
        guard let guide = lists.first(where: { $0.steps == ["id"] }) ?? lists.first else { return [] }
        let whole = lists.filter { $0.values.count == guide.values.count }
        return whole.flatMap { list in
            list.values.prefix(Self.limit).enumerated().compactMap { index, value in
                value.isNull ? nil : (index, list.steps, value)
            }
        }
    }
}
