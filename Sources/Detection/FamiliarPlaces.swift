internal import Events
internal import Tables

/// From where accounts have signed in before: what tells a user's own mistakes from somebody else's tries.
///
/// A place is an address, a device hash, or a network together with a user agent: phones change their address within
/// one network all day, and people take a laptop along.
struct FamiliarPlaces {
    enum Verdict {
        /// The account signed in from there before.
        case familiar
        /// The account signed in before, never from there.
        case strange
        /// The account never signed in before, or the event does not say where it comes from.
        case unknown
    }

    private let events: EventTable
    private let addresses: [UInt32], devices: [UInt32], agents: [UInt32]
    /// When each account first signed in, and when first from a place; in ticks.
    private var earliest: [UInt32: Int64] = [:]
    private var earliestAtPlace: [Place: Int64] = [:]

    private struct Place: Hashable {
        enum Kind { case address, device, network }

        let account: UInt32
        let kind: Kind
        let code: UInt32
        var network = 0.0
    }

    /// Reads the sign-ins of some accounts. Linear in the sign-ins.
    ///
    /// - Parameter accounts: Numbers of the attempts' accounts.
    init(of accounts: Set<UInt32>, among attempts: SignInAttempts, in events: EventTable) {
        self.events = events
        addresses = events.column(.ipAddress).codes
        devices = events.column(.deviceHash).codes
        agents = events.column(.userAgent).codes
        for success in attempts.successes where accounts.contains(success.account) {
            earliest[success.account] = min(earliest[success.account] ?? .max, success.time)
            for place in places(of: success.row, success.account) where earliestAtPlace[place] == nil {
                earliestAtPlace[place] = success.time
            }
        }
    }

    /// Whether an account signed in from where an event comes from before some time, in ticks.
    func verdict(on row: Int, of account: UInt32, before time: Int64) -> Verdict {
        let places = places(of: row, account)
        guard let first = earliest[account], first < time, !places.isEmpty else { return .unknown }
        return places.contains { (earliestAtPlace[$0] ?? .max) < time } ? .familiar : .strange
    }

    private func places(of row: Int, _ account: UInt32) -> [Place] {
        var places: [Place] = []
        if addresses[row] != 0 { places.append(Place(account: account, kind: .address, code: addresses[row])) }
        if devices[row] != 0 { places.append(Place(account: account, kind: .device, code: devices[row])) }
        if agents[row] != 0, let network = events.number(.asNumber, at: row) {
            places.append(Place(account: account, kind: .network, code: agents[row], network: network))
        }
        return places
    }
}
