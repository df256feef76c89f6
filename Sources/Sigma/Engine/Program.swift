internal import Events

/// Rules made ready to run over many events: each distinct test once, however many rules ask it.
final class Program: Sendable {
    /// A step of a rule.
    struct Node: Sendable {
        enum Kind: Sendable { case all, any, not, test }

        let kind: Kind
        /// The nodes below it, which lie together; of a test its place in ``Program/tests``.
        let below: Range<Int>
    }

    /// Something asked of an event.
    enum Test: Sendable {
        /// Asked of the values of a slot, and those of another where two fields are compared.
        case field(ValueCondition, slot: Int, otherSlot: Int)
        case keyword(TextTests)
    }

    let nodes: FrozenArray<Node>
    /// The topmost node of each rule.
    let roots: [Int]
    let tests: [Test]
    /// By test: the place in ``Program/fields`` of the column that answers it for most events; -1 for none.
    let columns: [Int]
    /// The columns that are looked at.
    let fields: [EventField]
    let tree: PathTree
    /// By rule: the slots that its tests read.
    let slots: [Set<Int>]
    /// By test: what the bytes of an event hold for which it holds, where that can be told.
    let required: [RequiredTexts?]

    init(_ predicates: [Predicate]) {
        var compiler = Compiler(PathTree(predicates.flatMap(\.paths)))
        roots = predicates.map { compiler.root($0) }
        (tests, columns) = (compiler.tests, compiler.columns)
        nodes = FrozenArray(compiler.nodes)
        (fields, tree) = (compiler.fields, compiler.tree)
        let paths = compiler.tree.paths
        required = compiler.tests.map { test in
            switch test {
            case .field(.text(let tests), _, _): RequiredTexts([tests])
            case .field(.exists, let slot, _), .field(.isPresent, let slot, _): RequiredTexts(namesOf: paths[slot])
            default: nil
            }
        }
        slots = roots.map { root in Set(compiler.tests(under: root).flatMap { compiler.slots(of: $0) }) }
    }

    /// The slot that a test of a text reads; -1 for other tests.
    func slot(_ test: Int) -> Int {
        if case .field(.text, let slot, _) = tests[test] { slot } else { -1 }
    }

    /// What a test asks of a text; `nil` for other tests.
    func texts(_ test: Int) -> TextTests? {
        if case .field(.text(let tests), _, _) = tests[test] { tests } else { nil }
    }

    /// What follows for a node from what is known of its tests.
    func truth(_ node: Int, _ known: (Int) -> Truth) -> Truth {
        let node = nodes[node]
        switch node.kind {
        case .test: return known(node.below.lowerBound)
        case .not: return truth(node.below.lowerBound, known).opposite
        case .all: return truth(of: node.below, decidedBy: .no, known)
        case .any: return truth(of: node.below, decidedBy: .yes, known)
        }
    }

    private func truth(of nodes: Range<Int>, decidedBy decision: Truth, _ known: (Int) -> Truth) -> Truth {
        var result = decision.opposite
        for node in nodes {
            let part = truth(node, known)
            if part == decision { return part }
            if part == .unknown { result = .unknown }
        }
        return result
    }
}

/// What is known of a statement about an event.
enum Truth: UInt8 {
    case no, yes
    /// The columns do not tell.
    case unknown

    init(_ holds: Bool) { self = holds ? .yes : .no }

    var opposite: Truth {
        switch self {
        case .no: .yes
        case .yes: .no
        case .unknown: .unknown
        }
    }
}

/// Makes nodes of predicates.
private struct Compiler {
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
