public import Events
internal import JSON
internal import Tables

/// An API token acts from a network that is not its own.
///
/// A token's own networks are those of its first ``settling`` seconds. Once it has at least ``earlierUses`` over that
/// time, another network is elsewhere. A token whose creation is in the log is also elsewhere from its first use, when
/// neither its creator nor anybody in the log used that network before.
///
/// | evidence | severity |
/// |---|---|
/// | a settled token in another country; or one that was created from a place new to its creator | high |
/// | a settled token in another network of the same country | medium |
/// | one of these, and an act that gives power or takes protection from there | one more |
/// | a new token in a network that nobody used before, with such an act | medium |
/// | the same without such an act: what a new integration looks like | low |
/// | the usual network; another address of it | silent |
public struct APITokenUsedElsewhere: Detector {
    public let id = "api_token_used_elsewhere"
    public let title = "API token used from somewhere else"
    public let severity = Severity.high
    /// Use Alternate Authentication Material: Application Access Token; Account Manipulation: Additional Cloud
    /// Credentials.
    public let attack = ["T1550.001", "T1098.001"]
    public let needs: [EventField] = [.eventType, .ipAddress, .requestAPITokenID]

    /// In seconds from a token's first use.
    public let settling: Double
    /// Uses within that time or later in the same networks.
    public let earlierUses: Int

    /// - Parameter settling: In seconds.
    public init(settling: Double = 86_400, earlierUses: Int = 5) {
        self.settling = settling
        self.earlierUses = earlierUses
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let uses = TokenUses(events, settling: settling, earlierUses: earlierUses)
        let found = uses.found
        guard !found.isEmpty else { return [] }
        let sensitive = SensitiveActs(events)
        var pasts = ActorPasts(PlaceColumns(events, PersonalEvents(events)))
        return found.sorted { events.isOrdered($0.rows[0], before: $1.rows[0]) }.map { use in
            finding(use, isStrange(use.creation, &pasts), sensitive.among(use.elsewhere), in: events)
        }
    }

    /// Whether a token was created from a place that was new to its creator.
    private func isStrange(_ creation: Int?, _ pasts: inout ActorPasts) -> Bool {
        guard let creation, let time = pasts.places.events.time(at: creation) else { return false }
        let limit = time.advanced(bySeconds: -6 * 3600).ticks
        return pasts.novelty(creation, since: limit)?.isNewPlace == true
    }

    private func finding(_ use: TokenUse, _ isStrange: Bool, _ acts: [Int], in events: EventTable) -> DetectionFinding {
        let elsewhere = events[use.elsewhere[0]], token = elsewhere[.requestAPITokenID] ?? ""
        var severity: Severity, why: [String]
        if use.isSettled {
            severity = use.isOtherCountry || isStrange ? .high : .medium
            why = ["The token had acted from other networks only, \(use.count) times."]
            if use.isOtherCountry { why.append("The country is another one, too.") }
            if !acts.isEmpty { severity = severity.raised }
        } else {
            severity = isStrange ? .high : acts.isEmpty ? .low : .medium
            why = ["The token is new, and nobody in the log had used this network before."]
        }
        if isStrange { why.append("It was created from a place that was new to its creator.") }
        if !acts.isEmpty { why.append("From there it did what gives power or takes protection.") }
        why.append("Benign where the automation was moved, or is a new one: ask the token's owner.")
        let actor = events.actorKey(at: use.elsewhere[0]) ?? "", name = elsewhere.actorLogin ?? actor
        return finding(
            "API token \(token) of \(name) was used from \(place(elsewhere)), which is not its place.", actor: actor,
            name: name, key: token, rows: use.rows, in: events, severity: severity, why: why,
            figures: [
                JSONValue.Member("token", .string(token)),
                JSONValue.Member("creation", JSONValue(use.creation.map { events[$0].id })),
                JSONValue.Member("before", EventPlace(use.rows[0], in: events).json),
                JSONValue.Member("elsewhere", EventPlace(elsewhere.row, in: events).json),
                JSONValue.Member("acts", JSONValue(distinct(acts.map { events[$0].eventType }))),
            ])
    }
}
