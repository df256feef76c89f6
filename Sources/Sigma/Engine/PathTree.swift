/// Paths to be read from an event, as a tree, so that one pass over the event finds them all.
final class PathTree: Sendable {
    struct Node: Sendable {
        /// Its keys in ``PathTree/keys``.
        var keys: Range<Int> = 0..<0
        /// Its places in arrays in ``PathTree/indices``.
        var indices: Range<Int> = 0..<0
        /// Whether one of its keys is no number, so that the elements of an array may have it.
        var hasNames = false
        /// Where values found here belong; -1 for nowhere.
        var slot = -1
        /// Of its keys' lengths a bit each; the last one stands for all beyond.
        var lengths: UInt64 = 0

        static func bit(ofLength length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }
    }

    /// A key of an object, in lower case.
    struct Key: Sendable {
        /// In ``PathTree/names``.
        let name: Range<Int>
        let node: Int
        /// Whether it is a number, so that in an array it is a place and no key of the elements.
        let isIndex: Bool
    }

    let nodes: FrozenArray<Node>
    let keys: FrozenArray<Key>
    let indices: FrozenArray<(place: Int, node: Int)>
    let names: FrozenArray<UInt8>
    /// The paths by slot, in lower case.
    let paths: [[[UInt8]]]
    private let slots: [[[UInt8]]: Int]

    init(_ paths: [FieldPath]) {
        var slots: [[[UInt8]]: Int] = [:], distinct: [[[UInt8]]] = []
        for path in paths where slots[path.steps] == nil {
            slots[path.steps] = distinct.count
            distinct.append(path.steps)
        }
        var builder = Builder()
        builder.build(distinct)
        self.slots = slots
        self.paths = distinct
        nodes = FrozenArray(builder.nodes)
        keys = FrozenArray(builder.keys)
        indices = FrozenArray(builder.indices)
        names = FrozenArray(builder.names)
    }

    /// By node, whether it or a node below it has one of some slots.
    func nodes(leadingTo slots: Set<Int>) -> [Bool] {
        var isWanted = [Bool](repeating: false, count: nodes.count)
        @discardableResult
        func mark(_ node: Int) -> Bool {
            let below = nodes[node].keys.map { mark(keys[$0].node) }
            isWanted[node] = slots.contains(nodes[node].slot) || below.contains(true)
            return isWanted[node]
        }
        mark(0)
        return isWanted
    }

    /// Where the values of a path belong; -1 for a path that the tree does not have.
    func slot(of path: FieldPath) -> Int { slots[path.steps] ?? -1 }
}

// MARK: Building

extension PathTree {
    /// Gathers paths first, as the keys of a node must lie together.
    private struct Builder {
        var nodes: [Node] = []
        var keys: [Key] = []
        var indices: [(place: Int, node: Int)] = []
        var names: [UInt8] = []

        private final class Branch {
            var slot = -1
            var branches: [(name: [UInt8], branch: Branch)] = []

            func place(_ slot: Int, at steps: ArraySlice<[UInt8]>) {
                guard let step = steps.first else { return self.slot = slot }
                let known = branches.first { $0.name == step }?.branch
                let branch = known ?? Branch()
                if known == nil { branches.append((step, branch)) }
                branch.place(slot, at: steps.dropFirst())
            }
        }

        mutating func build(_ paths: [[[UInt8]]]) {
            let root = Branch()
            for (slot, path) in paths.enumerated() { root.place(slot, at: path[...]) }
            add(root)
        }

        /// Adds a branch and what is under it; says at which node.
        @discardableResult
        private mutating func add(_ branch: Branch) -> Int {
            let index = nodes.count
            nodes.append(Node(slot: branch.slot))
            let under = branch.branches.map { (name: $0.name, node: add($0.branch)) }
            let firstKey = keys.count, firstIndex = indices.count
            for (name, node) in under {
                let start = names.count
                names += name
                keys.append(Key(name: start..<names.count, node: node, isIndex: name.arrayIndex != nil))
                if let place = name.arrayIndex { indices.append((place, node)) }
            }
            nodes[index].keys = firstKey..<keys.count
            nodes[index].lengths = under.reduce(0) { $0 | Node.bit(ofLength: $1.name.count) }
            nodes[index].hasNames = keys[firstKey...].contains { !$0.isIndex }
            nodes[index].indices = firstIndex..<indices.count
            return index
        }
    }
}
