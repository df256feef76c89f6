internal import Diagnostics

/// Reads the selections of a rule: lists, maps, lists of maps, keywords.
struct SelectionReader {
    private let context: RuleContext
    private var tests = 0

    /// How many values one rule may compare with, all in all.
    private static let limit = 100_000

    init(_ context: RuleContext) { self.context = context }

    /// What a selection asks for. A map means all of its lines, a list any of its elements; a value that belongs to no
    /// field is looked for in the whole event.
    mutating func predicate(of node: YAMLNode) throws(Diagnostic) -> Predicate {
        switch node.content {
        case .mapping(let pairs): return try map(pairs, at: node.mark)
        case .scalar: return try keywords(node)
        case .sequence(let elements) where elements.isEmpty:
            throw context.fault("a selection is empty", remedy: "Write what it selects", at: node.mark)
        case .sequence(let elements) where elements.allSatisfy { $0.scalar != nil }: return try keywords(node)
        case .sequence(let elements):
            var alternatives: [Predicate] = []
            for element in elements { alternatives.append(try predicate(of: element)) }
            return .some(alternatives)
        }
    }

    private mutating func map(_ pairs: [YAMLPair], at mark: YAMLMark) throws(Diagnostic) -> Predicate {
        guard !pairs.isEmpty else {
            throw context.fault("a selection is empty", remedy: "Write what it selects", at: mark)
        }
        var items: [Predicate] = []
        for pair in pairs {
            let item = try DetectionItem(key: pair.key, mark: pair.mark, context: context)
            items.append(try counted(try item.predicate(of: pair.value), at: pair.mark))
        }
        return .every(items)
    }

    private mutating func keywords(_ node: YAMLNode) throws(Diagnostic) -> Predicate {
        let item = try DetectionItem(key: "", mark: node.mark, context: context)
        return try counted(try item.predicate(of: node), at: node.mark)
    }

    private mutating func counted(_ predicate: Predicate, at mark: YAMLMark) throws(Diagnostic) -> Predicate {
        tests += predicate.testCount
        guard tests <= Self.limit else {
            throw context.fault("the rule has more than \(Self.limit) values", remedy: "Split it", at: mark)
        }
        return predicate
    }
}

extension Predicate {
    /// How many values it compares with.
    fileprivate var testCount: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.testCount }
        case .not(let part): part.testCount
        case .keyword(let tests): tests.tests.count
        case .field(let test): if case .text(let tests) = test.condition { tests.tests.count } else { 1 }
        }
    }
}
