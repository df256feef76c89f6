internal import Events
internal import Tables

/// Two events of one actor in two places, sooner after each other than one can travel.
struct TravelLeg {
    let from: Int
    let to: Int
    let seconds: Double
    /// `nil` without coordinates on both sides.
    let kilometres: Double?

    /// `nil` without coordinates. A leg of no time counts as one of a second.
    var kilometresPerHour: Double? { kilometres.map { $0 / max(seconds, 1) * 3600 } }
}

/// The legs that are too fast, in the order of their ends. One pass over the events.
struct TravelLegs {
    private(set) var found: [TravelLeg] = []
    private let events: EventTable
    private let limits: ImpossibleTravel
    private let countries: [UInt32], cities: [UInt32], addresses: [UInt32]

    init(_ events: EventTable, _ personal: PersonalEvents, limits: ImpossibleTravel) {
        self.events = events
        self.limits = limits
        countries = events.column(.country).codes
        cities = events.column(.city).codes
        addresses = events.column(.ipAddress).codes
        // One more than the row, so that 0 is none.
        var last = [UInt32](repeating: 0, count: personal.actorCount), lastSuccess = last
        for row in events.timeOrder where countries[row] != 0 && personal.isOwnPlace(row) {
            let actor = Int(personal.actors[row]), before = last[actor], success = lastSuccess[actor]
            if before != 0 { take(Int(before) - 1, row) }
            last[actor] = UInt32(row) + 1
            guard !personal.isRefused(row) else { continue }
            if success != 0, success != before { take(Int(success) - 1, row) }
            lastSuccess[actor] = UInt32(row) + 1
        }
    }

    @inline(__always)
    private mutating func take(_ from: Int, _ to: Int) {
        let isOneCountry = countries[from] == countries[to]
        if isOneCountry, addresses[from] == addresses[to] || cities[from] == 0 || cities[to] == 0 { return }
        if let leg = leg(from, to, isOneCountry) { found.append(leg) }
    }

    /// A place without a city is the middle of its country: within one country that says nothing.
    private func leg(_ from: Int, _ to: Int, _ isOneCountry: Bool) -> TravelLeg? {
        guard let start = events.time(at: from), let end = events.time(at: to) else { return nil }
        let seconds = end.seconds(since: start)
        guard let here = EventPlace(from, in: events).coordinates, let there = EventPlace(to, in: events).coordinates
        else {
            return isOneCountry || seconds >= limits.window
                ? nil : TravelLeg(from: from, to: to, seconds: seconds, kilometres: nil)
        }
        let kilometres = greatCircleKilometres(here, there)
        guard kilometres >= limits.minimumDistance, kilometres > limits.maximumSpeed * seconds / 3600
        else { return nil }
        return TravelLeg(from: from, to: to, seconds: seconds, kilometres: kilometres)
    }
}
