/// Finds the values at the paths of a tree in the bytes of an event, without making anything of the rest.
///
/// The bytes were valid JSON when the event was read. They may lie in a file that another program has changed since, so
/// every step stays within them whatever they are, and gives up where they make no sense. Rarer things (escapes in
/// keys, keys that are there twice) are left to the parser.
struct PathScanner {
    var found: FoundValues
    // Of the tree.
    private let nodes: FrozenArray<PathTree.Node>, keys: FrozenArray<PathTree.Key>, names: FrozenArray<UInt8>
    private let indices: FrozenArray<(place: Int, node: Int)>
    private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    /// By node: the object in which it was met last.
    private var met: [Int]
    /// By node: whether anything asks for what is there or below.
    private var isWanted: [Bool]
    private var objects = 0

    /// How deeply values may nest: more than in anything that is read as an event.
    private static let depthLimit = 72

    init(_ tree: PathTree) {
        (nodes, keys, names, indices) = (tree.nodes, tree.keys, tree.names, tree.indices)
        found = FoundValues(slots: tree.paths.count)
        met = [Int](repeating: 0, count: tree.nodes.count)
        isWanted = [Bool](repeating: true, count: tree.nodes.count)
    }

    /// Whether the event could be read so; if not, what was found is of no use.
    ///
    /// - Parameter wanted: The nodes that are asked for, those above them included; all, where it is `nil`.
    mutating func scan(_ raw: UnsafeRawBufferPointer, wanted: [Bool]? = nil) -> Bool {
        if let wanted { isWanted = wanted }
        found.removeAll()
        bytes = raw
        return value(space(0), node: 0, throughArray: false, depth: 0) != nil
    }

    var end: Int { bytes.count }

    func byte(_ position: Int) -> UInt8 { position < end ? bytes[position] : 0 }

    @inline(__always)
    private func space(_ start: Int) -> Int {
        var position = start
        while position < end, bytes[position] <= 0x20 { position += 1 }
        return position
    }
}

// MARK: Values on a path

extension PathScanner {
    /// Reads a value that is of interest; gives what follows it.
    ///
    /// - Parameter throughArray: Whether it is an element of an array that stands in the place of the value: then steps
    ///   that are numbers have no meaning here.
    private mutating func value(_ start: Int, node: Int, throughArray: Bool, depth: Int) -> Int? {
        guard depth <= Self.depthLimit else { return nil }
        let slot = nodes[node].slot
        switch byte(start) {
        case UInt8(ascii: "{"):
            let isLeaf = nodes[node].keys.isEmpty
            guard let next = isLeaf ? nest(start) : object(start, node: node, throughArray: throughArray, depth: depth)
            else { return nil }
            if slot >= 0 { found.add(.object, start..<next, to: slot) }
            return next
        case UInt8(ascii: "["): return array(start, node: node, throughArray: throughArray, depth: depth)
        case UInt8(ascii: "\""):
            guard let (close, isEscaped) = string(start) else { return nil }
            if slot >= 0 { found.add(isEscaped ? .escapedText : .text, start + 1..<close, to: slot) }
            return close + 1
        default:
            guard let next = scalar(start) else { return nil }
            if slot >= 0 { found.add(kind(ofScalarAt: start), start..<next, to: slot) }
            return next
        }
    }

    private func kind(ofScalarAt position: Int) -> FoundValues.Value.Kind {
        switch byte(position) {
        case UInt8(ascii: "n"): .nothing
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .text
        default: .number
        }
    }

    private mutating func object(_ brace: Int, node: Int, throughArray: Bool, depth: Int) -> Int? {
        var position = space(brace + 1)
        if byte(position) == UInt8(ascii: "}") { return position + 1 }
        objects += 1
        let object = objects
        while byte(position) == UInt8(ascii: "\"") {
            guard let (close, isEscaped) = string(position), !isEscaped else { return nil }
            let child = child(of: node, named: position + 1..<close, throughArray: throughArray)
            position = space(close + 1)
            guard byte(position) == UInt8(ascii: ":") else { return nil }
            position = space(position + 1)
            if let child {
                guard met[child] != object else { return nil }
                met[child] = object
                guard let next = value(position, node: child, throughArray: false, depth: depth + 1) else { return nil }
                position = space(next)
            } else {
                guard let next = skip(position) else { return nil }
                position = space(next)
            }
            if byte(position) != UInt8(ascii: ",") { return byte(position) == UInt8(ascii: "}") ? position + 1 : nil }
            position = space(position + 1)
        }
        return nil
    }

    /// The node of a key, whatever its case.
    @inline(__always)
    private func child(of node: Int, named name: Range<Int>, throughArray: Bool) -> Int? {
        guard nodes[node].lengths & PathTree.Node.bit(ofLength: name.count) != 0 else { return nil }
        for index in nodes[node].keys {
            let key = keys[index]
            guard key.name.count == name.count, !(throughArray && key.isIndex) else { continue }
            var place = 0
            while place < name.count,
                LetterCase.folded(bytes[name.lowerBound + place]) == names[key.name.lowerBound + place]
            { place += 1 }
            if place == name.count { return isWanted[key.node] ? key.node : nil }
        }
        return nil
    }

    /// An array: its elements stand in its own place, and those that are named by their number in theirs as well.
    private mutating func array(_ bracket: Int, node: Int, throughArray: Bool, depth: Int) -> Int? {
        let slot = nodes[node].slot, passesThrough = nodes[node].hasNames || slot >= 0
        var position = space(bracket + 1), place = 0
        if byte(position) == UInt8(ascii: "]") {
            if slot >= 0 { found.add(.nothing, bracket..<position + 1, to: slot) }
            return position + 1
        }
        while true {
            var next: Int?
            if !throughArray {
                for index in nodes[node].indices where indices[index].place == place {
                    next = value(position, node: indices[index].node, throughArray: false, depth: depth + 1)
                    guard next != nil else { return nil }
                }
            }
            if passesThrough {
                next = value(position, node: node, throughArray: true, depth: depth + 1)
            } else if next == nil {
                next = skip(position)
            }
            guard let next else { return nil }
            position = space(next)
            if byte(position) != UInt8(ascii: ",") { return byte(position) == UInt8(ascii: "]") ? position + 1 : nil }
            position = space(position + 1)
            place += 1
        }
    }
}
