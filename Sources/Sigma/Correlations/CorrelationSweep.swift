/// Finds the stretches of a group's items in which a correlation holds, in one pass.
struct CorrelationSweep {
    let correlation: Correlation
    /// In time order.
    let items: [CorrelationItem]

    /// A window is a run of items within the timespan. What grows with events is asked of every window, all else of the
    /// fullest ones alone: "fewer than five in an hour" is no matter of the first four of many. Windows that hold and
    /// overlap are one stretch.
    func stretches(numberOf: @escaping (UInt32) -> Double?) -> [CorrelationStretch] {
        if correlation.kind == .temporalOrdered { return orderedStretches() }
        var stretches: [CorrelationStretch] = [], start = 0
        var figures = WindowFigures(correlation, items, numberOf: numberOf)
        for end in items.indices {
            figures.add(items[end])
            while isTooLong(start, end) {
                figures.remove(items[start])
                start += 1
            }
            let isFullest = end + 1 == items.count || isTooLong(start, end + 1)
            guard isFullest || correlation.isMonotone, let figure = figures.figure, correlation.holds(figure) else {
                continue
            }
            CorrelationStretch.merge(
                CorrelationStretch(items: start..<end + 1, onset: items[end].time), into: &stretches)
        }
        return stretches
    }

    private func isTooLong(_ start: Int, _ end: Int) -> Bool {
        items[end].time.subtractingReportingOverflow(items[start].time).partialValue > correlation.timespan
    }

    /// Chains of one item of each rule, in the rules' order, within the timespan; with the items between them and those
    /// of the first rule from which a chain could have begun as well.
    ///
    /// Of the chains that have come as far as a rule only the one that began last matters: it has the most time left.
    private func orderedStretches() -> [CorrelationStretch] {
        let last = correlation.rules.count - 1, beginnings = nextBeginnings()
        var stretches: [CorrelationStretch] = [], starts = [Int?](repeating: nil, count: last + 1), window = 0
        for batch in simultaneous() {
            while isTooLong(window, batch.lowerBound) { window += 1 }
            // Of what happened at the same instant any order will do.
            for index in batch.sorted(by: { items[$0].source < items[$1].source }) {
                let source = items[index].source
                guard let start = source == 0 ? index : starts[source - 1], !isTooLong(start, index) else { continue }
                starts[source] = max(starts[source] ?? start, start)
                guard source == last else { continue }
                let range = min(beginnings[window], batch.lowerBound)..<batch.upperBound
                CorrelationStretch.merge(CorrelationStretch(items: range, onset: items[index].time), into: &stretches)
            }
        }
        return stretches
    }

    /// By item: the first at or after it that is of the first rule.
    private func nextBeginnings() -> [Int] {
        var next = items.count, beginnings = [Int](repeating: 0, count: items.count)
        for index in items.indices.reversed() {
            if items[index].source == 0 { next = index }
            beginnings[index] = next
        }
        return beginnings
    }

    /// The items in runs of the same time.
    private func simultaneous() -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in items.indices {
            if let last = runs.last, items[last.lowerBound].time == items[index].time {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
