internal import Events
internal import Tables

/// How much of an actor has to be known before something counts as new to it.
struct BaselineLimits: Hashable, Sendable {
    /// Earlier sign-ins.
    let signIns: Int
    /// In seconds, from the first of them.
    let span: Double
}

/// A sign-in with something that the actor never used before.
struct NewSignIn {
    let row: Int
    let isNewCountry: Bool
    let isNewNetwork: Bool
    /// An address that is new, with a browser or system that is new.
    let isNewAgent: Bool
    /// `nil` where the event names no device.
    let isNewDevice: Bool?
    /// Devices that the actor used before.
    let devices: Int
    let signIns: Int
}

/// The sign-ins that bring something new, in time order, compared with the same actor's own earlier ones. One pass;
/// only what differs from the actor's last sign-in is looked up.
struct NewSignIns {
    private(set) var found: [NewSignIn] = []
    private let events: EventTable
    private let limits: BaselineLimits
    private let addresses: [UInt32], countries: [UInt32], hashes: [UInt32], ids: [UInt32]
    private var seenAddresses: Set<UInt64> = [], seenCountries: Set<UInt64> = [], seenNetworks: Set<UInt64> = []
    private var seenDevices: Set<UInt64> = [], seenAgents: Set<UInt64> = []
    private var families: AgentFamilies

    private struct State {
        var signIns = 0
        var devices = 0
        var first = Int64.max
        var address: UInt32 = 0
        var device: UInt32 = 0
    }

    init(_ events: EventTable, _ personal: PersonalEvents, limits: BaselineLimits) {
        self.events = events
        self.limits = limits
        addresses = events.column(.ipAddress).codes
        countries = events.column(.country).codes
        hashes = events.column(.deviceHash).codes
        ids = events.column(.deviceID).codes
        families = AgentFamilies(events)
        var states = [State](repeating: State(), count: personal.actorCount)
        for row in events.timeOrder where personal.isSignIn(row) {
            guard let time = events.time(at: row)?.ticks else { break }
            take(row, time, personal.actors[row], &states[Int(personal.actors[row])])
        }
    }

    /// The browser's token; else the registered device, told apart by the highest bit.
    private func device(_ row: Int) -> UInt32 {
        hashes[row] != 0 ? hashes[row] : ids[row] == 0 ? 0 : ids[row] | 1 << 31
    }

    @inline(__always)
    private mutating func take(_ row: Int, _ time: Int64, _ actor: UInt32, _ state: inout State) {
        let device = device(row)
        if state.signIns == 0 || state.address != addresses[row] || state.device != device {
            compare(row, time, UInt64(actor) << 32, device, &state)
        }
        state.signIns += 1
        state.address = addresses[row]
        state.device = device
        state.first = min(state.first, time)
    }

    private mutating func compare(_ row: Int, _ time: Int64, _ actor: UInt64, _ device: UInt32, _ state: inout State) {
        let before = state.devices
        let isNewDevice = device != 0 && seenDevices.insert(actor | UInt64(device)).inserted
        if isNewDevice { state.devices += 1 }
        let family = families.family(row)
        let isOtherAgent = family != 0 && seenAgents.insert(actor | UInt64(family)).inserted
        var isNewCountry = false, isNewNetwork = false, isNewAgent = false
        if addresses[row] == 0 || seenAddresses.insert(actor | UInt64(addresses[row])).inserted {
            isNewCountry = countries[row] != 0 && seenCountries.insert(actor | UInt64(countries[row])).inserted
            if let network = events.number(.asNumber, at: row).flatMap({ UInt32(exactly: $0.rounded()) }) {
                isNewNetwork = seenNetworks.insert(actor | UInt64(network)).inserted
            }
            isNewAgent = isOtherAgent
        }
        guard isNewCountry || isNewDevice && (isNewNetwork || isNewAgent), state.signIns >= limits.signIns,
            Timestamp(ticks: time).seconds(since: Timestamp(ticks: state.first)) >= limits.span
        else { return }
        found.append(
            NewSignIn(
                row: row, isNewCountry: isNewCountry, isNewNetwork: isNewNetwork, isNewAgent: isNewAgent,
                isNewDevice: device == 0 ? nil : isNewDevice, devices: before, signIns: state.signIns))
    }
}

extension NewSignIn {
    /// The actor's sign-ins of the following day that share a field's value with this one: what the finding grows by.
    func followers(by field: EventField, in events: EventTable, _ personal: PersonalEvents) -> [Int] {
        guard let start = events.time(at: row), let actor = events.actorKey(at: row) else { return [row] }
        let rows = events.rowsOfActor(actor), codes = events.column(field).codes
        let end = start.advanced(bySeconds: 86_400)
        var found: [Int] = []
        for other in rows[rows.position(of: start, in: events)...] {
            guard let time = events.time(at: other), time <= end, found.count < 100 else { break }
            if codes[other] == codes[row], personal.isSignIn(other) { found.append(other) }
        }
        return found
    }
}

extension Rows {
    /// The first of rows in time order that is not before a time; found by halving.
    func position(of time: Timestamp, in events: EventTable) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if events.time(at: self[middle]).map({ $0 < time }) ?? false { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
