internal import Detection
internal import Diagnostics
internal import Events
internal import Hunting
internal import Pipeline
internal import Tables

extension SessionState {
    /// The order of events of an incident, finding, actor or address; without a name of all findings.
    ///
    /// An actor's story holds what others did to it, too. Of the filter the times and the limit count; the limit is one
    /// of entries.
    func timeline(of name: String?, _ filter: EventFilter, now: Timestamp) throws(Diagnostic) -> TimelineOutcome {
        var subject: StorySubject?
        if let name { subject = try self.subject(named: name) }
        let window = try TimeWindowRequest(since: filter.since, until: filter.until).resolved(now: now)
        let marks = findingMarks()
        let rows = try rows(of: subject, marks: marks).filter { window.contains(events.time(at: $0)) }
        let runs = try EventRuns(rows, in: events, marks: marks).runs
        let entries = entries(of: runs, limit: filter.limit)
        let named = runs.prefix(filter.limit).flatMap(\.marks)
        return TimelineOutcome(
            subject: subject, entries: entries, entryCount: runs.count, matching: rows.count, loaded: events.count,
            findings: distinct(named).map { findings[$0] },
            cited: cited(by: subject, in: window, limit: filter.limit), isDetected: isDetected)
    }

    /// The rows of other tables that the findings of a subject rest on. Linear in the findings.
    private func cited(
        by subject: StorySubject?, in window: TimeWindow, limit: Int
    ) -> [(finding: String, row: CitedRow)] {
        let chosen = findings.filter { finding in
            switch subject {
            case nil: true
            case .finding(let one): finding.id == one.id
            case .incident(let incident): incident.findingIDs.contains(finding.id)
            case .account, .address: subject.map { finding.isHunted(for: $0) } ?? false
            }
        }
        let rows = chosen.flatMap { finding in finding.citedRows.map { (finding: finding.id, row: $0) } }
            .filter { window.contains($0.row.time) }
        return Array(rows.sorted { ($0.row.time?.ticks ?? .min) < ($1.row.time?.ticks ?? .min) }.prefix(limit))
    }

    /// The findings of each row that belongs to some, as places in the list of findings. Linear in their events.
    func findingMarks() -> [Int: [Int]] {
        var marks: [Int: [Int]] = [:]
        for (index, finding) in findings.enumerated() {
            for id in finding.oktaEventIDs {
                if let row = events.row(ofID: id), marks[row]?.last != index { marks[row, default: []].append(index) }
            }
        }
        return marks
    }

    private func rows(of subject: StorySubject?, marks: [Int: [Int]]) throws(Diagnostic) -> [Int] {
        switch subject {
        case nil: return ordered(marks.keys)
        case .finding(let finding): return rows(of: [finding.id])
        case .incident(let incident): return rows(of: incident.findingIDs)
        case .account(let account):
            let done = account.rows(in: events), suffered = try account.rowsAsTarget(in: events)
            return suffered.isEmpty ? done : ordered(done + suffered)
        case .address(let address): return try rows(ofAddress: address)
        }
    }

    private func rows(of ids: [String]) -> [Int] {
        let chosen = Set(ids)
        let events = findings.filter { chosen.contains($0.id) }.flatMap(\.oktaEventIDs)
        return ordered(Set(events.compactMap { self.events.row(ofID: $0) }))
    }

    /// The events that come from an address, in time order. Linear in the events.
    func rows(ofAddress address: String) throws(Diagnostic) -> [Int] {
        let column = events.column(.ipAddress)
        guard let code = column.code(of: address) else { return [] }
        return try events.timeOrder.rows { column.codes[$0] == code }
    }

    private func ordered(_ rows: some Sequence<Int>) -> [Int] { rows.sorted { events.isOrdered($0, before: $1) } }

    private func entries(of runs: [EventRuns.Run], limit: Int) -> [TimelineEntry] {
        var latest: Timestamp?
        return runs.prefix(limit).map { run in
            let event = events[run.row], last = events.time(at: run.lastRow)
            let gap = latest.flatMap { before in event.published.map { max(0, $0.seconds(since: before)) } }
            latest = [latest, last].compactMap { $0 }.max()
            return TimelineEntry(
                event: event, last: last, count: run.count, gap: gap, actors: run.actors.count,
                addresses: run.addresses.count, findingIDs: run.marks.map { findings[$0].id })
        }
    }

    private func distinct(_ numbers: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return numbers.filter { seen.insert($0).inserted }
    }
}
