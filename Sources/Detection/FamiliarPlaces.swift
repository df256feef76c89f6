internal import Events
internal import Tables

/// From where accounts have signed in before: what tells a user's own mistakes from somebody else's tries.
///
/// A place is an address, a device hash, a registered device (see ``RegisteredDevices``), or a network together with a
/// user agent: phones change their address within one network all day, and people take a laptop along. Of a computer
/// the city has to be the same one, too, and a device hash that the account never had speaks against its network: half
/// of a country may be customers of one provider, and use the same browser.
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
    private let addresses: [UInt32], devices: [UInt32], agents: [UInt32], cities: [UInt32]
    private let proxies: [UInt32], proxied: UInt32?
    private let phones: Phones, registered: RegisteredDevices
    /// When each account first signed in, when first with a device hash, and when first from a place; in ticks.
    private var earliest: [UInt32: Int64] = [:]
    private var earliestDevice: [UInt32: Int64] = [:]
    private var earliestAtPlace: [Place: Int64] = [:]

    private struct Place: Hashable {
        enum Kind { case address, desk, device, network }

        let account: UInt32
        let kind: Kind
        let code: UInt32
        var network = 0.0
        var city: UInt32 = 0
    }

    /// Reads the sign-ins of some accounts. Linear in the sign-ins.
    ///
    /// - Parameter accounts: Numbers of the attempts' accounts.
    init(of accounts: Set<UInt32>, among attempts: SignInAttempts, in events: EventTable) {
        self.events = events
        addresses = events.column(.ipAddress).codes
        devices = events.column(.deviceHash).codes
        agents = events.column(.userAgent).codes
        cities = events.column(.city).codes
        proxies = events.column(.isProxy).codes
        proxied = events.column(.isProxy).code(of: "true")
        phones = Phones(events)
        registered = RegisteredDevices(events)
        for success in attempts.successes where accounts.contains(success.account) {
            earliest[success.account] = min(earliest[success.account] ?? .max, success.time)
            if devices[success.row] != 0 {
                earliestDevice[success.account] = min(earliestDevice[success.account] ?? .max, success.time)
            }
            for place in places(of: success.row, success.account) + desks(of: success) {
                earliestAtPlace[place] = min(earliestAtPlace[place] ?? .max, success.time)
            }
        }
    }

    /// Whether an account signed in from where an event comes from before some time, in ticks.
    func verdict(on row: Int, of account: UInt32, before time: Int64) -> Verdict {
        if registered.isOwn(row, before: time) { return .familiar }
        let places = places(of: row, account)
        guard let first = earliest[account], first < time, !places.isEmpty else { return .unknown }
        let isStranger = isStrangeDevice(row, of: account, before: time)
        let isFamiliar = places.contains { ($0.kind != .network || !isStranger) && isKnown($0, before: time) }
        return isFamiliar ? .familiar : .strange
    }

    /// Whether an event's device hash is none of those that the account signed in with before some time, in ticks.
    func isStrangeDevice(_ row: Int, of account: UInt32, before time: Int64) -> Bool {
        guard devices[row] != 0, (earliestDevice[account] ?? .max) < time else { return false }
        return !isKnown(Place(account: account, kind: .device, code: devices[row]), before: time)
    }

    /// Whether the account used a computer at an event's address before some time, in ticks: where people sit, and no
    /// carrier's gateway.
    func isDesk(_ row: Int, of account: UInt32, before time: Int64) -> Bool {
        addresses[row] != 0 && isKnown(Place(account: account, kind: .desk, code: addresses[row]), before: time)
    }

    private func isKnown(_ place: Place, before time: Int64) -> Bool { (earliestAtPlace[place] ?? .max) < time }

    private func desks(of success: SignInAttempts.Attempt) -> [Place] {
        guard addresses[success.row] != 0, agents[success.row] != 0, !phones.contains(success.row) else { return [] }
        return [Place(account: success.account, kind: .desk, code: addresses[success.row])]
    }

    private func places(of row: Int, _ account: UInt32) -> [Place] {
        var places: [Place] = []
        if addresses[row] != 0 { places.append(Place(account: account, kind: .address, code: addresses[row])) }
        if devices[row] != 0 { places.append(Place(account: account, kind: .device, code: devices[row])) }
        if agents[row] != 0, let network = events.number(.asNumber, at: row) {
            let city = isRoaming(row) ? 0 : cities[row]
            places.append(Place(account: account, kind: .network, code: agents[row], network: network, city: city))
        }
        return places
    }

    /// Whether the city of an event is that of a gateway: a carrier's, or a relay's.
    private func isRoaming(_ row: Int) -> Bool { phones.contains(row) || proxied != nil && proxies[row] == proxied }
}
