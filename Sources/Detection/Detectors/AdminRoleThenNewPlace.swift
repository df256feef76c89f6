public import Events
internal import JSON

/// An account is given an administrator's role, and is then used from a place that is new to it.
///
/// A place is new when address and country, or address and network, were not in use by the account ``settling``
/// seconds before the grant, or a computer's is 100 km from all that were. A registered device is the user's own: see
/// `RegisteredDevices`. Grants to groups say nothing about one account and are left out.
///
/// | evidence | severity |
/// |---|---|
/// | a new place and a new device or browser | high |
/// | the same, and then an act that gives power or takes protection | critical |
/// | a new place, and nothing known of the device | medium |
/// | usual places, the device that the user had, a shared way out | silent |
public struct AdminRoleThenNewPlace: Detector {
    public let id = "admin_role_then_new_place"
    public let title = "Administrator's role granted, then used from a new place"
    public let severity = Severity.high
    /// Account Manipulation: Additional Cloud Roles; Valid Accounts: Cloud Accounts.
    public let attack = ["T1098.003", "T1078.004"]
    public let needs: [EventField] = [.eventType, .ipAddress, .actorID, .targetID]

    static let grantTypes = ["user.account.privilege.grant", "iam.resourceset.bindings.add"]

    /// In seconds after a grant.
    public let window: Double
    /// In seconds before a grant; what is newer is not yet the user's own.
    public let settling: Double
    /// Sign-ins before that.
    public let earlierSignIns: Int
    /// An address from which so many actors got in is one that they share.
    public let accountsOfExit: Int

    /// - Parameters:
    ///   - window: In seconds.
    ///   - settling: In seconds.
    public init(
        window: Double = 3 * 86_400, settling: Double = 6 * 3600, earlierSignIns: Int = 3, accountsOfExit: Int = 5
    ) {
        self.window = window
        self.settling = settling
        self.earlierSignIns = earlierSignIns
        self.accountsOfExit = accountsOfExit
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let changes = AccountChanges(events, types: Self.grantTypes)
        guard !changes.own.isEmpty || !changes.byOthers.isEmpty else { return [] }
        var chains = ChangeChains(
            events,
            limits: ChangeLimits(
                window: window, settling: settling, earlierSignIns: earlierSignIns, accountsOfExit: accountsOfExit))
        let grants = (changes.own + changes.byOthers).sorted { events.isOrdered($0.row, before: $1.row) }
        return chains.chains(grants).map { finding($0, in: events) }
    }

    private func finding(_ chain: ChangeChain, in events: EventTable) -> DetectionFinding {
        let entry = events[chain.entries[0].row], grant = events[chain.changes[0]]
        let name = entry.actorLogin ?? chain.subject, giver = grant.actorLogin ?? "an administrator"
        let why = ["\(giver) gave the account an administrator's role."] + chain.reasons
            + (chain.acts.isEmpty ? [] : ["From there it then did what gives power or takes protection."])
            + ["Benign where the new administrator is travelling."]
        return finding(
            "\(name) was given an administrator's role and was then used from \(place(entry)), which is new to it.",
            actor: chain.subject, name: name, rows: chain.rows, in: events,
            severity: chain.acts.isEmpty || chain.severity < .high ? chain.severity : .critical, why: why,
            figures: [JSONValue.Member("granted_by", .string(giver))] + chain.figures(in: events))
    }
}
