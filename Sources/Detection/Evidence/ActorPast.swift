internal import Events
internal import Tables

/// Since when one actor has used its places and devices.
///
/// A place counts as the actor's own only when its first use lies some time back: what came shortly before an attack
/// may be part of it.
struct ActorPast {
    /// What is new to the actor in an event; `nil` where the event or the past has no such value.
    struct Novelty {
        let address: Bool?
        let country: Bool?
        let network: Bool?
        let device: Bool?
        let agent: Bool?
        /// Whether a computer is far from all places of the actor; `nil` for a phone, whose place is its carrier's.
        let isFar: Bool?

        /// An address that is new, in a country or network that is new, or far from the usual places.
        var isNewPlace: Bool { address == true && (country == true || network == true || isFar == true) }
        var isNewDevice: Bool { device ?? agent ?? false }
        /// Whether it came from a device that the actor had, told by more than its kind.
        var isKnownDevice: Bool { device == false }
    }

    private var addresses = FirstUses<UInt32>(), countries = FirstUses<UInt32>(), networks = FirstUses<Int>()
    private var devices = FirstUses<UInt64>(), agents = FirstUses<UInt32>()
    private var sites = Sites()
    /// The times of sign-ins, rising.
    private var signIns: [Int64] = []

    /// - Parameter rows: The actor's, in time order. Refused ones say nothing about the actor.
    init(_ rows: Rows, in places: PlaceColumns, _ families: inout AgentFamilies) {
        for row in rows where places.personal.contains(row) && !places.personal.isRefused(row) {
            guard let time = places.events.time(at: row)?.ticks else { continue }
            if places.personal.isSignIn(row) { signIns.append(time) }
            // The network of an address is looked up once.
            if addresses.note(places.addresses[row], time), let network = places.network(row) {
                networks.note(network, time)
            }
            sites.note(row, time, in: places)
            countries.note(places.countries[row], time)
            for device in places.devices(row) { devices.note(device, time) }
            agents.note(families.family(row), time)
        }
    }

    /// How often the actor had signed in until a time.
    func signIns(until limit: Int64) -> Int {
        var low = 0, high = signIns.count
        while low < high {
            let middle = (low + high) / 2
            if signIns[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What is new in an event, compared with the past until a time.
    func novelty(
        _ row: Int, since limit: Int64, in places: PlaceColumns, _ families: inout AgentFamilies
    ) -> Novelty {
        let isNewDevice = places.devices(row).map { devices.isNew($0, since: limit) }
        return Novelty(
            address: addresses.isNew(places.addresses[row], since: limit),
            country: countries.isNew(places.countries[row], since: limit),
            network: places.network(row).flatMap { networks.isNew($0, since: limit) },
            device: isNewDevice.contains(false) || places.registered.isOwn(row, before: limit)
                ? false : isNewDevice.first ?? nil,
            agent: agents.isNew(families.family(row), since: limit),
            isFar: sites.isFar(row, since: limit, in: places))
    }
}

/// The cities that an actor used, and since when.
private struct Sites {
    /// So many are looked at; who is in more has no usual places.
    private static let limit = 64

    private var known: [(latitude: Double, longitude: Double, since: Int64)] = []
    private var cities: Set<UInt32> = []

    /// Uses come in time order. The place of a city is looked up once.
    mutating func note(_ row: Int, _ time: Int64, in places: PlaceColumns) {
        guard cities.count < Self.limit, places.cities[row] != 0, cities.insert(places.cities[row]).inserted,
            let place = EventPlace(row, in: places.events).coordinates
        else { return }
        known.append((place.latitude, place.longitude, time))
    }

    /// `nil` where the event has no city, the actor none until the limit, or too many; and for a phone.
    func isFar(_ row: Int, since limit: Int64, in places: PlaceColumns) -> Bool? {
        guard places.cities[row] != 0, cities.count < Self.limit, !places.phones.contains(row),
            known.first.map({ $0.since <= limit }) == true,
            let place = EventPlace(row, in: places.events).coordinates
        else { return nil }
        return known.prefix { $0.since <= limit }
            .allSatisfy { greatCircleKilometres(place, ($0.latitude, $0.longitude)) >= farKilometres }
    }
}

/// When each value was first used.
private struct FirstUses<Value: BinaryInteger> {
    private var times: [Value: Int64] = [:]
    private var earliest = Int64.max

    /// Takes a use; uses come in time order. Whether it is the first of the value. 0 is no value.
    @discardableResult
    mutating func note(_ value: Value, _ time: Int64) -> Bool {
        guard value != 0, times[value] == nil else { return false }
        times[value] = time
        earliest = min(earliest, time)
        return true
    }

    /// Whether a value was not yet used at a time; `nil` where nothing was.
    func isNew(_ value: Value, since limit: Int64) -> Bool? {
        guard value != 0, earliest <= limit else { return nil }
        return times[value].map { $0 > limit } ?? true
    }
}

/// The columns that say where and with what an actor is.
struct PlaceColumns {
    let events: EventTable
    let personal: PersonalEvents
    let phones: Phones, registered: RegisteredDevices
    let addresses: [UInt32], countries: [UInt32], cities: [UInt32]
    private let hashes: [UInt32], ids: [UInt32]

    init(_ events: EventTable, _ personal: PersonalEvents) {
        self.events = events
        self.personal = personal
        addresses = events.column(.ipAddress).codes
        countries = events.column(.country).codes
        cities = events.column(.city).codes
        phones = Phones(events)
        registered = RegisteredDevices(events)
        hashes = events.column(.deviceHash).codes
        ids = events.column(.deviceID).codes
    }

    func network(_ row: Int) -> Int? { events.number(.asNumber, at: row).flatMap { Int(exactly: $0.rounded()) } }

    /// The browser's token and the registered device, as far as they are there.
    func devices(_ row: Int) -> [UInt64] {
        (hashes[row] == 0 ? [] : [UInt64(hashes[row])]) + (ids[row] == 0 ? [] : [UInt64(ids[row]) | 1 << 32])
    }
}
