import Detection
import Events
import Investigation
import Tables

/// What the entries of a story are told with.
struct TimelineWords {
    /// By a finding's id, its number in the list above the entries, from 1.
    let marks: [String: Int]
    /// Whether each entry says who acted: in the story of one account only where that is someone else.
    let namesActors: Bool
    private let times: ListedTimes
    private let account: Account?

    init(_ outcome: TimelineOutcome) {
        marks = Dictionary(
            outcome.findings.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        times = ListedTimes(outcome.entries.compactMap(\.event.published))
        if case .account(let account)? = outcome.subject { self.account = account } else { account = nil }
        let actors = Set(outcome.entries.map { ByteText($0.event.actorLogin ?? "") })
        namesActors = account == nil && (actors.count > 1 || outcome.entries.contains { $0.actors > 1 })
    }

    func when(_ entry: TimelineEntry) -> String { times.text(entry.event.published) }

    /// `+25 min`; nothing for less than a minute.
    func pause(_ entry: TimelineEntry) -> String {
        guard let gap = entry.gap, gap >= 59.5 else { return "" }
        for (unit, seconds) in [("min", 60.0), ("h", 3600.0), ("d", 86_400.0)] {
            let count = gap / seconds
            if unit == "d" || count < (unit == "min" ? 59.5 : 23.95) {
                return "+" + Self.brief(count, isWhole: unit == "min") + " " + unit
            }
        }
        return ""
    }

    /// One digit behind the point for small numbers.
    private static func brief(_ count: Double, isWhole: Bool) -> String {
        let tenths = Int((count * 10).rounded())
        return isWhole || tenths >= 100 || tenths % 10 == 0
            ? Int(count.rounded()).grouped : "\(tenths / 10).\(tenths % 10)"
    }

    /// `× 412  18:00:03Z – 18:09:58Z`; `nil` for what happened once.
    func repeats(_ entry: TimelineEntry) -> String? {
        guard entry.count > 1 else { return nil }
        guard let first = entry.event.published, let last = entry.last else { return "× \(entry.count.grouped)" }
        return
            "× \(entry.count.grouped)  \(first.timeOfDay) – \(first.date == last.date ? last.timeOfDay : last.spaced)"
    }

    func who(_ entry: TimelineEntry) -> String {
        entry.actors > 1 ? counted(entry.actors, "actor") : entry.event.actorLogin ?? "–"
    }

    func address(_ entry: TimelineEntry) -> String {
        entry.addresses > 1 ? counted(entry.addresses, "address") : entry.event.ipAddress ?? "–"
    }

    func place(_ entry: TimelineEntry) -> String {
        entry.addresses > 1 ? "" : [entry.event.city, entry.event.country].compactMap { $0 }.joined(separator: ", ")
    }

    /// `F1 F2`: the findings that the entry belongs to.
    func marks(_ entry: TimelineEntry) -> String {
        entry.findingIDs.compactMap { marks[$0] }.sorted().map { "F\($0)" }.joined(separator: " ")
    }

    /// In one account's story, someone else who acts upon it.
    func otherActor(_ entry: TimelineEntry) -> String? {
        guard let account else { return nil }
        let name = who(entry)
        return entry.actors == 1 && [account.name, account.key].contains(name) ? nil : "by \(name)"
    }

    /// Who acted from where, unless that is the same as in the entry before.
    func source(_ entry: TimelineEntry, after before: TimelineEntry?) -> String? {
        let text = source(entry)
        return text.isEmpty || before.map(source) == text ? nil : text
    }

    private func source(_ entry: TimelineEntry) -> String {
        let actor = namesActors ? who(entry) : otherActor(entry)
        let place = place(entry)
        return ([actor, "from " + address(entry)].compactMap { $0 } + (place.isEmpty ? [] : [place])).joined(
            separator: " · ")
    }
}
