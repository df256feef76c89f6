internal import Events
internal import Tables

/// Runs a program over the rows of a table.
///
/// First asks the columns, each distinct text of a column once; what they leave open is asked of the event itself, which
/// is read once for all rules.
struct Evaluator {
    private let program: Program
    private let events: EventTable
    private var columns: ColumnAnswers
    private var values: EventValues
    private var text = EventText()
    /// By test: the row it was last asked of, and what came out.
    private var asked: [Int]
    private var outcomes: [Truth]

    init(_ program: Program, _ events: EventTable) {
        self.program = program
        self.events = events
        columns = ColumnAnswers(program, events)
        values = EventValues(program.tree)
        asked = [Int](repeating: -1, count: program.tests.count)
        outcomes = [Truth](repeating: .unknown, count: program.tests.count)
    }

    /// What events of one type ask for.
    struct Plan: Sendable {
        /// The rules that they may match.
        let rules: FrozenArray<Int32>
        /// The nodes of the tree that these rules read.
        let wanted: [Bool]
    }

    /// By code of the event types.
    mutating func plansByType() -> [Plan] {
        let types = events.column(.eventType).dictionary, column = program.fields.firstIndex(of: .eventType)
        return types.indices.map { code in
            let rules = program.roots.indices.filter { rule in
                program.truth(program.roots[rule]) { test in
                    program.columns[test] == column ? columns.answer(test, code: UInt32(code)) : .unknown
                } != .no
            }
            let slots = rules.reduce(into: Set<Int>()) { $0.formUnion(program.slots[$1]) }
            return Plan(rules: FrozenArray(rules.map(Int32.init)), wanted: program.tree.nodes(leadingTo: slots))
        }
    }

    /// Tells of each of these rows which rules it matches, in order of row and then rule.
    ///
    /// - Parameter plans: What ``plansByType()`` gave.
    mutating func run(_ rows: Range<Int>, _ plans: [Plan], _ report: (_ rule: Int32, _ row: Int) -> Void) {
        columns.begin(rows)
        let types = events.column(.eventType).codes, program = program, roots = program.roots
        var matching: [Int32] = [], open: [Int32] = []
        for row in rows {
            let type = Int(types[row])
            let rules = plans[type].rules
            guard rules.count > 0 else { continue }
            matching.removeAll(keepingCapacity: true)
            open.removeAll(keepingCapacity: true)
            for place in 0..<rules.count {
                let rule = rules[place]
                switch program.truth(roots[Int(rule)], { columns.answer($0, row: row) }) {
                case .no: break
                case .yes: matching.append(rule)
                case .unknown: open.append(rule)
                }
            }
            if !open.isEmpty {
                addMatching(row, among: open, plans[type].wanted, to: &matching)
                matching.sort()
            }
            for rule in matching { report(rule, row) }
        }
    }

    private mutating func addMatching(
        _ row: Int, among rules: [Int32], _ wanted: [Bool], to matching: inout [Int32]
    ) {
        let event = events[row], required = program.required
        event.withRawBytes { raw in
            if event.isLogEvent, !rules.contains(where: { required[Int($0)]?.mayStand(in: raw) != false }) { return }
            values.take(event, raw, wanted: wanted)
            text.take(raw)
            for rule in rules where program.truth(program.roots[Int(rule)], { answer($0, row) }) == .yes {
                matching.append(rule)
            }
        }
    }

    /// What a test comes to for the event that is being read; asked once, however many rules want to know.
    private mutating func answer(_ test: Int, _ row: Int) -> Truth {
        if asked[test] == row { return outcomes[test] }
        let known = columns.answer(test, row: row)
        let outcome = known == .unknown ? Truth(outcome(test)) : known
        asked[test] = row
        outcomes[test] = outcome
        return outcome
    }

    private mutating func outcome(_ test: Int) -> Bool {
        switch program.tests[test] {
        case .keyword(let tests): text.matches(tests)
        case .field(.text(let tests), let slot, _): values.matches(slot, tests, number: test)
        case .field(.isNull, let slot, _): !values.hasValue(slot)
        case .field(.exists, let slot, _): values.exists(slot)
        case .field(.isPresent, let slot, _): values.isPresent(slot)
        case .field(.reference(let reference), let slot, let otherSlot):
            reference.holds(values.texts(slot), values.texts(otherSlot))
        }
    }
}

extension FieldReference {
    /// Whether one of some texts stands so to one of the other field's.
    fileprivate func holds(_ texts: [[UInt8]], _ others: [[UInt8]]) -> Bool {
        let texts = isCased ? texts : texts.map { LetterCase.folded($0) }
        let others = isCased ? others : others.map { LetterCase.folded($0) }
        return others.contains { other in
            let search = TextSearch(other)
            return texts.contains { holds($0, search) }
        }
    }

    private func holds(_ text: [UInt8], _ other: TextSearch) -> Bool {
        switch (isOpenBefore, isOpenAfter) {
        case (false, false): text == other.text
        case (false, true): text.starts(with: other.text)
        case (true, false): text.reversed().starts(with: other.text.reversed())
        case (true, true): text.withUnsafeBytes { other.first(in: $0, 0..<$0.count) != nil }
        }
    }
}
