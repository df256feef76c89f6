internal import Diagnostics
internal import Hunting
internal import JSON
internal import Tables

/// A rule that is tried in a service: one query over the stretch that was hunted, whatever the rule's own period.
///
/// More queries, one for each run of the rule, would cost the workspace more than they tell; the rows say by their
/// times which runs would have raised them.
struct HuntTrial {
    let hunt: Hunt
    let rule: HuntRule
    let written: WrittenRule

    /// The stretch that was hunted; of a rule that counts, no more than one of its runs looks back over.
    var range: HuntRange {
        let longest = rule.isGrouped ? Double(written.schedule.period) : .infinity
        let from = max(hunt.from, hunt.until.advanced(bySeconds: -min(longest, hunt.until.seconds(since: hunt.from))))
        return HuntRange(from: from, until: hunt.until, words: "the stretch that was hunted")
    }

    /// What stands beside the query when it is shown.
    var notes: [String] {
        ["this tries the rule \"\(written.title.visible(limit: 120))\" before it is deployed"]
            + (written.tellsLast ? ["without the rule's last line, which keeps a run from reporting again"] : [])
    }

    /// What the rule would have done, by the rows that the query gave.
    func dryRun(of found: RemoteRows) -> RuleDryRun {
        var dry = RuleDryRun(), buckets: Set<Int> = []
        let frequency = Double(written.schedule.frequency), range = range
        dry.place = hunt.place.rawValue
        dry.hasSource = hunt.rowCount > 0
        dry.runs = rule.isGrouped ? 1 : max(1, Int((range.seconds / frequency).rounded(.up)))
        dry.notes = found.notes
        var places: [[String]: Int] = [:], seen: [[String]: Set<Int>] = [:]
        for row in 0..<found.rows.count {
            let time = rule.time.flatMap { Timestamp(found.rows.value(row, $0)) } ?? range.until
            let bucket = rule.isGrouped ? 0 : Int((time.seconds(since: range.from) / frequency).rounded(.down))
            buckets.insert(bucket)
            let key = written.entities.map { found.rows.value(row, $0.column) }
            seen[key, default: []].insert(bucket)
            dry.put(key, at: time, isOfSource: isOfSource(key), &places)
        }
        for (key, place) in places { dry.alerts[place].times = seen[key]?.count ?? 1 }
        dry.alerts.sort { $0.first < $1.first }
        dry.fired = buckets.count
        return dry
    }

    /// A row of what the hunt asked for or found. A hunt of no one in particular found all of them, and rows that name
    /// no one are everyone's.
    private func isOfSource(_ key: [String]) -> Bool {
        let namesSomeone = written.entities.contains { ["Host", "Account", "IP"].contains($0.type) }
        guard !rule.names.isEmpty, namesSomeone else { return true }
        let names = rule.names.map { $0.lowercased() }
        return key.contains { value in
            let value = value.lowercased()
            return names.contains { value == $0 || value.hasPrefix($0 + ".") || value.hasPrefix($0 + "@") }
        }
    }
}

extension RuleDryRun {
    /// Counts a row for its entities.
    fileprivate mutating func put(
        _ key: [String], at time: Timestamp, isOfSource: Bool, _ places: inout [[String]: Int]
    ) {
        guard let place = places[key] else {
            places[key] = alerts.count
            alerts.append(.init(entities: key, times: 1, first: time, last: time, isOfSource: isOfSource))
            return
        }
        let old = alerts[place]
        alerts[place] = .init(
            entities: key, times: old.times, first: min(old.first, time), last: max(old.last, time),
            isOfSource: old.isOfSource || isOfSource)
    }
}

extension HuntRows {
    /// A value as text; empty where there is none.
    func value(_ row: Int, _ column: String) -> String {
        guard let place = columns.firstIndex(where: { isSame($0.name, column) }) else { return "" }
        switch rows[row][place] {
        case .string(let text): return text
        case .null: return ""
        case let other: return other.text
        }
    }
}
