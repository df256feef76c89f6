extension ScalarFunctions {
    /// Property bags. What is no bag gives null.
    static let bags: [ScalarFunction] = [
        ScalarFunction(
            "bag_pack", aliases: ["pack", "pack_dictionary"], [.text("key"), .any("value")], layout: .pairs, .dynamic
        ) { arguments, _ in
            var builder = BagBuilder()
            for index in stride(from: 0, to: arguments.count, by: 2) {
                builder.set(arguments.text(index), arguments.packed(index + 1))
            }
            return .dynamic(.bag(builder.bag))
        },
        ScalarFunction("bag_keys", [.dynamic("object")], .dynamic) { arguments, _ in
            arguments.bag(0).map { .array($0.members.map(\.key)) } ?? .null(.dynamic)
        },
        ScalarFunction("bag_merge", [.dynamic("bag").repeated], layout: .list(minimum: 2, limit: 64), .dynamic) {
            arguments, _ in
            var builder = BagBuilder()
            for index in arguments.indices { arguments.bag(index)?.members.forEach { builder.add($0.key, $0.value) } }
            return .dynamic(.bag(builder.bag))
        },
        ScalarFunction("bag_remove_keys", [.dynamic("bag"), .dynamic("keys")], .dynamic) { arguments, _ in
            guard let bag = arguments.bag(0) else { return .null(.dynamic) }
            let paths = (arguments.elements(1) ?? []).map(\.text)
            return paths.reduce(.dynamic(.bag(bag))) { Scalar($0.packed.removing(path(of: $1))) }
        },
        ScalarFunction("bag_has_key", [.dynamic("bag"), .text("key")], .bool) { arguments, _ in
            guard arguments.bag(0) != nil else { return .null(.bool) }
            return .bool(arguments.packed(0)[path: path(of: arguments.text(1))] != nil)
        },
        ScalarFunction("bag_set_key", [.dynamic("bag"), .text("key"), .any("value")], .dynamic) { arguments, _ in
            guard arguments.bag(0) != nil else { return .null(.dynamic) }
            return Scalar(arguments.packed(0).setting(path(of: arguments.text(1))[...], to: arguments.packed(2)))
        },
        ScalarFunction("bag_zip", [.dynamic("keys"), .dynamic("values")], .dynamic) { arguments, _ in
            guard let keys = arguments.elements(0), let values = arguments.elements(1) else { return .null(.dynamic) }
            var builder = BagBuilder()
            for (index, key) in keys.enumerated() {
                builder.set(key.text, index < values.count ? values[index] : .null)
            }
            return .dynamic(.bag(builder.bag))
        },
    ]

    /// A key, or a path where it begins with `$`.
    private static func path(of key: String) -> [Dynamic.PathStep] {
        key.hasPrefix("$.") || key.hasPrefix("$[") ? Dynamic.path(key) ?? [.key(key)] : [.key(key)]
    }
}

/// Puts a bag together in time linear in its members.
struct BagBuilder {
    private(set) var bag = Dynamic.Bag()
    private var places: [[UInt8]: Int] = [:]

    /// The first value of a key stays.
    mutating func add(_ key: String, _ value: Dynamic) {
        guard places[Array(key.utf8)] == nil else { return }
        places[Array(key.utf8)] = bag.members.count
        bag.members.append(Dynamic.Bag.Member(key, value))
    }

    /// The last value of a key stays, in the place of the first.
    mutating func set(_ key: String, _ value: Dynamic) {
        guard let place = places[Array(key.utf8)] else { return add(key, value) }
        bag.members[place].value = value
    }
}

extension Dynamic {
    /// With a value at a path, whose bags are made where they are missing. A key that is set moves to the end, as in
    /// the recorded answers.
    func setting(_ path: ArraySlice<PathStep>, to value: Dynamic) -> Dynamic {
        guard let step = path.first else { return value }
        guard case .key(let key) = step else { return self }
        let members = bag?.members ?? []
        let inner = (bag?[key] ?? .null).setting(path.dropFirst(), to: value)
        let kept = members.filter { !$0.key.isSame(as: key) }
        return .bag(Bag(kept + [Bag.Member(key, inner)]))
    }

    /// Without what is at a path.
    func removing(_ path: [PathStep]) -> Dynamic {
        guard case .key(let key) = path.first, case .bag(let bag) = self else { return self }
        if path.count == 1 { return .bag(Bag(bag.members.filter { !$0.key.isSame(as: key) })) }
        return .bag(
            Bag(
                bag.members.map { member in
                    member.key.isSame(as: key)
                        ? Bag.Member(key, member.value.removing(Array(path.dropFirst()))) : member
                }))
    }
}
