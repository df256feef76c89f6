public import Events
internal import JSON

/// An actor signs in from a country that it never signed in from.
///
/// Compared with the actor's own earlier sign-ins: at least ``earlierSignIns`` over ``span``. By itself it is what
/// every journey looks like; it is there to stand beside other findings.
///
/// | evidence | severity |
/// |---|---|
/// | a new country, also with a new device: the phone is what travellers turn on first | low |
/// | a way out that several accounts share | silent |
public struct NewCountry: Detector {
    public let id = "new_country"
    public let title = "First sign-in from a country"
    public let severity = Severity.low
    /// Valid Accounts: Cloud Accounts.
    public let attack = ["T1078.004"]
    public let needs: [EventField] = [.eventType, .country, .actorID]

    /// How often an actor has to have signed in before.
    public let earlierSignIns: Int
    /// In seconds, from the first of the earlier sign-ins.
    public let span: Double
    /// An address from which so many actors got in is one that they share.
    public let accountsOfExit: Int

    /// - Parameter span: In seconds.
    public init(earlierSignIns: Int = 10, span: Double = 7 * 86_400, accountsOfExit: Int = 5) {
        self.earlierSignIns = earlierSignIns
        self.span = span
        self.accountsOfExit = accountsOfExit
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let personal = PersonalEvents(events)
        let limits = BaselineLimits(signIns: earlierSignIns, span: span)
        let found = NewSignIns(events, personal, limits: limits).found.filter(\.isNewCountry)
        guard !found.isEmpty else { return [] }
        let exits = SharedExits(events, personal, accounts: accountsOfExit)
        return found.compactMap { finding($0, in: events, personal, exits.doubt($0.row)) }
    }

    private func finding(
        _ signIn: NewSignIn, in events: EventTable, _ personal: PersonalEvents, _ doubt: SharedExits.Doubt?
    ) -> DetectionFinding? {
        guard doubt != .shared, doubt != .known else { return nil }
        let event = events[signIn.row], country = event.country ?? ""
        let actor = events.actorKey(at: signIn.row) ?? "", name = event.actorLogin ?? actor
        var why = ["None of the \(signIn.signIns) sign-ins before came from \(country)."]
        if signIn.isNewDevice == true { why.append("The device is new to the account, too.") }
        if signIn.isNewDevice == false { why.append("The device is one that the account used before.") }
        if let doubt { why.append("The place is doubtful: the address \(doubt.rawValue).") }
        why.append("Benign where the user travels.")
        return finding(
            "\(name) signed in from \(country) for the first time.", actor: actor, name: name,
            key: actor + "\n" + country, rows: signIn.followers(by: .country, in: events, personal), in: events,
            severity: .low, why: why,
            figures: [
                JSONValue.Member("country", .string(country)),
                JSONValue.Member("earlier_sign_ins", .integer(Int64(signIn.signIns))),
                JSONValue.Member("entry", EventPlace(signIn.row, in: events).json),
            ])
    }
}
