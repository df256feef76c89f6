public import Events
internal import JSON

/// A user's factors are changed by the user's own hand, and then the account is used from a place that is new to it.
///
/// An intruder who has a session enrols a factor of their own, to come back with. Changes by somebody else are the
/// matter of ``HelpDeskTakeover``. A place is new when address and country, or address and network, were not in use by
/// the account ``settling`` seconds before the change, or a computer's is 100 km from all that were; without earlier
/// sign-ins nothing is. A registered device is the user's own: see `RegisteredDevices`.
///
/// | evidence | severity |
/// |---|---|
/// | a new place and a new device or browser | high |
/// | the same, and then an act that gives power or takes protection | critical |
/// | a new place, and nothing known of the device | medium |
/// | the device that the user had, a shared way out, a new device in a usual place | silent |
public struct FactorChangeThenNewPlace: Detector {
    public let id = "factor_change_then_new_place"
    public let title = "Factor changed, then a sign-in from a new place"
    public let severity = Severity.high
    /// Modify Authentication Process: Multi-Factor Authentication; Account Manipulation: Device Registration.
    public let attack = ["T1556.006", "T1098.005"]
    public let needs: [EventField] = [.eventType, .ipAddress, .actorID]

    /// In seconds after a change.
    public let window: Double
    /// In seconds before a change; what is newer is not yet the user's own.
    public let settling: Double
    /// Sign-ins before that.
    public let earlierSignIns: Int
    /// An address from which so many actors got in is one that they share.
    public let accountsOfExit: Int

    /// - Parameters:
    ///   - window: In seconds.
    ///   - settling: In seconds.
    public init(
        window: Double = 86_400, settling: Double = 6 * 3600, earlierSignIns: Int = 3, accountsOfExit: Int = 5
    ) {
        self.window = window
        self.settling = settling
        self.earlierSignIns = earlierSignIns
        self.accountsOfExit = accountsOfExit
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let changes = AccountChanges(events, types: AccountChanges.factorTypes).own
        guard !changes.isEmpty else { return [] }
        var chains = ChangeChains(
            events,
            limits: ChangeLimits(
                window: window, settling: settling, earlierSignIns: earlierSignIns, accountsOfExit: accountsOfExit))
        return chains.chains(changes).map { finding($0, in: events) }
    }

    private func finding(_ chain: ChangeChain, in events: EventTable) -> DetectionFinding {
        let entry = events[chain.entries[0].row], change = events[chain.changes[0]]
        let name = entry.actorLogin ?? chain.subject
        let why = ["The account's own factors were changed: \(change.eventType ?? "")."] + chain.reasons
            + ["Benign where the user travels and enrols a new phone there."]
        return finding(
            "Factors of \(name) were changed, and then the account was used from \(place(entry)), which is new to it.",
            actor: chain.subject, name: name, rows: chain.rows, in: events,
            severity: chain.acts.isEmpty || chain.severity < .high ? chain.severity : .critical, why: why,
            figures: chain.figures(in: events))
    }
}

/// An address with its city and country, as far as they are known.
func place(_ event: OktaEvent) -> String {
    let place = [event.city, event.country].compactMap { $0 }.joined(separator: ", ")
    return (event.ipAddress ?? "an unknown address") + (place.isEmpty ? "" : " (\(place))")
}
