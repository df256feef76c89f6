internal import Foundation
internal import Tables

/// Objects that were read before in the same chunk, so that one which comes again is known by its bytes alone.
///
/// Events of one person repeat who acts, from which client, in which session. Where the bytes of such an object are
/// those of an earlier one, which was found to be valid JSON at the same depth, nothing in it is read again, and the
/// codes of its texts are those of the earlier one. Which earlier object to compare with is told by the beginning of
/// the event's `actor`; a wrong guess costs one comparison.
struct ObjectMemory: ~Copyable {
    typealias Position = UnsafePointer<UInt8>

    /// The objects that are remembered, at the top of an event. `request` has no field with a column.
    static let keys = ["actor", "client", "authenticationContext", "securityContext", "request"]
    /// Actors told apart, more or less; a power of two.
    private static let width = 512

    /// An object that was read.
    struct Entry {
        var start: Position?
        var count = 0
        var depth = 0
        var newline: UInt8 = 0
        /// Of its fields, in the order of ``fields``.
        var codes = InlineCodes()
    }

    /// Up to eight codes.
    struct InlineCodes {
        var values: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
        static let limit = 8
    }

    /// By object, then by actor.
    private let entries: UnsafeMutableBufferPointer<Entry>
    /// The slots of each object's fields.
    let fields: [[Int]]
    /// What was read of the present event and is not remembered yet.
    private var fresh: [(place: Int, object: Int)] = []
    /// Where the present event's actor is remembered; -1 before it is met.
    private var actor = -1

    init() {
        entries = .allocate(capacity: Self.keys.count * Self.width)
        entries.initialize(repeating: Entry())
        let paths = EventField.allCases.map(\.rawValue) + NumberField.allCases.map(\.rawValue)
        fields = Self.keys.map { key in paths.indices.filter { paths[$0].hasPrefix(key + ".") } }
        assert(fields.allSatisfy { $0.count <= InlineCodes.limit }, "an object has more fields than an entry has codes")
        fresh.reserveCapacity(Self.keys.count)
    }

    deinit { entries.deallocate() }

    /// Forgets all objects: the codes of the next chunk are others.
    mutating func forgetAll() { entries.update(repeating: Entry()) }

    /// A new event begins. What was noted of the last one and not remembered was not taken: it is forgotten.
    @inline(__always)
    mutating func begin() {
        actor = -1
        if !fresh.isEmpty { drop() }
    }

    /// The earlier object that this one equals, `nil` when it is new.
    ///
    /// - Parameter limit: The end of the memory that may be read.
    @inline(__always)
    mutating func recall(
        _ object: Int, at position: Position, depth: Int, newline: UInt8, limit: Position
    ) -> UnsafeMutablePointer<Entry>? {
        if object == 0 { actor = Self.place(of: position) }
        guard actor >= 0, let base = entries.baseAddress else { return nil }
        let entry = base + object * Self.width + actor
        guard let start = entry.pointee.start, entry.pointee.depth == depth, entry.pointee.newline == newline,
            position + entry.pointee.count <= limit, memcmp(start, position, entry.pointee.count) == 0
        else { return nil }
        return entry
    }

    /// An object that was read, to be remembered when its event is taken.
    @inline(__always)
    mutating func note(_ object: Int, from start: Position, to end: Position, depth: Int, newline: UInt8) {
        guard actor >= 0 else { return }
        let place = object * Self.width + actor
        entries[place] = Entry(start: start, count: end - start, depth: depth, newline: newline)
        fresh.append((place, object))
    }

    /// Gives the codes of the objects that are new in the event that was just added to columns.
    @inline(__always)
    mutating func remember(_ columns: EventColumns) {
        for (place, object) in fresh {
            withUnsafeMutableBytes(of: &entries[place].codes.values) { codes in
                for (index, field) in fields[object].enumerated() {
                    codes.storeBytes(of: columns.lastCode(of: field), toByteOffset: index * 8, as: UInt64.self)
                }
            }
        }
        fresh.removeAll(keepingCapacity: true)
    }

    private mutating func drop() {
        for (place, _) in fresh { entries[place].start = nil }
        fresh.removeAll(keepingCapacity: true)
    }

    /// By the first 32 bytes, which hold the id.
    @inline(__always)
    private static func place(of actor: Position) -> Int {
        let bytes = UnsafeRawPointer(actor)
        let first = bytes.loadUnaligned(as: UInt64.self)
        let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        let third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        let fourth = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
        let sum = (first &* 3) ^ (second &* 5) ^ (third &* 7) ^ fourth
        return Int(truncatingIfNeeded: (sum &* 0x9E37_79B9_7F4A_7C15) >> 40) & (width - 1)
    }
}

extension ObjectMemory.Entry {
    /// The code of a field by its place among the object's fields.
    @inline(__always)
    func code(_ index: Int) -> UInt64 {
        withUnsafeBytes(of: codes.values) { $0.load(fromByteOffset: index * 8, as: UInt64.self) }
    }
}
