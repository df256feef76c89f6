internal import Events
internal import Detection
internal import Digests
internal import JSON
internal import Tables

/// Makes incidents of scored findings.
///
/// Promoted findings that share actor, session, address or an event, with less than a day between them, are one
/// incident. Findings that were not promoted join as context; alone they make none. So do suppressed findings,
/// whose score counts for nothing.
enum IncidentBuilder {
    /// Findings further apart than this, in seconds, are not joined by what they share.
    static let reach = 86_400.0
    /// Findings of an incident that its `chain` describes; all of them are in `finding_ids`.
    static let chainLimit = 100

    /// The incidents of a case file, in the order of their first event. Sorting aside linear in the findings.
    static func incidents(in file: CaseFile) -> [SecurityIncident] {
        let scores = Dictionary(file.scores.map { ($0.findingID, $0) }) { _, last in last }
        let traces = file.findings.map { Trace($0, scores[$0.id], in: file) }.sorted(by: Trace.isEarlier)
        let promoted = traces.filter(\.isPromoted)
        var groups = merged(promoted)
        let claims = nearestGroup(for: traces.filter { !$0.isPromoted }, among: groups)
        for (trace, group) in claims { groups[group].context.append(trace) }
        return groups.map { incident($0) }
    }

    /// The traces that make one incident, promoted ones and context, each in time order.
    private struct Group {
        var promoted: [Trace]
        var context: [Trace] = []
    }

    private static func merged(_ traces: [Trace]) -> [Group] {
        var sets = DisjointSets(count: traces.count)
        for holders in sharing(traces.indices.flatMap { index in traces[index].keys.map { ($0, index) } }) {
            var open = holders[0], end = traces[open].last
            for index in holders.dropFirst() {
                if Trace.gap(from: end, to: traces[index].first) <= reach { sets.join(open, index) }
                open = index
                end = max(end, traces[index].last)
            }
        }
        return sets.groups.map { Group(promoted: $0.map { traces[$0] }) }
    }

    /// For each piece of context the first group that it shares something with.
    private static func nearestGroup(for context: [Trace], among groups: [Group]) -> [(Trace, Int)] {
        var holders: [ByteText: [(group: Int, trace: Trace)]] = [:]
        for (index, group) in groups.enumerated() {
            for trace in group.promoted { for key in trace.keys { holders[key, default: []].append((index, trace)) } }
        }
        return context.compactMap { trace in
            let matches = trace.keys.flatMap { holders[$0] ?? [] }.filter { trace.isNear($0.trace) }
            return matches.map(\.group).min().map { (trace, $0) }
        }
    }

    /// The indices that hold the same key, for each key that several hold.
    private static func sharing(_ pairs: [(ByteText, Int)]) -> [[Int]] {
        Dictionary(grouping: pairs, by: \.0).values.map { $0.map(\.1) }.filter { $0.count > 1 }
    }
}

// MARK: Writing the incident

extension IncidentBuilder {
    private static func incident(_ group: Group) -> SecurityIncident {
        let all = group.promoted + group.context
        let lead = group.promoted[0].finding
        let worst = group.promoted.enumerated()
            .max { ($0.element.score, $1.offset) < ($1.element.score, $0.offset) }?.element ?? group.promoted[0]
        let names = distinct(group.promoted.map(\.finding.actorName))
        return SecurityIncident(
            id: NameUUID.of(["incident", lead.id]), findingID: lead.id, title: title(worst.finding, names),
            description: description(worst.finding, all), severity: group.promoted.map(\.severity).max() ?? .high,
            riskScore: all.filter { !$0.finding.isSuppressed }.map(\.score).max() ?? 0, createdAt: all.compactMap(\.lastSeen).max(),
            metadata: metadata(group, names), findingIDs: all.map(\.finding.id),
            actors: distinct(all.map(\.finding.userID)), ips: distinct(all.flatMap(\.ips)),
            firstSeen: all.compactMap(\.firstSeen).min(), lastSeen: all.compactMap(\.lastSeen).max(),
            attack: distinct(all.flatMap(\.finding.attack)))
    }

    private static func title(_ worst: DetectionFinding, _ names: [String]) -> String {
        let who = names.count > 1 ? "\(names[0]) and \(names.count - 1) more" : names.first ?? worst.userID
        return "\(worst.title): \(who)"
    }

    private static func description(_ worst: DetectionFinding, _ all: [Trace]) -> String {
        let others = all.map(\.finding).filter { $0.id != worst.id }.map(\.description)
        let shown = ([worst.description] + others).prefix(5).joined(separator: " ")
        return others.count > 4 ? shown + " And \(others.count - 4) more findings." : shown
    }

    private static func metadata(_ group: Group, _ names: [String]) -> JSONValue {
        let chain = (group.promoted + group.context).sorted(by: Trace.isEarlier).prefix(chainLimit).map { trace -> JSONValue in
            let link: JSONValue = [
                "finding_id": .string(trace.finding.id), "finding_type": .string(trace.finding.findingType),
                "promoted": .bool(trace.isPromoted), "first_seen": JSONValue(trace.firstSeen?.description),
                "last_seen": JSONValue(trace.lastSeen?.description),
            ]
            return trace.finding.isSuppressed ? link.setting("suppressed", to: true) : link
        }
        return [
            "promoted": .integer(Int64(group.promoted.count)), "actor_names": JSONValue(names), "chain": .array(chain),
        ]
    }

    private static func distinct(_ texts: [String]) -> [String] {
        var seen: Set<ByteText> = []
        return texts.filter { !$0.isEmpty && seen.insert(ByteText($0)).inserted }
    }
}

// MARK: What a finding leaves behind

/// A finding with its score, its time and all by which it may be tied to others.
private struct Trace {
    let finding: DetectionFinding
    let isPromoted: Bool
    let severity: Severity
    let score: Double
    let firstSeen: Timestamp?
    let lastSeen: Timestamp?
    let ips: [String]
    let keys: Set<ByteText>

    /// ``firstSeen`` and ``lastSeen`` in ticks; a finding without time lies at 0.
    var first: Int64 { firstSeen?.ticks ?? 0 }
    var last: Int64 { lastSeen?.ticks ?? first }

    init(_ finding: DetectionFinding, _ score: RiskScore?, in file: CaseFile) {
        self.finding = finding
        isPromoted = score?.promotes(finding, threshold: file.promoteThreshold) ?? false
        severity = score?.severity ?? finding.severity
        self.score = score?.score ?? 0
        let events = file.rows(of: finding).map { file.events[$0] }
        let times = events.compactMap(\.published)
        firstSeen = times.min() ?? finding.metadata["first_seen"]?.string.flatMap { Timestamp($0) } ?? finding.createdAt
        lastSeen = times.max() ?? finding.createdAt
        let addresses = events.compactMap(\.ipAddress) + (finding.metadata["ips"]?.strings ?? [])
        ips = addresses.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        let sessions = events.compactMap(\.sessionID)
        keys = Set(
            (["actor " + finding.userID] + ips.map { "address " + $0 } + sessions.map { "session " + $0 }
                + finding.oktaEventIDs.map { "event " + $0 }).map(ByteText.init))
    }

    static func isEarlier(_ left: Trace, _ right: Trace) -> Bool {
        (left.first, left.finding.id) < (right.first, right.finding.id)
    }

    /// Seconds between two moments in ticks.
    static func gap(from end: Int64, to start: Int64) -> Double {
        Double(start - end) / Double(Timestamp.ticksPerSecond)
    }

    func isNear(_ other: Trace) -> Bool {
        Trace.gap(from: min(last, other.last), to: max(first, other.first)) <= IncidentBuilder.reach
    }
}

/// A division of the numbers below a count into sets that can be joined.
private struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    private mutating func root(_ element: Int) -> Int {
        var element = element
        while parents[element] != element {
            parents[element] = parents[parents[element]]
            element = parents[element]
        }
        return element
    }

    /// Joins two sets; the smaller root stays, so that a set is named by its smallest element.
    mutating func join(_ left: Int, _ right: Int) {
        let (left, right) = (root(left), root(right))
        parents[max(left, right)] = min(left, right)
    }

    /// The sets by their smallest element, each in rising order.
    var groups: [[Int]] {
        var copy = self, groups: [Int: [Int]] = [:]
        for element in parents.indices { groups[copy.root(element), default: []].append(element) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
