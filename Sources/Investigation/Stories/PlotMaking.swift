internal import Diagnostics
internal import Events
internal import Tables

extension SessionState {
    /// Counts what a plot draws. Linear in the events, but for the order of the distinct values.
    func plot(_ request: PlotRequest, now: Timestamp) throws(Diagnostic) -> PlotOutcome {
        var rows = try request.filter.rows(of: events, now: now)
        if request.what == "failures" { rows = try failures(among: rows) }
        let timed = rows.prefix { events.time(at: $0) != nil }
        let figures: PlotOutcome.Figures, valued: Int
        if request.what == "events" {
            figures = .columns(try TimeSeries(rows, in: events, by: request.unit))
            valued = timed.count
        } else {
            let bars = request.what == "failures" ? actorBars(rows) : bars(of: request.what, rows)
            figures = .bars(Array(bars.prefix(request.filter.limit)), distinct: bars.count)
            valued = bars.reduce(0) { $0 + $1.count }
        }
        return PlotOutcome(
            request: request, figures: figures, matching: rows.count, without: rows.count - valued,
            loaded: events.count,
            first: timed.first.flatMap { events.time(at: $0) }, last: timed.last.flatMap { events.time(at: $0) })
    }

    /// Events that Okta refused: the same that a question about failures means.
    private func failures(among rows: [Int]) throws(Diagnostic) -> [Int] {
        let outcomes = events.column(.outcomeResult)
        let isFailure = outcomes.passes { ["FAILURE", "DENY"].contains($0) }
        guard !Task.isCancelled else { throw Diagnostic.interrupted }
        return rows.filter { isFailure[Int(outcomes.codes[$0])] }
    }

    private func actorBars(_ rows: [Int]) -> [PlotOutcome.Bar] {
        var counts: [ByteText: (row: Int, count: Int)] = [:]
        for row in rows {
            guard let key = events.actorKey(at: row) else { continue }
            counts[ByteText(key), default: (row, 0)].count += 1
        }
        return ranked(
            counts.map { key, value in
                PlotOutcome.Bar(value: events[value.row].actorLogin ?? key.text, count: value.count, id: key.text)
            })
    }

    private func bars(of name: String, _ rows: [Int]) -> [PlotOutcome.Bar] {
        if name == NumberField.asNumber.rawValue { return networkBars(rows) }
        let field: EventField =
            switch name {
            case "countries": .country
            case "types": .eventType
            default: EventField(rawValue: name) ?? .eventType
            }
        let column = events.column(field)
        var counts = [Int](repeating: 0, count: column.dictionary.count)
        for row in rows { counts[Int(column.codes[row])] += 1 }
        return ranked(
            counts.indices.dropFirst().filter { counts[$0] > 0 }.map { code in
                PlotOutcome.Bar(value: column.dictionary[code], count: counts[code], id: nil)
            })
    }

    private func networkBars(_ rows: [Int]) -> [PlotOutcome.Bar] {
        var counts: [Int64: Int] = [:]
        for row in rows {
            guard let network = events.number(.asNumber, at: row).flatMap({ Int64(exactly: $0.rounded()) }) else {
                continue
            }
            counts[network, default: 0] += 1
        }
        return ranked(counts.map { PlotOutcome.Bar(value: "AS\($0)", count: $1, id: nil) })
    }

    /// The most first; equal ones by the bytes of their values, so that the order is always the same.
    private func ranked(_ bars: [PlotOutcome.Bar]) -> [PlotOutcome.Bar] {
        bars.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            if !left.value.utf8.elementsEqual(right.value.utf8) {
                return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
            }
            return (left.id ?? "").utf8.lexicographicallyPrecedes((right.id ?? "").utf8)
        }
    }
}
