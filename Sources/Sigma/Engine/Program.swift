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
        var compiler = ProgramCompiler(PathTree(predicates.flatMap(\.paths)))
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
