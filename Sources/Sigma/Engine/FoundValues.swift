/// Where the values of an event's paths are, by the slots of a ``PathTree``.
struct FoundValues {
    /// A value: where its bytes are, and how to read them.
    struct Value {
        enum Kind: UInt8 {
            /// Null or an empty array: the path exists, and nothing is there.
            case nothing
            case text
            /// With JSON's escapes.
            case escapedText
            /// Not yet as `JSONValue.text` writes it.
            case number
            /// Not yet as `JSONValue.text` writes it.
            case object
        }

        let kind: Kind
        let start: Int
        let count: Int
        /// The value of the same slot that was found before; -1 for none.
        let previous: Int
    }

    private(set) var values: [Value] = []
    private var lastOfSlot: [Int]

    init(slots: Int) { lastOfSlot = [Int](repeating: -1, count: slots) }

    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        for slot in lastOfSlot.indices { lastOfSlot[slot] = -1 }
    }

    mutating func add(_ kind: Value.Kind, _ range: Range<Int>, to slot: Int) {
        values.append(Value(kind: kind, start: range.lowerBound, count: range.count, previous: lastOfSlot[slot]))
        lastOfSlot[slot] = values.count - 1
    }

    /// The place of the value of a slot that was found last; -1 for none.
    func last(_ slot: Int) -> Int { lastOfSlot[slot] }
}
