internal import Tables

/// What names stand for. Names are equal when their bytes are, as in Kusto, never by Unicode equivalence.
struct NameTable<Value: Sendable>: Sendable {
    private var values: [ByteText: Value] = [:]

    init() {}

    init(_ values: some Sequence<(key: String, value: Value)>) {
        for (name, value) in values { self[name] = value }
    }

    subscript(name: String) -> Value? {
        get { values[ByteText(name)] }
        set { values[ByteText(name)] = newValue }
    }

    var names: [String] { values.keys.map(\.text) }
    var entries: [(name: String, value: Value)] { values.map { ($0.key.text, $0.value) } }
}
