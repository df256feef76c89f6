public import Events
internal import JSON
internal import Tables

/// One actor takes down defences of several kinds within a day: policies, zones, logging, factors, threat protection.
///
/// An act belongs to a chain when it lies in some ``window`` of its actor with acts of at least two kinds, of which one
/// takes away (switches off or deletes), or with ``acts`` that take away. Windows that overlap make one chain.
///
/// | evidence | severity |
/// |---|---|
/// | three kinds taken away, or logging and another kind | critical |
/// | two kinds taken away | high |
/// | one kind taken away and another changed; or many of one kind taken away | medium |
/// | from a place that is new to the actor | one more |
/// | only by API token from addresses that it used a day before: automation | low |
/// | only changes, nothing taken away | silent |
public struct DefenceWeakening: Detector {
    public let id = "defence_weakening"
    public let title = "Defences taken down one after another"
    public let severity = Severity.high
    /// Impair Defenses: Disable or Modify Cloud Firewall, Disable or Modify Cloud Logs; Modify Authentication Process:
    /// Conditional Access Policies.
    public let attack = ["T1562.007", "T1562.008", "T1556.009"]
    public let needs: [EventField] = [.eventType, .actorID]

    /// In seconds.
    public let window: Double
    /// Acts of one kind that suffice within ``window``.
    public let acts: Int

    /// - Parameters:
    ///   - window: In seconds.
    ///   - acts: At least 2.
    public init(window: Double = 86_400, acts: Int = 4) {
        self.window = window
        self.acts = max(2, acts)
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let defences = DefenceActs(events)
        guard !defences.isEmpty else { return [] }
        var rowsOf: [ByteText: [Int]] = [:]
        for row in events.timeOrder where defences[row] != nil && events.time(at: row) != nil {
            if let actor = events.actorKey(at: row) { rowsOf[ByteText(actor), default: []].append(row) }
        }
        var pasts = ActorPasts(PlaceColumns(events, PersonalEvents(events)))
        let chains = rowsOf.values.flatMap { stretches(among: $0, defences, events) }
        return chains.sorted { events.isOrdered($0[0], before: $1[0]) }.map { finding($0, defences, &pasts) }
    }

    /// The chains among one actor's acts, which are in time order.
    private func stretches(among rows: [Int], _ defences: DefenceActs, _ events: EventTable) -> [[Int]] {
        var found: [Range<Int>] = [], counts = DefenceCounts(), start = 0
        for end in rows.indices {
            counts.add(defences[rows[end]], 1)
            while let first = events.time(at: rows[start]), let last = events.time(at: rows[end]),
                last.seconds(since: first) > window
            {
                counts.add(defences[rows[start]], -1)
                start += 1
            }
            guard counts.isChain(acts) else { continue }
            if let open = found.last, start < open.upperBound {
                found[found.count - 1] = open.lowerBound..<end + 1
            } else {
                found.append(start..<end + 1)
            }
        }
        return found.map { Array(rows[$0]) }
    }

    private func finding(
        _ rows: [Int], _ defences: DefenceActs, _ pasts: inout ActorPasts
    ) -> DetectionFinding {
        let places = pasts.places, events = places.events, actor = events.actorKey(at: rows[0]) ?? ""
        let name = events[rows[0]].actorLogin ?? actor
        var counts = DefenceCounts()
        for row in rows { counts.add(defences[row], 1) }
        let isNewPlace = settled(rows[0], in: events).map { limit in
            rows.contains { pasts.novelty($0, since: limit)?.isNewPlace == true }
        }
        let taken = counts.taken, names = taken.map(\.rawValue).joined(separator: ", ")
        var severity = counts.severity, why = ["Taken away: \(names)."]
        if isNewPlace == true {
            severity = severity.raised
            why.append("The place is new to the actor.")
        }
        if isAutomation(rows, actor, in: places) {
            severity = .low
            why.append("All by API token, from addresses in use for more than a day: likely automation.")
        }
        why.append("Benign where it is a planned change: ask for its ticket.")
        return finding(
            "\(name) took down defences: \(names) in \(rows.count) acts.",
            actor: actor, name: name, rows: rows, in: events, severity: severity, why: why,
            figures: [
                JSONValue.Member("taken_away", JSONValue(taken.map(\.rawValue))),
                JSONValue.Member("changed", JSONValue(counts.kinds.map(\.rawValue))),
                JSONValue.Member("targets", JSONValue(Evidence(rows, in: events).list(.targetDisplayName))),
            ])
    }

    /// Six hours before the first act: what is newer is not yet the actor's own.
    private func settled(_ row: Int, in events: EventTable) -> Int64? {
        events.time(at: row)?.advanced(bySeconds: -6 * 3600).ticks
    }

    /// Whether all was done with an API token from addresses that the actor used with one more than a day before.
    private func isAutomation(_ rows: [Int], _ actor: String, in places: PlaceColumns) -> Bool {
        let events = places.events, tokens = events.column(.requestAPITokenID).codes
        guard rows.allSatisfy({ tokens[$0] != 0 }), let start = events.time(at: rows[0]) else { return false }
        let all = events.rowsOfActor(actor)
        let before = all[..<all.position(of: start.advanced(bySeconds: -86_400), in: events)]
        let usual = Set(before.filter { tokens[$0] != 0 }.map { places.addresses[$0] })
        return rows.allSatisfy { usual.contains(places.addresses[$0]) }
    }
}

extension Severity {
    /// One step worse.
    var raised: Severity { Self.allCases.first { $0 > self } ?? self }
}
