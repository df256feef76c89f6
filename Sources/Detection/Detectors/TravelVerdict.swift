internal import Events
internal import JSON

/// What speaks for and against a leg being an attack. The table stands at ``ImpossibleTravel``.
struct TravelVerdict {
    let leg: TravelLeg
    let from: EventPlace
    let to: EventPlace
    let severity: Severity
    let why: [String]
    private let isShort: Bool

    /// In km.
    private static let farthestGateway = 1500.0

    /// - Parameter isHabit: Whether the actor has used both places for long.
    init(
        _ leg: TravelLeg, in events: EventTable, _ exits: SharedExits, _ personal: PersonalEvents, _ phones: Phones,
        isHabit: Bool
    ) {
        let from = EventPlace(leg.from, in: events), to = EventPlace(leg.to, in: events)
        let ties = Ties(from.event, to.event)
        let isPhone = phones.contains(leg.from) || phones.contains(leg.to)
        var why = ["Two places \(Self.span(leg)) apart in \(clockSpan(leg.seconds)): nobody travels so fast."]
        if ties.isOtherAgent { why.append("The two places have different user agents.") }
        if ties.isOtherDevice { why.append("The two places have different devices.") }
        var severity = Severity.high
        let habit: [(Severity, String)] =
            isHabit ? [(.low, "The actor signed in from both places, or with both devices, on earlier days.")] : []
        let doubts = Self.doubts(from, to, ties, exits, leg, isPhone: isPhone)
        for (limit, reason) in doubts + Self.ends(from, to, ties, personal) + habit {
            severity = min(severity, limit)
            why.append(reason)
        }
        self.leg = leg
        self.from = from
        self.to = to
        self.severity = severity
        self.why = why
        isShort = !from.hasDetail && !to.hasDetail && severity == .high
    }

    /// What makes the places doubtful, each with the most that it leaves.
    private static func doubts(
        _ from: EventPlace, _ to: EventPlace, _ ties: Ties, _ exits: SharedExits, _ leg: TravelLeg, isPhone: Bool
    ) -> [(Severity, String)] {
        var doubts: [(Severity, String)] = []
        let isOneCountry = from.event.country == to.event.country
        let found = [from, to].map { exits.doubt($0.event.row) }
        if found.allSatisfy({ $0 == .shared || $0 == .known }) {
            doubts.append((.low, "Both places are ways out of many users, through which one person may go at once."))
        }
        for place in [from, to] {
            guard let doubt = exits.doubt(place.event.row) else { continue }
            let address = place.event.ipAddress ?? "its address"
            // That the start is an office's way out explains no other device outside of such ways out.
            let isStart = doubt == .shared && place.event.row == from.event.row
            let isOnlyStart = isStart && found[1] != .shared && found[1] != .known
            let limit: Severity = isOnlyStart && ties.isOtherDevice ? .medium : ties.severity(of: doubt)
            doubts.append((limit, "The place is doubtful: \(address) \(doubt.rawValue)."))
        }
        if isOneCountry {
            // What an agent says of itself is no tie where the device is another one and no gateway is so far away.
            let isTied = ties.isSameAgent && !(ties.isOtherDevice && (leg.kilometres ?? 0) >= farthestGateway)
            doubts.append(
                (
                    isTied || isPhone || found.contains { $0 != nil } ? .low : .medium,
                    "Both places are in one country: a carrier or gateway may place its users elsewhere."
                ))
        }
        return doubts
    }

    /// What ties the legs to one hand, or shows that there is none.
    private static func ends(
        _ from: EventPlace, _ to: EventPlace, _ ties: Ties, _ personal: PersonalEvents
    ) -> [(Severity, String)] {
        var ends: [(Severity, String)] = []
        if let tie = ties.continuity {
            ends.append(
                (.low, "\(tie) on both legs with the same user agent: more likely a change of network than of hands."))
        }
        if personal.isMachine(to.event.row), from.hasDetail || to.hasDetail {
            ends.append((.low, "The actor is no person: an application may run in several places at once."))
        }
        if personal.isRefused(from.event.row) || personal.isRefused(to.event.row) {
            ends.append((.low, "One leg was refused: somebody tried, but did not get in there."))
        }
        return ends
    }

    /// `FR -> US within 0:25:00, 5837 km at 14009 km/h`.
    var sentence: String {
        let isOneCountry = from.event.country == to.event.country
        let places = isOneCountry ? (from.name, to.name) : (from.event.country ?? "", to.event.country ?? "")
        let travelled = "\(places.0) -> \(places.1) within \(clockSpan(leg.seconds))"
        guard let kilometres = leg.kilometres, let speed = leg.kilometresPerHour else { return travelled }
        return travelled + ", \(Int(kilometres.rounded())) km at \(Int(speed.rounded())) km/h"
    }

    /// What is known beyond addresses and countries; nothing where a single leg has no more than these.
    func figures(_ journey: [TravelVerdict]) -> [JSONValue.Member] {
        guard !isShort || journey.count > 1 else { return [] }
        return [
            JSONValue.Member("km", leg.kilometres.map { .integer(Int64($0.rounded())) } ?? .null),
            JSONValue.Member("km_h", leg.kilometresPerHour.map { .integer(Int64($0.rounded())) } ?? .null),
            JSONValue.Member("leg_count", .integer(Int64(journey.count))),
            JSONValue.Member("legs", .array(journey.prefix(20).map(\.json))),
            JSONValue.Member("why", JSONValue(why)),
        ]
    }

    private var json: JSONValue {
        [
            "from": from.json, "to": to.json, "seconds": .integer(Int64(leg.seconds)),
            "km": leg.kilometres.map { .integer(Int64($0.rounded())) } ?? .null,
            "km_h": leg.kilometresPerHour.map { .integer(Int64($0.rounded())) } ?? .null,
            "severity": .string(severity.rawValue),
        ]
    }

    private static func span(_ leg: TravelLeg) -> String {
        leg.kilometres.map { "\(Int($0.rounded())) km" } ?? "a border or more"
    }
}

/// What two events share of device, session and user agent.
struct Ties {
    let isSameAgent: Bool
    let isOtherAgent: Bool
    let isOtherDevice: Bool
    /// What is the same on both sides, where the agent is not another one.
    let continuity: String?

    init(_ from: OktaEvent, _ to: OktaEvent) {
        let agents = [from.userAgent, to.userAgent].map { $0.map(AgentFamilies.withoutVersions) }
        let isOther = { (field: EventField) in from[field].flatMap { one in to[field].map { $0 != one } } }
        let device = isOther(.deviceHash) ?? isOther(.deviceID), session = isOther(.externalSessionID)
        isSameAgent = agents[0] != nil && agents[0] == agents[1]
        isOtherAgent = agents[0] != nil && agents[1] != nil && agents[0] != agents[1]
            || isOther(.operatingSystem) == true && isSameAgent == false
        isOtherDevice = device == true
        if isOtherAgent {
            continuity = nil
        } else {
            continuity = device == false ? "The same device" : session == false ? "The same session" : nil
        }
    }

    /// What a doubtful place leaves of the suspicion. Anybody can rent a proxy, and it is often rented for this.
    func severity(of doubt: SharedExits.Doubt) -> Severity {
        switch doubt {
        case .known: .low
        case .shared: isOtherAgent ? .medium : .low
        case .relay, .proxy: isOtherAgent || isOtherDevice ? .medium : .low
        }
    }
}
