internal import Events
internal import Sigma
internal import Tables

/// What the log knows of the places in which a rule's events happened.
///
/// Some built-in rules see one event, and cannot know whether it is odd that this actor does it from there: a routine
/// change at an administrator's own desk, a colleague at another office's front desk. Those bear the tag
/// ``Rule/weighedTag``.
struct RuleWeight {
    /// In seconds: what the actor has used for less long may be part of the attack.
    static let settling = 86_400.0

    private let exits: SharedExits
    private var pasts: ActorPasts

    init(_ events: EventTable) {
        let personal = PersonalEvents(events)
        exits = SharedExits(events, personal)
        pasts = ActorPasts(PlaceColumns(events, personal))
    }

    /// Why the events are likely the actor's own: every one of them from an address of many accounts, or from one, or
    /// with a device, that the actor used a day before, or through a relay service in a usual country; `nil` where one
    /// is not. Each actor's past is read once.
    mutating func mitigation(of rows: [Int]) -> String? {
        if rows.allSatisfy({ exits.isShared($0) }) {
            return "Every event came from a way out that several accounts share: likely an office."
        }
        return rows.allSatisfy { isUsual($0) }
            ? "Every event came from an address or device that the actor had a day before, or through a relay." : nil
    }

    private mutating func isUsual(_ row: Int) -> Bool {
        if exits.isShared(row) { return true }
        guard let time = pasts.places.events.time(at: row) else { return false }
        let novelty = pasts.novelty(row, since: time.advanced(bySeconds: -Self.settling).ticks)
        return novelty.map {
            $0.address == false || $0.isKnownDevice || exits.isRelay(row) && $0.country == false
        } ?? false
    }
}

extension Rule {
    /// What marks a built-in rule whose findings are a step milder where the actor is in a usual place.
    static let weighedTag = "watchfloor.weighed.place"

    var isWeighed: Bool { isBuiltIn && tags.contains { $0.utf8.elementsEqual(Self.weighedTag.utf8) } }
}
