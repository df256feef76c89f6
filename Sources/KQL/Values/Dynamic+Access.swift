extension Dynamic {
    var isNull: Bool { if case .null = self { true } else { false } }
    var elements: [Dynamic]? { if case .array(let elements) = self { elements } else { nil } }
    var bag: Bag? { if case .bag(let bag) = self { bag } else { nil } }

    /// `d.key` and `d["key"]`: null for anything that has no such key; letters count as they are.
    subscript(key: String) -> Dynamic { bag?[key] ?? .null }

    /// `d[0]`, and `d[-1]` from the end: null beyond the ends and for anything that is no array.
    subscript(index: Int64) -> Dynamic {
        guard case .array(let elements) = self else { return .null }
        let place = index < 0 ? Int64(elements.count) + index : index
        return place >= 0 && place < Int64(elements.count) ? elements[Int(place)] : .null
    }

    /// `d[x]` for a value computed in the query.
    subscript(index: Scalar) -> Dynamic {
        switch index {
        case .string(let key): self[key]
        case .dynamic(.string(let key)): self[key]
        case .null: .null
        default: index.long.map { self[$0] } ?? .null
        }
    }

    /// The value at a path of JSONPath's simple kind: `$.a.b[0]['odd key']`; `nil` where there is none or the path is
    /// no such path.
    subscript(path steps: [PathStep]) -> Dynamic? {
        var value = self
        for step in steps {
            switch (step, value) {
            case (.key(let key), .bag(let bag)):
                guard let next = bag[key] else { return nil }
                value = next
            case (.index(let index), .array(let elements)):
                let place = index < 0 ? elements.count + index : index
                guard elements.indices.contains(place) else { return nil }
                value = elements[place]
            default: return nil
            }
        }
        return value
    }

    /// One step of a path.
    enum PathStep: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    /// Values nest no deeper than a parser reads them, so longer paths lead nowhere.
    private static let pathLimit = 64

    /// Reads `$.a.b[0]['odd key']`, with or without `$`; `nil` for anything else and for more than 64 steps.
    static func path(_ text: String) -> [PathStep]? {
        var rest = text.hasPrefix("$") ? text.dropFirst() : Substring(text)
        var steps: [PathStep] = []
        if !text.hasPrefix("$"), !rest.hasPrefix("[") { rest = "." + rest }
        while let first = rest.first {
            guard steps.count < pathLimit else { return nil }
            if first == "." {
                let name = rest.dropFirst().prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                steps.append(.key(String(name)))
                rest = rest[name.endIndex...]
            } else {
                guard first == "[", let end = rest.firstIndex(of: "]"), let step = bracketed(rest[..<end].dropFirst())
                else {
                    return nil
                }
                steps.append(step)
                rest = rest[end...].dropFirst()
            }
        }
        return steps
    }

    private static func bracketed(_ text: Substring) -> PathStep? {
        if let index = Int(text) { return .index(index) }
        guard text.count >= 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote else {
            return nil
        }
        return .key(String(text.dropFirst().dropLast()))
    }
}
