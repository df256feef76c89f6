internal import Events

// Which rules an event may match at all, found out without asking each rule.
extension Evaluator {
    /// Finds the rules without triggers and those of which a trigger holds, or its column does not tell.
    mutating func findCandidates(_ row: Int, _ plan: TypePlan) {
        candidates.removeAll(keepingCapacity: true)
        candidates.append(contentsOf: plan.always)
        for place in 0..<plan.columns.count {
            let column = plan.columns[place], code = columns.code(column, row: row)
            if code == 0 {
                add(plan.testsOfColumns[place], row, plan)
            } else {
                let tests = held.tests(column, code, &columns)
                if tests > 0 { add(held.lists[tests], row, plan) }
            }
        }
        guard plan.slots.count > 0 else { return }
        let event = events[row]
        event.withRawBytes { raw in
            if event.isLogEvent, let required = plan.required, isLacking(required, row, raw) { return }
            values.take(event, raw, wanted: plan.triggerNodes)
            for place in 0..<plan.slots.count { addValues(of: plan.slots[place], row, plan) }
        }
    }

    private mutating func addValues(of slot: Int, _ row: Int, _ plan: TypePlan) {
        var place = values.scanner.found.last(slot)
        while place >= 0 {
            let value = values.scanner.found.values[place]
            let tests = value.kind == .nothing ? 0 : held.tests(slot, place, &values)
            if tests > 0 { add(held.lists[tests], row, plan) }
            place = value.previous
        }
    }

    private mutating func add(_ tests: [Int], _ row: Int, _ plan: TypePlan) {
        for test in tests {
            for rule in plan.rulesOfTest[test] ?? [] where lastRow[Int(rule)] != row {
                lastRow[Int(rule)] = row
                candidates.append(rule)
            }
        }
    }

    /// Passes over the rules that cannot match as the bytes lack what one of their tests requires: to look for a text
    /// or two is cheaper than to read the event.
    mutating func passOver(_ row: Int, _ raw: UnsafeRawBufferPointer) {
        var left = 0
        for place in open.indices {
            let rule = open[place]
            let known = program.truth(program.roots[Int(rule)]) { test in
                let known = columns.answer(test, row: row)
                return known == .unknown && isLacking(test, row, raw) ? .no : known
            }
            if known == .yes { matching.append(rule) }
            if known == .unknown {
                open[left] = rule
                left += 1
            }
        }
        open.removeLast(open.count - left)
    }

    /// Whether the bytes lack what a test requires; looked for once in an event.
    private mutating func isLacking(_ test: Int, _ row: Int, _ raw: UnsafeRawBufferPointer) -> Bool {
        guard let required = program.required[test] else { return false }
        if searched[test] != row {
            searched[test] = row
            isMissing[test] = isLacking(required, row, raw)
        }
        return isMissing[test]
    }

    private mutating func isLacking(_ required: RequiredTexts, _ row: Int, _ raw: UnsafeRawBufferPointer) -> Bool {
        guard !required.stand(in: raw) else { return false }
        if escaped.row != row { escaped = (row, RequiredTexts.mayBeEscaped(in: raw)) }
        return !escaped.is
    }
}
