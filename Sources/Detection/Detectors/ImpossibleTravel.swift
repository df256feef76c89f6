public import Events
internal import JSON
internal import Tables

/// The same actor in two places between which nobody can travel in the time.
///
/// Takes each actor's own events that have a country, in time order, and compares neighbours; a success also with the
/// success before it, so that a refusal in between hides nothing. With coordinates on both legs the way has to be at
/// least ``minimumDistance`` long and faster than ``maximumSpeed``; without them two countries within ``window``
/// suffice. Legs of one actor less than ``quiet`` apart are one finding; of these, where some are medium or worse, the
/// low ones that lead elsewhere are left out, as what knocks at every door says nothing of who got in.
///
/// | evidence | severity |
/// |---|---|
/// | two places, nothing that explains them | high |
/// | one country and different agents, or different devices 1500 km apart | medium |
/// | a shared way out with another agent | medium |
/// | from a shared way out to a place without doubt with another device | medium |
/// | a proxy or relay with another agent or device | medium |
/// | the same device or session with the same agent on both legs | low |
/// | the organisation's own way out; any other doubtful address with the same agent | low |
/// | both places or devices the actor's own for longer than ``quiet``: a phone beside a laptop | low |
/// | two ways out of many users, or one country and such a way out, proxy or relay | low |
/// | one country and the same agent, or a phone (a carrier's gateway moves people by hundreds of kilometres) | low |
/// | an actor that is no person, where more than countries is known | low |
/// | a leg that Okta refused: an attempt, no journey | low |
public struct ImpossibleTravel: Detector {
    public let id = "impossible_travel"
    public let title = "Impossible travel between two countries"
    public let severity = Severity.high
    /// Valid Accounts: Cloud Accounts.
    public let attack = ["T1078.004"]
    public let needs: [EventField] = [.country, .actorID]

    /// Without coordinates, legs of this many seconds or longer are possible.
    public let window: Double
    /// In km/h. Airliners fly at about 900 over ground.
    public let maximumSpeed: Double
    /// In km. Below it the place of an address is not exact enough.
    public let minimumDistance: Double
    /// In seconds, between the end of a leg and the beginning of the next.
    public let quiet: Double
    /// An address from which so many actors got in is one that they share.
    public let accountsOfExit: Int
    /// Addresses of the organisation's own gateways.
    public let knownExits: Set<String>

    /// - Parameters:
    ///   - window: In seconds.
    ///   - maximumSpeed: In km/h.
    ///   - minimumDistance: In km.
    ///   - quiet: In seconds.
    public init(
        window: Double = 3600, maximumSpeed: Double = 1000, minimumDistance: Double = 300, quiet: Double = 86_400,
        accountsOfExit: Int = 5, knownExits: Set<String> = []
    ) {
        self.window = window
        self.maximumSpeed = maximumSpeed
        self.minimumDistance = minimumDistance
        self.quiet = quiet
        self.accountsOfExit = accountsOfExit
        self.knownExits = knownExits
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let personal = PersonalEvents(events)
        let legs = TravelLegs(events, personal, limits: self).found
        guard !legs.isEmpty else { return [] }
        let exits = SharedExits(events, personal, accounts: accountsOfExit, known: knownExits)
        var journeys: [[TravelLeg]] = [], open: [UInt32: Int] = [:]
        for leg in legs {
            let actor = personal.actors[leg.to]
            if let last = open[actor], continues(journeys[last], leg, events) {
                journeys[last].append(leg)
            } else {
                open[actor] = journeys.count
                journeys.append([leg])
            }
        }
        let habits = TravelHabits(of: legs, age: quiet, in: events), phones = Phones(events)
        return journeys.sorted { events.isOrdered($0[0].from, before: $1[0].from) }.map { journey in
            let verdicts = journey.map {
                TravelVerdict($0, in: events, exits, personal, phones, isHabit: habits.contain($0))
            }
            return finding(telling(verdicts), in: events)
        }
    }

    /// The legs that matter: those of medium or more, and what happened between the same addresses.
    private func telling(_ journey: [TravelVerdict]) -> [TravelVerdict] {
        let alarming = journey.filter { $0.severity >= .medium }
        guard !alarming.isEmpty else { return journey }
        let addresses = Set(alarming.flatMap { [$0.from.event.ipAddress, $0.to.event.ipAddress] })
        return journey.filter { verdict in
            verdict.severity >= .medium
                || addresses.contains(verdict.from.event.ipAddress) && addresses.contains(verdict.to.event.ipAddress)
        }
    }

    private func continues(_ journey: [TravelLeg], _ leg: TravelLeg, _ events: EventTable) -> Bool {
        guard let last = journey.last, let end = events.time(at: last.to), let start = events.time(at: leg.from)
        else { return false }
        return start.seconds(since: end) <= quiet
    }

    private func finding(_ journey: [TravelVerdict], in events: EventTable) -> DetectionFinding {
        let severity = journey.map(\.severity).max() ?? .low
        // The first of the worst legs speaks for all.
        let worst = journey.first { $0.severity == severity } ?? journey[0]
        let from = worst.from.event, to = worst.to.event
        let actor = events.actorKey(at: to.row) ?? "", name = to.actorLogin ?? actor
        let rows = journey.flatMap { [$0.leg.from, $0.leg.to] }
        let evidence = Evidence(rows, in: events)
        let more = journey.count > 1 ? ", and \(journey.count - 1) more such \(journey.count > 2 ? "legs" : "leg")" : ""
        return DetectionFinding(
            detector: self, groupKey: actor,
            description: "Possible impossible travel for actor \(name): \(worst.sentence)\(more).",
            oktaEventIDs: evidence.eventIDs, userID: actor, createdAt: evidence.last, severity: severity,
            figures: [
                JSONValue.Member("actor", .string(name)),
                JSONValue.Member("from_country", JSONValue(from.country)),
                JSONValue.Member("to_country", JSONValue(to.country)),
                JSONValue.Member("time_delta_seconds", .integer(Int64(worst.leg.seconds))),
                JSONValue.Member("from_city", JSONValue(from.city)),
                JSONValue.Member("to_city", JSONValue(to.city)),
                JSONValue.Member("ips", JSONValue(evidence.list(.ipAddress))),
                JSONValue.Member("same_user_agent", .bool(from.userAgent != nil && from.userAgent == to.userAgent)),
                JSONValue.Member("outcomes", JSONValue([from.outcome, to.outcome].compactMap { $0 })),
                JSONValue.Member("first_seen", JSONValue(evidence.first?.description)),
                JSONValue.Member("last_seen", JSONValue(evidence.last?.description)),
            ] + worst.figures(journey))
    }
}

/// A length of time as hours, minutes and seconds: `0:25:00`. Fractions of a second are cut.
func clockSpan(_ seconds: Double) -> String {
    let whole = Int(seconds)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(whole / 3600):\(two(whole % 3600 / 60)):\(two(whole % 60))"
}

/// The texts that are there, each once, in their first order.
func distinct(_ texts: [String?]) -> [String] {
    var seen: Set<ByteText> = []
    return texts.compactMap { $0 }.filter { seen.insert(ByteText($0)).inserted }
}
