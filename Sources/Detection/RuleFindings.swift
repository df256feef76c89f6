internal import Diagnostics
internal import Digests
internal import Events
internal import JSON
public import Sigma
internal import Tables

/// Makes findings of the events that rules matched.
///
/// The matches of a plain rule are one finding for each actor, and for the address where no actor is named, as long as
/// less than a day lies between them; it grows with its evidence. A rule of little weight that fits many actors tells
/// of the org's ways and of nobody in particular: that is one finding for all. A match of a correlation is one finding.
///
/// A built-in rule that its tags ask to be weighed (see ``RuleWeight``) is a step milder where the actor is in a usual
/// place.
struct RuleFindings {
    /// Matches further apart than this, in seconds, are findings of their own.
    static let reach = 86_400.0
    /// A rule that fits more actors than this makes one finding of them all; one of high or worse never does.
    static func actorLimit(_ level: RuleLevel) -> Int { level < .medium ? 10 : level == .medium ? 25 : .max }

    let events: EventTable
    private let actors: StringColumn, logins: StringColumn, addresses: StringColumn
    /// Made when the first rule asks for it.
    private var weight: RuleWeight?

    init(_ events: EventTable) {
        self.events = events
        actors = events.column(.actorID)
        logins = events.column(.actorAlternateID)
        addresses = events.column(.ipAddress)
    }

    /// In the order of their first events. Linear in the match's events.
    mutating func findings(of match: RuleMatch) -> [DetectionFinding] {
        if weight == nil, match.rule.isWeighed { weight = RuleWeight(events) }

        if match.rule.isCorrelation {
            let key = match.group.map { $0.field + "=" + $0.value }.joined(separator: "; ")
            let mitigation = mitigation(of: match.rule, match.rows)
            return [finding(of: match.rule, match.rows, groupKey: key, group: match.group, mitigation: mitigation)]
        }
        let groups = groups(match.rows)
        guard groups.count <= Self.actorLimit(match.rule.level) else {
            return stretches(match.rows).map { finding(of: match.rule, $0, groupKey: "all", actorCount: groups.count) }
        }
        return groups.flatMap { group in
            stretches(group.rows).map { rows in
                finding(of: match.rule, rows, groupKey: group.key, mitigation: mitigation(of: match.rule, rows))
            }
        }
    }

    private mutating func mitigation(of rule: Rule, _ rows: [Int]) -> String? {
        rule.isWeighed ? weight?.mitigation(of: rows) : nil
    }

    /// The rows by who acted, in the order of their first rows.
    private func groups(_ rows: [Int]) -> [(key: String, rows: [Int])] {
        var places: [UInt64: Int] = [:], ofKeys: [ByteText: Int] = [:], groups: [(key: String, rows: [Int])] = []
        for row in rows {
            let codes = UInt64(actors.codes[row]) << 32 | UInt64(logins.codes[row])
            if codes != 0, let place = places[codes] {
                groups[place].rows.append(row)
                continue
            }
            let key = events.actorKey(at: row).map { "actor " + $0 } ?? "address " + (addresses[row] ?? "")
            if let place = ofKeys[ByteText(key)] {
                groups[place].rows.append(row)
            } else {
                ofKeys[ByteText(key)] = groups.count
                groups.append((key, [row]))
            }
            if codes != 0 { places[codes] = ofKeys[ByteText(key)] }
        }
        return groups
    }

    /// The rows, in time order, cut where a day or more lies between two.
    func stretches(_ rows: [Int]) -> [[Int]] {
        var stretches: [[Int]] = [], last: Timestamp?
        for row in rows {
            let time = events.time(at: row)
            let gap = time.flatMap { time in last.map { time.seconds(since: $0) } } ?? 0
            if stretches.isEmpty || gap >= Self.reach { stretches.append([]) }
            stretches[stretches.count - 1].append(row)
            last = time ?? last
        }
        return stretches
    }
}

// MARK: Writing the finding

extension RuleFindings {
    /// - Parameters:
    ///   - actorCount: Of a finding about many actors, how many the rule fits in all.
    ///   - mitigation: What speaks for the actor.
    ///   - user: Whom the rule itself says it is about.
    ///   - more: Figures of the rule's own.
    func finding(
        of rule: Rule, _ rows: [Int], groupKey: String, group: [RuleMatch.GroupValue] = [], actorCount: Int? = nil,
        mitigation: String? = nil, user: String? = nil, more: [JSONValue.Member] = []
    ) -> DetectionFinding {
        let figures = EvidenceFigures(rows, in: events)
        // Whose own rules run wants to know every event; a built-in rule names as many as a detector does, and so does
        // a query, whose rows stand for events that it only counted.
        let isLimited = rule.isBuiltIn || rule.isQuery
        let ids = isLimited ? figures.eventIDs : rows.map { events[$0].id }
        let name = rule.findingName, who = title(of: rows, actorCount)
        let severity = mitigation == nil ? rule.severity : rule.severity.lowered
        return DetectionFinding(
            id: NameUUID.of(["finding", name, rule.id, groupKey, ids[0]]), findingType: name,
            description: description(of: rule, rows, who, figures), oktaEventIDs: ids,
            userID: user ?? subject(of: rows) ?? "", createdAt: figures.last,
            heading: [
                JSONValue.Member("rule_id", .string(rule.id)), JSONValue.Member("title", .string(rule.title)),
                JSONValue.Member("severity", .string(severity.rawValue)),
                JSONValue.Member("attack", JSONValue(rule.attack)),
                JSONValue.Member("attack_version", .string(Detectors.attackVersion)),
                JSONValue.Member("level", .string(rule.level.rawValue)),
                JSONValue.Member("rule", .string(rule.place.description)),
            ],
            figures: figures.members(
                actor: who, window: nil, why: rule.reasons + (mitigation.map { [$0] } ?? []),
                own(rule, rows, figures, group, actorCount) + more)
                .filter { isLimited || $0.key != "more_events" })
    }

    private func own(
        _ rule: Rule, _ rows: [Int], _ figures: EvidenceFigures, _ group: [RuleMatch.GroupValue], _ actorCount: Int?
    ) -> [JSONValue.Member] {
        let members = group.map { JSONValue.Member($0.field, .string($0.value)) }
        return [
            JSONValue.Member("event_types", JSONValue(figures.list(.eventType))),
            JSONValue.Member("targets", JSONValue(figures.list(.targetDisplayName))),
            JSONValue.Member("group", group.isEmpty ? .null : .object(members)),
            JSONValue.Member("user_count", actorCount.map { .integer(Int64($0)) } ?? .null),
            JSONValue.Member("scope", actorCount == nil ? .null : "organization"),
        ].filter { !$0.value.isNull }
    }

    private func description(of rule: Rule, _ rows: [Int], _ who: String, _ figures: EvidenceFigures) -> String {
        let addresses = figures.list(.ipAddress), count = figures.count(of: .ipAddress)
        let source = addresses.first.map { " from " + $0 + (count > 1 ? " and \(count - 1) more" : "") } ?? ""
        let time = rows.count > 1 && figures.duration > 0 ? " within \(clockSpan(figures.duration))" : ""
        let owner = who.isEmpty ? "" : " of \(who)"
        return "\(rule.title): \(counted(rows.count, "event"))\(owner)\(source)\(time)."
    }

    /// The actor of most events; of several the first in time.
    private func subject(of rows: [Int]) -> String? {
        var counts: [UInt32: Int] = [:]
        for row in rows where actors.codes[row] != 0 { counts[actors.codes[row], default: 0] += 1 }
        let most = rows.reduce(rows[0]) { (counts[actors.codes[$1]] ?? 0) > (counts[actors.codes[$0]] ?? 0) ? $1 : $0 }
        return events.actorKey(at: most) ?? rows.lazy.compactMap { self.events.actorKey(at: $0) }.first
    }

    /// `ann@example.com`, `ann@example.com and 2 more`, or `14 actors`.
    private func title(of rows: [Int], _ actorCount: Int?) -> String {
        if let actorCount { return counted(actorCount, "actor") }
        var seen: Set<UInt64> = [], first: String?
        for row in rows {
            let codes = UInt64(actors.codes[row]) << 32 | UInt64(logins.codes[row])
            guard codes != 0, seen.insert(codes).inserted else { continue }
            first = first ?? events[row].actorLogin ?? events.actorKey(at: row)
        }
        return (first ?? "") + (seen.count > 1 ? " and \(seen.count - 1) more" : "")
    }
}

extension Rule {
    /// The `finding_type` of its findings: the name of a built-in rule, the id of any other.
    public var findingName: String { isBuiltIn ? name ?? id : id }

    var isBuiltIn: Bool { place.file.hasPrefix(BuiltInRules.prefix) }

    var severity: Severity { Severity(rawValue: level.rawValue) ?? .low }

    /// What it means, and what else it may be, in the words of its author.
    fileprivate var reasons: [String] {
        (description.isEmpty ? [] : [description]) + falsePositives.map { "Benign if: \($0)" }
    }
}
