public import JSON

extension Detector {
    /// The settings by their names in the detector's file, what they are set to: numbers, texts, and lists of texts.
    public var settings: [JSONValue.Member] { Self.settings(of: self) }

    private static func settings(of value: Any) -> [JSONValue.Member] {
        Mirror(reflecting: value).children.flatMap { child -> [JSONValue.Member] in
            guard let name = child.label, !["id", "title", "severity", "attack", "needs"].contains(name)
            else { return [] }
            switch child.value {
            case let number as Int: return [JSONValue.Member(name, .integer(Int64(number)))]
            case let number as Double: return [JSONValue.Member(name, JSONValue(number))]
            case let text as String: return [JSONValue.Member(name, .string(text))]
            case let isOn as Bool: return [JSONValue.Member(name, .bool(isOn))]
            case let texts as Set<String>: return [JSONValue.Member(name, JSONValue(texts.sorted()))]
            case let numbers as Set<Int>:
                return [JSONValue.Member(name, .array(numbers.sorted().map { .integer(Int64($0)) }))]
            default: return settings(of: child.value)
            }
        }
    }
}
