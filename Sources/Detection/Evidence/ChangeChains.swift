internal import Events
internal import JSON
internal import Tables

/// Changes to an account, and what its owner, or somebody else, then did with it from a place that is new to it.
struct ChangeChain {
    /// An act from a new place.
    struct Entry {
        let row: Int
        let novelty: ActorPast.Novelty
        let doubt: SharedExits.Doubt?

        /// What the act by itself says. The device that the user had before speaks for the user.
        var severity: Severity {
            if novelty.isKnownDevice || doubt == .known || doubt == .shared { return .low }
            return novelty.isNewDevice ? .high : doubt == nil ? .medium : .low
        }
    }

    let subject: String
    /// In time order; never empty.
    let changes: [Int]
    /// Of at least medium severity, in time order; never empty.
    let entries: [Entry]
    /// Sensitive acts among the entries.
    let acts: [Int]

    var severity: Severity { entries.map(\.severity).max() ?? .low }
    var rows: [Int] { changes + entries.map(\.row) }

    /// What findings say of it: the first change, the first act from the new place, and the types of sensitive acts.
    func figures(in events: EventTable) -> [JSONValue.Member] {
        [
            JSONValue.Member("change", EventPlace(changes[0], in: events).json),
            JSONValue.Member("entry", EventPlace(entries[0].row, in: events).json),
            JSONValue.Member("acts", JSONValue(distinct(acts.map { events[$0].eventType }))),
        ]
    }

    /// What makes it attack-like.
    var reasons: [String] {
        let novelties = entries.map(\.novelty)
        var reasons = ["The account then acted from an address that was new to it."]
        if novelties.contains(where: { $0.country == true }) { reasons.append("The country was new to it, too.") }
        if novelties.contains(where: { $0.network == true }) { reasons.append("The network was new to it, too.") }
        if novelties.contains(where: { $0.isFar == true }) { reasons.append("It is far from all its usual places.") }
        if novelties.contains(where: \.isNewDevice) { reasons.append("The device or browser was new to it, too.") }
        for doubt in Set(entries.compactMap(\.doubt)).sorted(by: { $0.rawValue < $1.rawValue }) {
            reasons.append("The address \(doubt.rawValue).")
        }
        return reasons
    }
}

/// How long after a change, and compared with what, an act counts.
struct ChangeLimits: Hashable, Sendable {
    /// In seconds after a change.
    let window: Double
    /// In seconds before a change: what is newer is not yet the account's own.
    let settling: Double
    /// Sign-ins before that; without them nothing can be called new.
    let earlierSignIns: Int
    let accountsOfExit: Int
}

/// Looks for acts from new places after changes. Each account's events are read twice, however many changes there are.
struct ChangeChains {
    private let events: EventTable
    private let places: PlaceColumns
    private let limits: ChangeLimits
    private let exits: SharedExits
    private let sensitive: SensitiveActs
    private var families: AgentFamilies

    init(_ events: EventTable, limits: ChangeLimits) {
        let personal = PersonalEvents(events)
        self.events = events
        self.limits = limits
        places = PlaceColumns(events, personal)
        exits = SharedExits(events, personal, accounts: limits.accountsOfExit)
        sensitive = SensitiveActs(events)
        families = AgentFamilies(events)
    }

    /// The chains in the order of their first changes.
    ///
    /// - Parameter changes: In time order, each with the account it is about.
    mutating func chains(_ changes: [(subject: String, row: Int)]) -> [ChangeChain] {
        let bySubject = Dictionary(grouping: changes) { ByteText($0.subject) }
        var found: [ChangeChain] = []
        for (subject, changes) in bySubject {
            let rows = events.rowsOfActor(subject.text)
            guard !rows.isEmpty else { continue }
            let past = ActorPast(rows, in: places, &families)
            for run in runs(changes.map(\.row)) {
                if let chain = chain(subject.text, run, rows, past) { found.append(chain) }
            }
        }
        return found.sorted { events.isOrdered($0.changes[0], before: $1.changes[0]) }
    }

    /// Changes whose windows touch, together.
    private func runs(_ changes: [Int]) -> [[Int]] {
        changes.reduce(into: []) { runs, row in
            if let last = runs.last?.last, let before = events.time(at: last), let time = events.time(at: row),
                time.seconds(since: before) <= limits.window
            {
                runs[runs.count - 1].append(row)
            } else {
                runs.append([row])
            }
        }
    }

    private mutating func chain(_ subject: String, _ changes: [Int], _ rows: Rows, _ past: ActorPast) -> ChangeChain? {
        guard let start = events.time(at: changes[0]), let last = changes.last.flatMap({ events.time(at: $0) })
        else { return nil }
        let settled = start.advanced(bySeconds: -limits.settling).ticks
        guard past.signIns(until: settled) >= limits.earlierSignIns else { return nil }
        let end = last.advanced(bySeconds: limits.window)
        var entries: [ChangeChain.Entry] = []
        for row in rows[rows.position(of: start, in: events)...] {
            guard let time = events.time(at: row), time <= end else { break }
            guard places.personal.isSignIn(row) || sensitive.contains(row) && places.personal.contains(row)
            else { continue }
            let novelty = past.novelty(row, since: settled, in: places, &families)
            guard novelty.isNewPlace else { continue }
            let entry = ChangeChain.Entry(row: row, novelty: novelty, doubt: exits.doubt(row))
            if entry.severity >= .medium { entries.append(entry) }
        }
        guard !entries.isEmpty else { return nil }
        let acts = sensitive.among(entries.map(\.row)).filter { !changes.contains($0) }
        return ChangeChain(subject: subject, changes: changes, entries: entries, acts: acts)
    }
}
