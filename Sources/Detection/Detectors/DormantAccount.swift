public import Events
internal import JSON
internal import Tables

/// An account that was silent for a long time signs in again, otherwise than before.
///
/// The silence counts only when the log itself was not silent: at least half of its days must have events of others.
///
/// | evidence | severity |
/// |---|---|
/// | a new place and a new device or browser | high |
/// | a new place, or a new device or browser | medium |
/// | one of these, and then an act that gives power or takes protection | one more |
/// | nothing known of place and device | low |
/// | the device or the address of before: back from leave | silent |
public struct DormantAccount: Detector {
    public let id = "dormant_account"
    public let title = "Dormant account awake"
    public let severity = Severity.medium
    /// Valid Accounts: Cloud Accounts.
    public let attack = ["T1078.004"]
    public let needs: [EventField] = [.eventType, .actorID]

    /// In seconds.
    public let silence: Double

    /// - Parameter silence: In seconds.
    public init(silence: Double = 30 * 86_400) { self.silence = silence }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let personal = PersonalEvents(events), days = LoggedDays(events)
        let needed = Int64(silence * Double(Timestamp.ticksPerSecond))
        var last = [Int64](repeating: .max, count: personal.actorCount), awake: [(row: Int, before: Int64)] = []
        for row in events.timeOrder where personal.contains(row) && !personal.isRefused(row) {
            guard let time = events.time(at: row)?.ticks else { break }
            let before = last[Int(personal.actors[row])]
            if before != .max, time - before >= needed, personal.isSignIn(row), days.areDense(before, time) {
                awake.append((row, before))
            }
            last[Int(personal.actors[row])] = time
        }
        guard !awake.isEmpty else { return [] }
        let sensitive = SensitiveActs(events)
        var pasts = ActorPasts(PlaceColumns(events, personal))
        return awake.compactMap { finding($0.row, $0.before, sensitive, &pasts) }
    }

    private func finding(
        _ row: Int, _ before: Int64, _ sensitive: SensitiveActs, _ pasts: inout ActorPasts
    ) -> DetectionFinding? {
        let places = pasts.places, events = places.events, event = events[row]
        guard let actor = events.actorKey(at: row), let start = event.published,
            let novelty = pasts.novelty(row, since: before)
        else { return nil }
        let rows = events.rowsOfActor(actor)
        guard !novelty.isKnownDevice, novelty.address != false else { return nil }
        let end = start.advanced(bySeconds: 86_400)
        let day = rows[rows.position(of: start, in: events)...]
            .prefix { events.time(at: $0).map { $0 <= end } ?? false }
        let acts = sensitive.among(day.filter { places.addresses[$0] == places.addresses[row] })
        let news = [novelty.isNewPlace, novelty.isNewDevice].filter { $0 }.count
        let severity = Severity.allCases[min(news + (news > 0 && !acts.isEmpty ? 1 : 0), 3)]
        let name = event.actorLogin ?? actor
        let silent = Int(start.seconds(since: Timestamp(ticks: before)) / 86_400)
        var why = ["The account had done nothing for \(silent) days."]
        if novelty.isNewPlace { why.append("The place is new to it.") }
        if novelty.isNewDevice { why.append("The device or browser is new to it.") }
        if !acts.isEmpty { why.append("It then did what gives power or takes protection.") }
        why.append("Benign where the user is back from long leave, with a new device.")
        return finding(
            "\(name) signed in from \(place(event)) after \(silent) days of silence.", actor: actor, name: name,
            rows: [row] + acts, in: events, severity: severity, why: why,
            figures: [
                JSONValue.Member("silent_days", .integer(Int64(silent))),
                JSONValue.Member("last_before", .string(Timestamp(ticks: before).description)),
                JSONValue.Member("entry", EventPlace(row, in: events).json),
                JSONValue.Member("acts", JSONValue(distinct(acts.map { events[$0].eventType }))),
            ])
    }
}

/// The days on which the log has events.
private struct LoggedDays {
    private static let ticks = 86_400 * Timestamp.ticksPerSecond
    /// Rising.
    private var days: [Int64] = []

    init(_ events: EventTable) {
        for row in events.timeOrder {
            guard let time = events.time(at: row)?.ticks else { break }
            if days.last != time / Self.ticks { days.append(time / Self.ticks) }
        }
    }

    /// Whether at least half of the days between two times have events.
    func areDense(_ start: Int64, _ end: Int64) -> Bool {
        let logged = position(end / Self.ticks) - position(start / Self.ticks + 1)
        return Int64(logged) * 2 >= end / Self.ticks - start / Self.ticks - 1
    }

    /// The number of logged days before a day.
    private func position(_ day: Int64) -> Int {
        var low = 0, high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
