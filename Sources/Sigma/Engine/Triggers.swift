internal import Events
internal import Tables

/// For each rule tests of which one must hold wherever the rule does, where there are such: only events for which one
/// holds have to be looked at. Of several choices that of the fewest events is taken.
struct Triggers {
    /// By rule; `nil` for a rule that has none.
    let tests: [[Int]?]

    /// The price of reading an event itself, as a share of the events.
    private static let priceOfReading = 0.1
    /// So many events, from all over the table, tell how often a test holds that no column answers.
    private static let sampleCount = 256
    /// Larger dictionaries are not looked through.
    private static let dictionaryLimit = 4096

    init(_ program: Program, _ events: EventTable, _ columns: inout ColumnAnswers) {
        let type = program.fields.firstIndex(of: .eventType)
        var shares = [Double?](repeating: nil, count: program.tests.count), counts: [Int: [Int]] = [:]
        let sampled = Self.sample(program, events)
        for test in program.tests.indices {
            let place = program.columns[test]
            guard case .field(.text, _, _) = program.tests[test], place != type || place < 0 else { continue }
            if place < 0 {
                shares[test] = Self.priceOfReading + sampled[test]
                continue
            }
            let column = events.column(program.fields[place])
            let count = counts[place] ?? Self.counts(column)
            counts[place] = count
            shares[test] = Self.share(count, of: max(1, events.count)) { columns.answer(test, code: $0) == .yes }
        }
        tests = program.roots.map { Self.choice($0, program, shares)?.tests }
    }

    /// By test of no column: the share of some events for which it holds.
    private static func sample(_ program: Program, _ events: EventTable) -> [Double] {
        var counts = [Double](repeating: 0, count: program.tests.count), values = EventValues(program.tree)
        let step = max(1, events.count / sampleCount), rows = stride(from: 0, to: events.count, by: step)
        for row in rows {
            let event = events[row]
            event.withRawBytes { raw in
                values.take(event, raw)
                for test in program.tests.indices where program.columns[test] < 0 {
                    guard case .field(.text(let tests), let slot, _) = program.tests[test] else { continue }
                    if values.matches(slot, tests, number: test) { counts[test] += 1 }
                }
            }
        }
        return counts.map { $0 / Double(max(1, rows.underestimatedCount)) }
    }

    private static func counts(_ column: StringColumn) -> [Int] {
        var counts = [Int](repeating: 0, count: column.dictionary.count)
        for code in column.codes { counts[Int(code)] += 1 }
        return counts
    }

    /// The share of the events for which a test holds or of which the column does not tell.
    private static func share(_ counts: [Int], of all: Int, holds: (UInt32) -> Bool) -> Double {
        let open = Double(counts.first ?? 0) * 2
        guard counts.count <= dictionaryLimit else { return open / Double(all) + 0.02 }
        let passing = counts.indices.dropFirst().reduce(0) { holds(UInt32($1)) ? $0 + counts[$1] : $0 }
        return (open + Double(passing)) / Double(all)
    }

    private static func choice(_ node: Int, _ program: Program, _ shares: [Double?]) -> (tests: [Int], share: Double)? {
        let below = program.nodes[node].below
        switch program.nodes[node].kind {
        case .test: return shares[below.lowerBound].map { ([below.lowerBound], $0) }
        case .not: return nil
        case .all: return below.compactMap { choice($0, program, shares) }.min { $0.share < $1.share }
        case .any:
            let each = below.map { choice($0, program, shares) }
            guard !each.contains(where: { $0 == nil }) else { return nil }
            return (each.flatMap { $0?.tests ?? [] }, each.reduce(0) { $0 + ($1?.share ?? 0) })
        }
    }
}

/// What events of one type ask for.
final class TypePlan: Sendable {
    /// The rules that they may match.
    let rules: [Int32]
    var isActive: Bool { !rules.isEmpty }
    /// Those of them that have no trigger: they are looked at with every event.
    let always: [Int32]
    /// The rules that a test triggers.
    let rulesOfTest: [Int: [Int32]]
    /// The columns of triggers, with the triggers of each, and the slots of those that no column answers.
    let columns: FrozenArray<Int>, testsOfColumns: FrozenArray<[Int]>, slots: FrozenArray<Int>
    /// The nodes of the tree that those slots are at, and those that all rules read.
    let triggerNodes: [Bool], nodes: [Bool]
    /// What the bytes of an event hold in which a trigger holds, where that can be told and is cheap to look for.
    let required: RequiredTexts?

    init(_ rules: [Int], _ triggers: Triggers, _ program: Program) {
        self.rules = rules.map(Int32.init)
        always = rules.filter { triggers.tests[$0] == nil }.map(Int32.init)
        var rulesOfTest: [Int: [Int32]] = [:]
        for rule in rules {
            for test in Set(triggers.tests[rule] ?? []) { rulesOfTest[test, default: []].append(Int32(rule)) }
        }
        self.rulesOfTest = rulesOfTest
        let tests = rulesOfTest.keys.sorted(), ofColumns = tests.filter { program.columns[$0] >= 0 }
        let columns = Set(ofColumns.map { program.columns[$0] }).sorted()
        self.columns = FrozenArray(columns)
        testsOfColumns = FrozenArray(columns.map { column in ofColumns.filter { program.columns[$0] == column } })
        let ofSlots = tests.filter { program.columns[$0] < 0 }, slots = Set(ofSlots.map(program.slot))
        self.slots = FrozenArray(slots.sorted())
        triggerNodes = program.tree.nodes(leadingTo: slots)
        nodes = program.tree.nodes(leadingTo: rules.reduce(into: []) { $0.formUnion(program.slots[$1]) })
        required = RequiredTexts(ofSlots.compactMap(program.texts))
    }
}
