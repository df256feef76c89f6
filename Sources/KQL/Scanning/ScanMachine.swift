/// Runs `scan` over rows, one after the other (the *scan logic* of Kusto's documentation).
///
/// Each step keeps the latest row of every step up to itself; a row is tried on the last step first.
struct ScanMachine {
    /// What a step knows of a sequence that has reached it.
    private struct State {
        /// A row for each step up to this one.
        var rows: [[Scalar]]
        let match: Int64
        /// The last row of a step that gives only that.
        var held: [Scalar]?
    }

    private let scan: BoundScan
    private let evaluator: RowEvaluator
    private let nothing: [Scalar]
    private var states: [State?]
    private var matches: Int64 = 0
    private var output: [[Scalar]] = []

    init(_ scan: BoundScan, _ evaluator: RowEvaluator) {
        self.scan = scan
        self.evaluator = evaluator
        nothing = scan.columns.map { Scalar.none($0.type) } + scan.defaults
        states = [State?](repeating: nil, count: scan.steps.count)
    }

    /// The rows that come out, in the order in which they were matched.
    static func rows(
        _ scan: BoundScan, over rows: [[Scalar]], _ evaluator: RowEvaluator
    ) throws(KQLFault) -> [[Scalar]] {
        var machine = ScanMachine(scan, evaluator)
        for row in rows {
            do throws(FunctionFault) { try evaluator.context.checkTime() } catch {
                throw KQLFault(error, at: SourceSpan(0, 0))
            }
            for step in scan.steps.indices.reversed() { try machine.take(row + scan.defaults, at: step) }
        }
        for step in scan.steps.indices { machine.release(step) }
        return machine.output
    }

    private mutating func take(_ row: [Scalar], at step: Int) throws(KQLFault) {
        if step > 0, let before = states[step - 1], try holds(step, row, before) {
            // The sequence moves on: what it leaves behind is done with.
            release(step)
            release(step - 1)
            states[step - 1] = nil
            let assigned = try self.assigned(step, row, before)
            states[step] = State(rows: before.rows + [assigned], match: before.match)
            give(assigned, at: step)
            return
        }
        guard states[step] != nil || step == 0 else { return }
        let current = states[step] ?? State(rows: [nothing], match: matches)
        guard try holds(step, row, current) else { return }
        let assigned = try self.assigned(step, row, current)
        if states[step] == nil { matches += 1 }
        var next = current
        next.rows[step] = assigned
        states[step] = next
        give(assigned, at: step)
    }

    private func extended(_ row: [Scalar], _ state: State) -> [Scalar] {
        let rows = state.rows + Array(repeating: nothing, count: scan.steps.count - state.rows.count)
        return row + rows.flatMap { $0 }
    }

    private func holds(_ step: Int, _ row: [Scalar], _ state: State) throws(KQLFault) -> Bool {
        try evaluator.value(of: scan.steps[step].condition, extended(row, state)).truth == true
    }

    private func assigned(_ step: Int, _ row: [Scalar], _ state: State) throws(KQLFault) -> [Scalar] {
        var row = row
        for assignment in scan.steps[step].assignments {
            row[assignment.target] = try evaluator.value(of: assignment.value, extended(row, state))
        }
        return row
    }

    private mutating func give(_ row: [Scalar], at step: Int) {
        let numbered = scan.hasMatchColumn ? row + [.long(states[step]?.match ?? 0)] : row
        switch scan.steps[step].output {
        case .all: output.append(numbered)
        case .last: states[step]?.held = numbered
        case .none: break
        }
    }

    private mutating func release(_ step: Int) {
        guard let held = states[step]?.held else { return }
        output.append(held)
        states[step]?.held = nil
    }
}
