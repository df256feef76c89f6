internal import Events

/// Makes nodes of predicates.
struct ProgramCompiler {
    var nodes: [Program.Node] = []
    var tests: [Program.Test] = []
    var columns: [Int] = []
    var fields: [EventField] = []
    let tree: PathTree
    private var known: [Predicate: Int] = [:]

    init(_ tree: PathTree) { self.tree = tree }

    mutating func root(_ predicate: Predicate) -> Int {
        nodes.append(Program.Node(kind: .all, below: 0..<0))
        let place = nodes.count - 1
        fill(place, with: predicate)
        return place
    }

    /// The tests of a node and of all below it, each once.
    func tests(under root: Int) -> [Int] {
        var tests: Set<Int> = [], waiting = [root]
        while let next = waiting.popLast() {
            let node = nodes[next]
            if node.kind == .test { tests.insert(node.below.lowerBound) } else { waiting += node.below }
        }
        return Array(tests)
    }

    /// The slots that a test reads.
    func slots(of test: Int) -> [Int] {
        guard case .field(_, let slot, let other) = tests[test] else { return [] }
        return [slot, other].filter { $0 >= 0 }
    }

    private mutating func fill(_ place: Int, with predicate: Predicate) {
        switch predicate {
        case .all(let parts): nodes[place] = Program.Node(kind: .all, below: add(parts))
        case .any(let parts): nodes[place] = Program.Node(kind: .any, below: add(parts))
        case .not(let part): nodes[place] = Program.Node(kind: .not, below: add([part]))
        case .field(let test):
            let other = test.condition.otherPaths.first.map(tree.slot) ?? -1
            let asked = Program.Test.field(test.condition, slot: tree.slot(of: test.path), otherSlot: other)
            nodes[place] = node(asking: asked, for: predicate, column: other < 0 ? column(test.path) : -1)
        case .keyword(let tests): nodes[place] = node(asking: .keyword(tests), for: predicate, column: -1)
        }
    }

    /// Adds nodes that lie together, the cheap ones first: they often decide alone.
    private mutating func add(_ parts: [Predicate]) -> Range<Int> {
        let ordered = parts.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
        let start = nodes.count
        nodes += parts.map { _ in Program.Node(kind: .all, below: 0..<0) }
        for (index, part) in ordered.enumerated() { fill(start + index, with: part.element) }
        return start..<start + parts.count
    }

    private mutating func node(asking test: Program.Test, for predicate: Predicate, column: Int) -> Program.Node {
        let place = known[predicate] ?? tests.count
        if place == tests.count {
            known[predicate] = place
            tests.append(test)
            columns.append(column)
        }
        return Program.Node(kind: .test, below: place..<place + 1)
    }

    private mutating func column(_ path: FieldPath) -> Int {
        guard let field = path.field else { return -1 }
        if let known = fields.firstIndex(of: field) { return known }
        fields.append(field)
        return fields.count - 1
    }
}

extension Predicate {
    /// What it costs to ask, roughly.
    fileprivate var cost: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(0) { max($0, $1.cost) } + 1
        case .not(let part): part.cost
        case .field(let test): test.path.field != nil && test.condition.otherPaths.isEmpty ? 0 : 100
        case .keyword: 1000
        }
    }
}
