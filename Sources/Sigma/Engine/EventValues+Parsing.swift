internal import Events
internal import JSON

// The slower way, for events of other shapes and for what is rare.
extension EventValues {
    mutating func parse(_ event: OktaEvent) {
        scanner.found.removeAll()
        let parsed = event.logEvent
        for (slot, path) in tree.paths.enumerated() { add(path[...], in: parsed, slot) }
    }

    /// Adds what is at a path: a step goes through arrays to all elements, unless it is the number of one.
    private mutating func add(_ steps: ArraySlice<[UInt8]>, in value: JSONValue, _ slot: Int) {
        guard let step = steps.first else { return add(value, slot) }
        switch value {
        case .object(let members):
            if let member = members.last(where: { LetterCase.isFolded($0.key, step) }) {
                add(steps.dropFirst(), in: member.value, slot)
            }
        case .array(let elements):
            if let place = step.arrayIndex {
                if elements.indices.contains(place) { add(steps.dropFirst(), in: elements[place], slot) }
            } else {
                for element in elements { add(steps, in: element, slot) }
            }
        default: break
        }
    }

    private mutating func add(_ value: JSONValue, _ slot: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty: for element in elements { add(element, slot) }
        case .array, .null: add("", .nothing, slot)
        case .string(let text): add(text, .text, slot)
        case .object: add(value.text, .object, slot)
        case .bool, .integer, .number: add(value.text, .text, slot)
        }
    }

    private mutating func add(_ text: String, _ kind: FoundValues.Value.Kind, _ slot: Int) {
        let start = arena.count
        arena += text.utf8
        scanner.found.add(kind, start..<arena.count, to: slot)
    }
}
