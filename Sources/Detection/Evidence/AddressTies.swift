public import Events
internal import Tables

/// Which addresses tell that two findings are the work of one hand.
///
/// An address tells nothing where many people come from, or where anybody may come from: a way out that accounts
/// share, a proxy, a relay, all as ``ImpossibleTravel`` doubts them. Nor does one from where the actor had got in for a
/// week: that is home or office, also of colleagues who have troubles of their own.
public struct AddressTies {
    /// In seconds.
    private static let settling = 7 * 86_400.0

    private let events: EventTable
    private let exits: SharedExits
    private let actors: [UInt32], addresses: [UInt32]
    /// When an actor first got in from an address, in ticks, for the addresses that were asked about.
    private var firstUse: [UInt64: Int64] = [:]

    /// - Parameter rows: The events that will be asked about. Linear in all events.
    public init(_ events: EventTable, among rows: [Int]) {
        let personal = PersonalEvents(events)
        self.events = events
        exits = SharedExits(events, personal)
        actors = personal.actors
        addresses = events.column(.ipAddress).codes
        var isAsked = [Bool](repeating: false, count: events.column(.ipAddress).dictionary.count)
        for row in rows { isAsked[Int(addresses[row])] = true }
        isAsked[0] = false
        for row in addresses.indices where isAsked[Int(addresses[row])] && personal.contains(row) {
            guard !personal.isRefused(row), let time = events.time(at: row)?.ticks else { continue }
            firstUse[use(row)] = min(firstUse[use(row)] ?? .max, time)
        }
    }

    /// Whether the address of an event ties it to others from there.
    public func isTie(_ row: Int) -> Bool {
        guard addresses[row] != 0, exits.doubt(row) == nil else { return false }
        guard let time = events.time(at: row), let first = firstUse[use(row)] else { return true }
        return time.seconds(since: Timestamp(ticks: first)) < Self.settling
    }

    /// Whether people who have nothing to do with each other come from the address of an event, so that it must not be
    /// blocked: a way out of several accounts, or a relay.
    public func isCommon(_ row: Int) -> Bool {
        switch exits.doubt(row) {
        case .shared, .known, .relay: true
        case .proxy: exits.isShared(row)
        case nil: false
        }
    }

    private func use(_ row: Int) -> UInt64 { UInt64(addresses[row]) << 32 | UInt64(actors[row]) }
}
