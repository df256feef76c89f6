internal import Events
internal import Tables

/// Runs a program over the rows of a table.
///
/// First asks the columns, each distinct text of a column once; what they leave open is asked of the event itself,
/// which is read once for all rules.
struct Evaluator {
    let program: Program
    let events: EventTable
    var columns: ColumnAnswers
    var values: EventValues
    private var text = EventText()
    /// By test: the row it was last asked of, and what came out.
    private var asked: [Int]
    private var outcomes: [Truth]
    /// By test: the row in whose bytes its required texts were last looked for, and whether they are missing there.
    var searched: [Int]
    var isMissing: [Bool]
    /// The row of which it was last asked whether its bytes may spell out characters by number, and the answer.
    var escaped = (row: -1, is: false)
    var held: HeldTests
    /// The rules that the event that is being looked at may match.
    var candidates: [Int32] = []
    /// By rule: the row for which it last became a candidate by a trigger.
    var lastRow: [Int]
    /// Those that it matches, and those of which the columns do not tell.
    var matching: [Int32] = [], open: [Int32] = []

    init(_ program: Program, _ events: EventTable) {
        self.program = program
        self.events = events
        columns = ColumnAnswers(program, events)
        values = EventValues(program.tree)
        asked = [Int](repeating: -1, count: program.tests.count)
        outcomes = [Truth](repeating: .unknown, count: program.tests.count)
        searched = [Int](repeating: -1, count: program.tests.count)
        isMissing = [Bool](repeating: false, count: program.tests.count)
        held = HeldTests(program, columns)
        lastRow = [Int](repeating: -1, count: program.roots.count)
    }

    /// By code of the event types: what events of that type ask for.
    mutating func plansByType() -> [TypePlan] {
        let types = events.column(.eventType).dictionary, column = program.fields.firstIndex(of: .eventType)
        let triggers = Triggers(program, events, &columns)
        return types.indices.map { code in
            let rules = program.roots.indices.filter { rule in
                program.truth(program.roots[rule]) { test in
                    program.columns[test] == column ? columns.answer(test, code: UInt32(code)) : .unknown
                } != .no
            }
            return TypePlan(rules, triggers, program)
        }
    }

    /// Tells of each of these rows which rules it matches, in order of row and then rule.
    ///
    /// - Parameter plans: What ``plansByType()`` gave.
    mutating func run(_ rows: Range<Int>, _ plans: [TypePlan], _ report: (_ rule: Int32, _ row: Int) -> Void) {
        columns.begin(rows)
        let types = events.column(.eventType).codes
        for row in rows {
            let plan = plans[Int(types[row])]
            guard plan.isActive else { continue }
            findCandidates(row, plan)
            guard !candidates.isEmpty else { continue }
            if candidates.count > 1 { candidates.sort() }
            decide(row, plan, report)
        }
    }

    // MARK: Decisions

    private mutating func decide(_ row: Int, _ plan: TypePlan, _ report: (_ rule: Int32, _ row: Int) -> Void) {
        matching.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        for rule in candidates {
            switch program.truth(program.roots[Int(rule)], { columns.answer($0, row: row) }) {
            case .no: break
            case .yes: matching.append(rule)
            case .unknown: open.append(rule)
            }
        }
        if !open.isEmpty {
            addMatching(row, plan)
            matching.sort()
        }
        for rule in matching { report(rule, row) }
    }

    /// Asks the event itself, which is read once for all rules.
    private mutating func addMatching(_ row: Int, _ plan: TypePlan) {
        let event = events[row]
        event.withRawBytes { raw in
            if event.isLogEvent { passOver(row, raw) }
            guard !open.isEmpty else { return }
            values.take(event, raw, wanted: plan.nodes)
            text.take(raw)
            for rule in open where program.truth(program.roots[Int(rule)], { answer($0, row) }) == .yes {
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
