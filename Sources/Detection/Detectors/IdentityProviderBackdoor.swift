public import Events
internal import JSON
internal import Tables

/// An identity provider is added, activated, changed or given a key, and then used to sign in.
///
/// Who controls an identity provider can sign in as anybody it vouches for. A sign-in belongs to it when it names the
/// provider's id, among its targets or as the issuer. Reads the raw events of federated sign-ins that follow, at most
/// ``eventLimit`` for each change.
///
/// | evidence | severity |
/// |---|---|
/// | another user signs in from the address of the change | critical |
/// | changed from a place new to the actor, or sign-ins from a place new to the user | high |
/// | one of these, or users without a past, and then an act that gives power or takes protection | critical |
/// | sign-ins of users without a past | medium |
/// | all from usual places: a roll-out | low |
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
        let places = pasts.places, events = places.events, change = events[chain.changes[0]], actor = events.actorKey(at: change.row) ?? ""
        let name = change.actorLogin ?? actor
        let limit = change.published?.advanced(bySeconds: -settling).ticks ?? 0
        var why: [String] = [], severity = Severity.low, acts: [Int] = []
        let raise = { (to: Severity, reason: String) in
            severity = max(severity, to)
            if !why.contains(reason) { why.append(reason) }
        }
        if isNewPlace(change.row, limit, &pasts) == true {
            raise(.high, "The provider was changed from a place that is new to the actor.")
        }
        for row in chain.signIns {
            let isStranger = isNewPlace(row, limit, &pasts)
            if isStranger == true { raise(.high, "A user came through it from a place that is new to the user.") }
            if isStranger == nil { raise(.medium, "A user came through it of whom nothing earlier is known.") }
            if isNextTo(change.row, row, in: places) {
                raise(.critical, "Another user came through it from the address of the change.")
            }
            acts += self.acts(after: row, in: places, sensitive)
        }
        if !acts.isEmpty, severity > .low { raise(.critical, "It then did what gives power or takes protection.") }
        why.append("Benign where the provider is rolled out as planned.")
        return finding(
            "\(name) changed the identity provider \(chain.provider), which was then used to sign in.", actor: actor,
            name: name, key: chain.provider, rows: chain.changes + chain.signIns + acts, in: events,
            severity: severity, why: why,
            figures: [
                JSONValue.Member("provider", .string(chain.provider)),
                JSONValue.Member("sign_in_count", .integer(Int64(chain.signIns.count))),
                JSONValue.Member("users", JSONValue(distinct(chain.signIns.map { events[$0].actorLogin }))),
                JSONValue.Member("change", EventPlace(change.row, in: events).json),
                JSONValue.Member("entry", EventPlace(chain.signIns[0], in: events).json),
            ])
    }

    /// Whether somebody else acts from the same address.
    private func isNextTo(_ one: Int, _ other: Int, in places: PlaceColumns) -> Bool {
        places.addresses[one] == places.addresses[other] && places.addresses[one] != 0
            && places.personal.actors[one] != places.personal.actors[other]
    }

    /// Whether the place is new to the actor; `nil` where the actor has no past.
    private func isNewPlace(_ row: Int, _ limit: Int64, _ pasts: inout ActorPasts) -> Bool? {
        guard let actor = pasts.places.events.actorKey(at: row), pasts.past(of: actor).signIns(until: limit) > 0
        else { return nil }
        return pasts.novelty(row, since: limit)?.isNewPlace
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
