extension ScalarFunctions {
    /// `parse_xml()`, and `treepath()` of what such a text becomes.
    static let documents: [ScalarFunction] = [
        ScalarFunction("parse_xml", [.text("xml")], .dynamic, naming: .firstArgument) { arguments, _ in
            var reader = XMLReader(arguments.text(0))
            return reader.document().map { Scalar($0) } ?? .null(.dynamic)
        },
        ScalarFunction("treepath", [.dynamic("object")], .dynamic) { arguments, _ in
            guard arguments.bag(0) != nil || arguments.elements(0) != nil else { return .null(.dynamic) }
            return .array(paths(of: arguments.packed(0), at: "").map { .string($0) })
        },
    ]

    /// The paths of a value's members, those of an array as of its bags' members.
    private static func paths(of value: Dynamic, at path: String) -> [String] {
        switch value {
        case .bag(let bag):
            return bag.members.flatMap { member in
                let own = path + "['\(member.key)']"
                return [own] + paths(of: member.value, at: own)
            }
        case .array(let elements):
            let bags = elements.filter { $0.bag != nil }
            guard !elements.isEmpty else { return [] }
            var found: [String] = [path + "[0]"]
            for path in bags.flatMap({ paths(of: $0, at: path + "[0]") }) where !found.contains(path) {
                found.append(path)
            }
            return found
        default: return []
        }
    }
}
