internal import Events
internal import Tables

/// Whether an actor has used both ends of a leg for long, as who has a phone on a carrier's gateway beside a laptop.
struct TravelHabits {
    private let places: FamiliarPlaces
    private let accounts: Accounts
    private let events: EventTable
    private let age: Double

    /// Reads the sign-ins of those who took the legs.
    ///
    /// - Parameter age: In seconds, how long before a leg the first use of its ends has to lie: what is younger may be
    ///   part of the attack.
    init(of legs: [TravelLeg], age: Double, in events: EventTable) {
        let attempts = SignInAttempts(events)
        let keys = Set(legs.compactMap { events.actorKey(at: $0.to) }.compactMap { attempts.accounts.account(of: $0) })
        places = FamiliarPlaces(of: keys, among: attempts, in: events)
        accounts = attempts.accounts
        self.age = age
        self.events = events
    }

    func contain(_ leg: TravelLeg) -> Bool {
        guard let time = events.time(at: leg.from), let key = events.actorKey(at: leg.to),
            let account = accounts.account(of: key)
        else { return false }
        return [leg.from, leg.to].allSatisfy {
            places.verdict(on: $0, of: account, before: time.ticks - ticks(age)) == .familiar
        }
    }
}
