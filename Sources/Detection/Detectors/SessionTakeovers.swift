internal import Events
internal import Tables

/// An event of a session or device token that does not fit the first one.
struct SessionTakeover {
    let owner: Int
    let stranger: Int
    /// Told by the session; else by the device's token.
    let isSession: Bool
}

/// The events that do not fit the first one of their session or device token, in time order. One pass.
struct SessionTakeovers {
    private(set) var found: [SessionTakeover] = []
    private let events: EventTable
    private let addresses: [UInt32], countries: [UInt32], systems: [UInt32], hashes: [UInt32]
    private let phones: Phones
    private var families: AgentFamilies

    init(_ events: EventTable, _ personal: PersonalEvents) {
        self.events = events
        addresses = events.column(.ipAddress).codes
        countries = events.column(.country).codes
        systems = events.column(.operatingSystem).codes
        hashes = events.column(.deviceHash).codes
        phones = Phones(events)
        families = AgentFamilies(events)
        let sessions = events.column(.externalSessionID), devices = events.column(.deviceHash)
        let agents = events.column(.userAgent).codes
        let unknown = sessions.code(of: "unknown"), types = events.column(.eventType)
        // The answer to a challenge comes from the phone, in the browser's session.
        let isAnswer = types.marks(["user.authentication.auth_via_mfa"], prefixes: ["device."])
        // One more than the row, so that 0 is none.
        var ofSession = [UInt32](repeating: 0, count: sessions.dictionary.count)
        var ofDevice = [UInt32](repeating: 0, count: devices.dictionary.count)
        for row in events.timeOrder where addresses[row] != 0 && agents[row] != 0 && personal.contains(row) {
            guard !isAnswer[Int(types.codes[row])] else { continue }
            let session = sessions.codes[row], device = devices.codes[row]
            let isSession = session != 0 && session != unknown
            guard isSession || device != 0 else { continue }
            let owner = isSession ? Self.first(row, &ofSession[Int(session)], personal) : nil
            let holder = device != 0 ? Self.first(row, &ofDevice[Int(device)], personal) : nil
            if let owner, isOther(owner, row) {
                found.append(SessionTakeover(owner: owner, stranger: row, isSession: true))
            } else if let holder, isOther(holder, row) {
                found.append(SessionTakeover(owner: holder, stranger: row, isSession: false))
            }
        }
    }

    /// The first event of the same actor with the same session or token; `nil` for the first itself.
    private static func first(_ row: Int, _ first: inout UInt32, _ personal: PersonalEvents) -> Int? {
        if first == 0 {
            if !personal.isRefused(row) { first = UInt32(row) + 1 }
            return nil
        }
        let before = Int(first) - 1
        return personal.actors[before] == personal.actors[row] ? before : nil
    }

    /// Another network, and another agent, system or device token. Without networks' numbers the country decides; in
    /// one network the way does, for a computer with another token: half of a country may be customers of one provider.
    private mutating func isOther(_ owner: Int, _ row: Int) -> Bool {
        guard addresses[owner] != addresses[row] else { return false }
        let isOtherSystem = systems[owner] != 0 && systems[row] != 0 && systems[owner] != systems[row]
        // A copied session cookie comes without the browser's token of its device.
        let isOtherDevice = hashes[owner] != 0 && hashes[row] != 0 && hashes[owner] != hashes[row]
        guard isOtherDevice || isOtherSystem || families.family(owner) != families.family(row) else { return false }
        if let one = events.number(.asNumber, at: owner), let other = events.number(.asNumber, at: row) {
            return one != other || isOtherDevice && isFar(owner, row)
        }
        return countries[owner] != 0 && countries[row] != 0 && countries[owner] != countries[row]
    }

    private func isFar(_ owner: Int, _ row: Int) -> Bool {
        guard !phones.contains(owner), !phones.contains(row),
            let here = EventPlace(owner, in: events).coordinates, let there = EventPlace(row, in: events).coordinates
        else { return false }
        return greatCircleKilometres(here, there) >= farKilometres
    }
}
