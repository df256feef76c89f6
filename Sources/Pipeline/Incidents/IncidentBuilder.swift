internal import Detection
internal import Events
internal import Tables

/// Makes incidents of scored findings.
///
/// Promoted findings that share actor, session, address, an event or the source of an attack, with less than a day
/// between them, are one incident; an address counts only where it tells something: see ``AddressTies``. Findings that
/// were not promoted join as context; alone they make none. So do suppressed findings, whose score counts for nothing.
enum IncidentBuilder {
    /// Findings further apart than this, in seconds, are not joined by what they share.
    static let reach = 86_400.0

    /// The incidents of a case file, in the order of their first event. Linear in the events, sorting aside in the
    /// findings.
    static func incidents(in file: CaseFile) -> [SecurityIncident] {
        let traces = traces(in: file).sorted(by: Trace.isEarlier)
        let promoted = traces.filter(\.isPromoted)
        var groups = merged(promoted)
        let claims = closestGroups(for: traces.filter { !$0.isPromoted }, among: groups)
        for (trace, group) in claims { groups[group].context.append(trace) }
        return groups.map(\.incident)
    }

    private static func traces(in file: CaseFile) -> [Trace] {
        let scores = Dictionary(file.scores.map { ($0.findingID, $0) }) { _, last in last }
        let isAnyPromoted = file.scores.contains { $0.isPromoted(threshold: file.promoteThreshold) }
        guard isAnyPromoted else { return [] }
        let rows = file.findings.map { file.rows(of: $0) }
        let ties = AddressTies(file.events, among: rows.flatMap { $0 })
        return zip(file.findings, rows).map { Trace($0, scores[$0.id], rows: $1, in: file, ties) }
    }

    private static func merged(_ traces: [Trace]) -> [IncidentGroup] {
        var sets = DisjointSets(count: traces.count)
        for holders in sharing(traces.indices.flatMap { index in traces[index].keys.map { ($0, index) } }) {
            var open = holders[0], end = traces[open].last
            for index in holders.dropFirst() {
                if Trace.gap(from: end, to: traces[index].first) <= reach { sets.join(open, index) }
                open = index
                end = max(end, traces[index].last)
            }
        }
        return sets.groups.map { IncidentGroup(promoted: $0.map { traces[$0] }) }
    }

    /// For each piece of context the group that it shares most with, the first of several.
    private static func closestGroups(for context: [Trace], among groups: [IncidentGroup]) -> [(Trace, Int)] {
        var holders: [ByteText: [(group: Int, trace: Trace)]] = [:]
        for (index, group) in groups.enumerated() {
            for trace in group.promoted { for key in trace.keys { holders[key, default: []].append((index, trace)) } }
        }
        return context.compactMap { trace in
            var shared: [Int: Int] = [:]
            for key in trace.keys {
                let near = Set((holders[key] ?? []).filter { trace.isNear($0.trace) }.map(\.group))
                for group in near { shared[group, default: 0] += 1 }
            }
            return shared.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { (trace, $0.key) }
        }
    }

    /// The indices that hold the same key, for each key that several hold.
    private static func sharing(_ pairs: [(ByteText, Int)]) -> [[Int]] {
        Dictionary(grouping: pairs, by: \.0).values.map { $0.map(\.1) }.filter { $0.count > 1 }
    }
}
