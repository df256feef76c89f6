public import Events
internal import JSON
internal import Tables

/// An identity provider is added, activated, changed or given a key, and then used to sign in.
///
/// Who controls an identity provider can sign in as anybody it vouches for. A sign-in belongs to it when it names the
/// provider's id, among its targets or as the issuer; the finding names those that are odd, or all where none is. Reads
/// the raw events of federated sign-ins that follow, at most
/// ``eventLimit`` for each change.
///
/// | evidence | severity |
/// |---|---|
/// | another user signs in from the address of the change, which is not one of theirs | critical |
/// | changed from a place new to the actor, or sign-ins from a place new to the user | high |
/// | one of these, or users without a past, and then an act that gives power or takes protection | critical |
/// | sign-ins of users without a past | medium |
/// | all from usual places, or with devices that the users had: a roll-out | low |
public struct IdentityProviderBackdoor: Detector {
    public let id = "identity_provider_backdoor"
    public let title = "Identity provider changed, then used to sign in"
    public let severity = Severity.high
    /// Domain or Tenant Policy Modification: Trust Modification; Modify Authentication Process: Hybrid Identity.
    public let attack = ["T1484.002", "T1556.007"]
    public let needs: [EventField] = [.eventType, .actorID, .targetID]

    /// Federated sign-ins that are read after a change.
    public static let eventLimit = 5000

    /// In seconds after a change.
    public let window: Double
    /// In seconds before a change; what is newer is not yet the actor's own.
    public let settling: Double

    /// - Parameters:
    ///   - window: In seconds.
    ///   - settling: In seconds.
    public init(window: Double = 7 * 86_400, settling: Double = 6 * 3600) {
        self.window = window
        self.settling = settling
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let chains = ProviderChains(events, window: window).found
        guard !chains.isEmpty else { return [] }
        let sensitive = SensitiveActs(events)
        var pasts = ActorPasts(PlaceColumns(events, PersonalEvents(events)))
        return chains.map { finding($0, sensitive, &pasts) }
    }

    private func finding(
        _ chain: ProviderChain, _ sensitive: SensitiveActs, _ pasts: inout ActorPasts
    ) -> DetectionFinding {
        let events = pasts.places.events, change = events[chain.changes[0]]
        let actor = events.actorKey(at: change.row) ?? "", name = change.actorLogin ?? actor
        var verdict = verdict(on: chain, &pasts)
        let acts = chain.signIns.flatMap { self.acts(after: $0, in: pasts.places, sensitive) }
        if !acts.isEmpty, verdict.severity > .low {
            verdict.raise(.critical, "It then did what gives power or takes protection.")
        }
        let signIns = verdict.telling.isEmpty ? chain.signIns : verdict.telling
        return finding(
            "\(name) changed the identity provider \(chain.provider), which was then used to sign in.", actor: actor,
            name: name, key: chain.provider, rows: chain.changes + signIns + acts, in: events,
            severity: verdict.severity, why: verdict.why + ["Benign where the provider is rolled out as planned."],
            figures: [
                JSONValue.Member("provider", .string(chain.provider)),
                JSONValue.Member("sign_in_count", .integer(Int64(chain.signIns.count))),
                JSONValue.Member("users", JSONValue(distinct(chain.signIns.map { events[$0].actorLogin }))),
                JSONValue.Member("change", EventPlace(change.row, in: events).json),
                JSONValue.Member("entry", EventPlace(signIns[0], in: events).json),
            ])
    }

    /// What the places of the change and of the sign-ins say.
    private func verdict(on chain: ProviderChain, _ pasts: inout ActorPasts) -> Verdict {
        let places = pasts.places, change = chain.changes[0]
        let limit = places.events.time(at: change)?.advanced(bySeconds: -settling).ticks ?? 0
        var verdict = Verdict()
        if isNewPlace(change, limit, &pasts) == true {
            verdict.raise(.high, "The provider was changed from a place that is new to the actor.")
        }
        for row in chain.signIns {
            let isStranger = isNewPlace(row, limit, &pasts)
            if isStranger == true {
                verdict.raise(.high, "A user came through it from a place that is new to the user.")
            }
            if isStranger == nil { verdict.raise(.medium, "A user came through it of whom nothing earlier is known.") }
            let isNext = isNextTo(change, row, in: places) && !isUsual(row, limit, &pasts)
            if isNext { verdict.raise(.critical, "Another user came through it from the address of the change.") }
            if isStranger != false || isNext { verdict.telling.append(row) }
        }
        return verdict
    }

    /// Whether the user had used the address before: who shares an office with the administrator is no guest of theirs.
    private func isUsual(_ row: Int, _ limit: Int64, _ pasts: inout ActorPasts) -> Bool {
        pasts.novelty(row, since: limit)?.address == false
    }

    /// Whether somebody else acts from the same address.
    private func isNextTo(_ one: Int, _ other: Int, in places: PlaceColumns) -> Bool {
        places.addresses[one] == places.addresses[other] && places.addresses[one] != 0
            && places.personal.actors[one] != places.personal.actors[other]
    }

    /// Whether the place is new to the actor, and the device is not the actor's; `nil` where the actor has no past.
    private func isNewPlace(_ row: Int, _ limit: Int64, _ pasts: inout ActorPasts) -> Bool? {
        guard let actor = pasts.places.events.actorKey(at: row), pasts.past(of: actor).signIns(until: limit) > 0
        else { return nil }
        return pasts.novelty(row, since: limit).map { $0.isNewPlace && !$0.isKnownDevice }
    }

    /// The user's sensitive acts in the hour after a sign-in, from its address.
    private func acts(after row: Int, in places: PlaceColumns, _ sensitive: SensitiveActs) -> [Int] {
        let events = places.events
        guard let start = events.time(at: row), let actor = events.actorKey(at: row) else { return [] }
        let rows = events.rowsOfActor(actor), end = start.advanced(bySeconds: 3600)
        let hour = rows[rows.position(of: start, in: events)...].prefix(1000)
            .prefix { events.time(at: $0).map { $0 <= end } ?? false }
        return sensitive.among(hour.filter { places.addresses[$0] == places.addresses[row] })
    }
}

private struct Verdict {
    var severity = Severity.low
    var why: [String] = []
    /// The sign-ins that are odd.
    var telling: [Int] = []

    mutating func raise(_ to: Severity, _ reason: String) {
        severity = max(severity, to)
        if !why.contains(reason) { why.append(reason) }
    }
}
