import JSON

extension JSONValue {
    /// An event of lines such as `target.0.displayName: Okta Admin Console`, apart by semicolons. A value that is JSON is
    /// taken so, any other as text; `0` begins an array.
    init(dotted text: String) throws {
        var event = JSONValue.object([])
        for line in text.split(separator: ";") {
            let parts = line.split(separator: ":", maxSplits: 1).map { String($0).trimmingSpaces }
            let value = (try? JSONValue(parsing: parts[1])) ?? .string(parts[1])
            event = event.placing(value, at: parts[0].split(separator: ".").map(String.init)[...])
        }
        self = event
    }

    private func placing(_ value: JSONValue, at steps: ArraySlice<String>) -> JSONValue {
        guard let step = steps.first else { return value }
        if let place = Int(step) {
            var elements = array ?? []
            while elements.count <= place { elements.append(.object([])) }
            elements[place] = elements[place].placing(value, at: steps.dropFirst())
            return .array(elements)
        }
        return setting(step, to: (self[step] ?? .object([])).placing(value, at: steps.dropFirst()))
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
