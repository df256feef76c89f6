internal import JSON

/// Reads one LogEvent in a single pass: checks that it is JSON and notes where the fields that have columns stand.
///
/// What it accepts is valid JSON of the shapes of ``FieldTree``, by the same rules as `JSONParser`. What it does not
/// accept may still be an event: rarer things (escaped or repeated keys, exponents, other shapes) are left to the
/// slower reader, and so is saying what is wrong.
///
/// The caller sees to it that reading on from the start meets the end of the event, or a byte that cannot be in it, at
/// least ``margin`` bytes before the end of the memory; so no step checks for the end.
///
/// One scanner belongs to one thread.
final class EventScanner {
    typealias Position = UnsafePointer<UInt8>

    /// How many bytes may be looked at beyond the last one of an event.
    static let margin = 32

    /// Where the value of a field stands.
    struct Slot {
        var start: Position?
        /// In bytes; of a field that is known already, its code or, of a number, its bits.
        var count = 0
        var kind = Kind.none

        enum Kind: UInt8 {
            case none
            /// The text of a string, without its quotes.
            case text
            /// The same, with escapes in it.
            case escapedText
            /// A whole number or a word.
            case literal
            /// A value that an earlier event has as well.
            case known
        }
    }

    /// By the places that ``FieldTree`` gives.
    let slots: UnsafeMutableBufferPointer<Slot>
    /// What the keys at the top tell of the shape.
    var sign = FieldTree.Sign.none
    /// The event inside its wrapping, when it is wrapped.
    var inner: (start: Position, end: Position)?
    /// Whether keys at the top are not known.
    var hasOtherKeys = false
    var hasCollectorKeys = false

    let nodes: UnsafeBufferPointer<FieldTree.Node>
    let keys: UnsafeBufferPointer<FieldTree.Key>
    /// By node: the key that came first last time. Events of one source repeat each other.
    let firsts: UnsafeMutableBufferPointer<Int>
    /// By key: the key that followed it last time.
    let followers: UnsafeMutableBufferPointer<Int>
    /// By node: the number of the event in which it was met last.
    let met: UnsafeMutableBufferPointer<UInt64>
    var number: UInt64 = 0
    /// Objects of earlier events.
    var memory = ObjectMemory()
    /// The end of the memory that may be read.
    var limit: Position?
    /// The newline when it is white space, else white space of another kind.
    var newline = UInt8(ascii: "\n")

    init() {
        nodes = FieldTree.shared.nodes
        keys = FieldTree.shared.keys
        slots = .allocate(capacity: FieldTree.slotCount)
        slots.initialize(repeating: Slot())
        firsts = .allocate(capacity: nodes.count)
        followers = .allocate(capacity: keys.count)
        met = .allocate(capacity: nodes.count)
        met.initialize(repeating: 0)
        for (index, node) in nodes.enumerated() {
            firsts[index] = node.keys.lowerBound
            for key in node.keys { followers[key] = min(key + 1, node.keys.upperBound - 1) }
        }
    }

    deinit {
        slots.deallocate()
        firsts.deallocate()
        followers.deallocate()
        met.deallocate()
    }

    /// Reads the object that begins at a brace; gives what follows it, or `nil` when it is for the slower reader.
    ///
    /// - Parameters:
    ///   - spansLines: Whether a newline may stand between the tokens of the event.
    ///   - limit: The end of the memory that may be read.
    func scan(_ brace: Position, spansLines: Bool, limit: Position) -> Position? {
        self.limit = limit
        memory.begin()
        newline = spansLines ? UInt8(ascii: "\n") : UInt8(ascii: " ")
        sign = .none
        inner = nil
        hasOtherKeys = false
        hasCollectorKeys = false
        number += 1
        slots.update(repeating: Slot())
        let end = object(brace, node: 0, depth: 1)
        return isWhole ? end : nil
    }

    /// Whether all fields stand in the event that is wrapped, none beside it, and nothing else tells the wrapping.
    private var isWhole: Bool {
        guard let inner else { return true }
        guard !hasOtherKeys, sign != .splunkHEC || hasCollectorKeys else { return false }
        return slots.allSatisfy { slot in slot.start.map { inner.start <= $0 && $0 < inner.end } ?? true }
    }
}
