public import Events

/// Something that reads events and says what is wrong in them.
///
/// A detector is a value without state. It reads each event at most a fixed number of times, so its cost is
/// linear in the events.
public protocol Detector: Sendable {
    /// The name in `finding_type` and `metadata.rule_id`.
    var id: String { get }
    /// A few words for people.
    var title: String { get }
    var severity: Severity { get }
    /// ATT&CK technique ids, of ``Detectors/attackVersion``.
    var attack: [String] { get }
    /// The fields without which it sees nothing.
    var needs: [EventField] { get }
    /// What it finds, in the order of the first event of each finding.
    func findings(in events: EventTable) -> [DetectionFinding]
}

extension Detector {
    /// The needed fields that no event has. An actor's login stands in for its id, as in `EventTable.actorKey(at:)`.
    public func missing(in events: EventTable) -> [EventField] {
        needs.filter { !events.has($0) && !($0 == .actorID && events.has(.actorAlternateID)) }
    }
}

/// The built-in detectors. To add one: one file in `Detectors/`, one line here.
public enum Detectors {
    /// In the order in which they run and are listed.
    public static let all: [any Detector] = [
        ImpossibleTravel(),
        FailedLoginBurst(),
        PasswordSpray(),
        CredentialStuffing(),
        PasswordSprayDistributed(),
        BruteForceManySources(),
        SuccessAfterAttack(),
        MFAFatigue(),
        PushSourceMismatch(),
        MassLockout(),
        ApplicationBurst(),
        SessionHijack(),
        FactorChangeThenNewPlace(),
        HelpDeskTakeover(),
        AdminRoleThenNewPlace(),
        APITokenUsedElsewhere(),
        IdentityProviderBackdoor(),
        DefenceWeakening(),
        NewCountry(),
        NewDevice(),
        DormantAccount(),
        DeviceTokenShared(),
        SharedFactorDevice(),
    ]

    /// The version of the detectors and of the built-in rules: it is raised with every change of what they find.
    public static let version = "1"

    /// The version of MITRE ATT&CK whose technique ids are used (https://attack.mitre.org, v18.1).
    public static let attackVersion = "18.1"
}
