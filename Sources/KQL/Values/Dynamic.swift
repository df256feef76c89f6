/// A value of Kusto's `dynamic` type: JSON, in which whole numbers and reals are told apart, and which may also hold
/// Kusto's own values (`pack_array(now())`).
///
/// Texts and keys are equal when their bytes are, never by Unicode equivalence.
enum Dynamic: Sendable {
    case null
    case bool(Bool)
    case long(Int64)
    case real(Double)
    case string(String)
    /// In ticks of 100 ns since 1970.
    case datetime(Int64)
    /// In ticks of 100 ns.
    case timespan(Int64)
    case guid(GUID)
    case decimal(DecimalNumber)
    case array([Dynamic])
    case bag(Bag)

    /// The members of a property bag, in order. A repeated key is kept as it stood, and look-ups find the last one.
    struct Bag: Sendable {
        var members: [Member]

        init(_ members: [Member] = []) { self.members = members }

        /// One key and its value.
        struct Member: Sendable {
            let key: String
            var value: Dynamic

            init(_ key: String, _ value: Dynamic) {
                self.key = key
                self.value = value
            }
        }

        subscript(key: String) -> Dynamic? { members.last { $0.key.isSame(as: key) }?.value }
    }
}

extension String {
    /// Equality of bytes.
    @inline(__always)
    func isSame(as other: String) -> Bool { utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8) }
}

extension Dynamic: Hashable {
    static func == (left: Dynamic, right: Dynamic) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.long(let left), .long(let right)): left == right
        case (.real(let left), .real(let right)): left == right || left.isNaN && right.isNaN
        case (.string(let left), .string(let right)): left.isSame(as: right)
        case (.datetime(let left), .datetime(let right)): left == right
        case (.timespan(let left), .timespan(let right)): left == right
        case (.guid(let left), .guid(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.bag(let left), .bag(let right)): left == right
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let bool): hasher.combine(bool)
        case .long(let long), .datetime(let long), .timespan(let long): hasher.combine(long)
        case .real(let real): hasher.combine(real.isNaN ? .nan : real)
        case .string(let text): hasher.combine(bytesOf: text)
        case .guid(let guid): hasher.combine(guid)
        case .decimal(let decimal): hasher.combine(decimal)
        case .array(let elements): hasher.combine(elements)
        case .bag(let bag): hasher.combine(bag)
        }
    }
}

extension Dynamic.Bag: Hashable {
    /// The order of the keys does not count.
    static func == (left: Dynamic.Bag, right: Dynamic.Bag) -> Bool {
        guard left.members.count == right.members.count else { return false }
        let ordered = zip(left.members, right.members)
        if ordered.allSatisfy({ $0.key.isSame(as: $1.key) && $0.value == $1.value }) { return true }
        let (own, others) = (left.sorted, right.sorted)
        return zip(own, others).allSatisfy { $0.key.isSame(as: $1.key) && $0.value == $1.value }
    }

    func hash(into hasher: inout Hasher) {
        let parts = members.map { member in
            var part = Hasher()
            part.combine(bytesOf: member.key)
            part.combine(member.value)
            return part.finalize()
        }
        hasher.combine(parts.reduce(0, ^))
    }

    /// The members by the bytes of their keys.
    var sorted: [Member] { members.sorted { $0.key.precedes($1.key) } }
}

extension Hasher {
    mutating func combine(bytesOf text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// The order of the bytes, which is that of the code points: Kusto's order of strings.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
