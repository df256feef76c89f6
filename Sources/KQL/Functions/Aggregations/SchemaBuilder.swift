/// `buildschema()`: the smallest description that covers all values of a group. A type is its name, a choice of several
/// an array of them, a bag a bag of its keys, and an array a bag with the one key `` `indexer` ``.
struct SchemaBuilder: Accumulator {
    private var schema = Schema()

    mutating func add(_ arguments: [Scalar]) { schema.add(arguments[0].packed) }

    var results: [Scalar] { [Scalar(schema.description)] }
}

private struct Schema {
    private var names: [String] = []
    private var keys: [String] = []
    /// By the bytes of the key.
    private var members: [[UInt8]: Schema] = [:]
    private var isBag = false
    /// What stands in arrays: none or one, boxed in an array since a value cannot hold one of its own kind.
    private var indexer: [Schema] = []

    mutating func add(_ value: Dynamic) {
        switch value {
        case .null: break
        case .bag(let bag):
            isBag = true
            for member in bag.members {
                let bytes = Array(member.key.utf8)
                if members[bytes] == nil { keys.append(member.key) }
                members[bytes, default: Schema()].add(member.value)
            }
        case .array(let elements):
            if indexer.isEmpty { indexer = [Schema()] }
            for element in elements { indexer[0].add(element) }
        case .real: insert("double")
        default: insert(value.unpacked.type.rawValue)
        }
    }

    private mutating func insert(_ name: String) { if !names.contains(name) { names.append(name) } }

    var description: Dynamic {
        var choices: [Dynamic] = []
        if isBag {
            let known = keys.map { Dynamic.Bag.Member($0, members[Array($0.utf8)]?.description ?? .null) }
            choices.append(.bag(Dynamic.Bag(known)))
        }
        if let inner = indexer.first {
            choices.append(.bag(Dynamic.Bag([Dynamic.Bag.Member("`indexer`", inner.description)])))
        }
        choices += names.map { .string($0) }
        return choices.count == 1 ? choices[0] : choices.isEmpty ? .null : .array(choices)
    }
}
