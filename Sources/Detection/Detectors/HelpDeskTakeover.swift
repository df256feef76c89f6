public import Events
internal import JSON

/// Somebody else resets a user's password or factors, and then the account is used from a place that is new to it.
///
/// This is how a talked-over help desk looks: a caller who is not the user, a reset, a sign-in from the caller's place,
/// and what the caller came for. A place is new when address and country, or address and network, were not in use by
/// the account ``settling`` seconds before the reset, or a computer's is 100 km from all that were. A registered device
/// is the user's own: see `RegisteredDevices`.
///
/// | evidence | severity |
/// |---|---|
/// | a reset, a new place, a new device or browser | high |
/// | a reset, a new place, and nothing known of the device | medium |
/// | one of these, and then an act that gives power or takes protection | critical |
/// | the user signs in from a usual place, with the device the user had, or through a shared way out | silent |
public struct HelpDeskTakeover: Detector {
    public let id = "help_desk_takeover"
    public let title = "Reset by an administrator, then use from a new place"
    public let severity = Severity.high
    /// Impersonation; Modify Authentication Process: Multi-Factor Authentication; Valid Accounts: Cloud Accounts.
    public let attack = ["T1656", "T1556.006", "T1078.004"]
    public let needs: [EventField] = [.eventType, .ipAddress, .actorID, .targetID]

    /// In seconds after a reset.
    public let window: Double
    /// In seconds before a reset; what is newer is not yet the user's own.
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
        let types = AccountChanges.factorTypes + AccountChanges.recoveryTypes
        let changes = AccountChanges(events, types: types).byOthers
        guard !changes.isEmpty else { return [] }
        var chains = ChangeChains(
            events,
            limits: ChangeLimits(
                window: window, settling: settling, earlierSignIns: earlierSignIns, accountsOfExit: accountsOfExit))
        return chains.chains(changes).map { finding($0, in: events) }
    }

    private func finding(_ chain: ChangeChain, in events: EventTable) -> DetectionFinding {
        let entry = events[chain.entries[0].row], change = events[chain.changes[0]]
        let name = entry.actorLogin ?? chain.subject, helper = change.actorLogin ?? "an administrator"
        var why = ["\(helper) did \(change.eventType ?? "a change") for the account."] + chain.reasons
        if !chain.acts.isEmpty { why.append("From there it then did what gives power or takes protection.") }
        why.append("Benign where the user lost device and password on a journey.")
        return finding(
            "\(helper) reset the access of \(name), which was then used from \(place(entry)), which is new to it.",
            actor: chain.subject, name: name, rows: chain.rows, in: events,
            severity: chain.acts.isEmpty ? chain.severity : .critical, why: why,
            figures: [JSONValue.Member("administrator", .string(helper))] + chain.figures(in: events))
    }
}
