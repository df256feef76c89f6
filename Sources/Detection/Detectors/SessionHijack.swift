public import Events
internal import JSON
internal import Tables

/// One session, or one device's token, in use from another network and by another browser, system or device.
///
/// The first event of a session is what the others are compared with. What changes with the address alone (a VPN, a
/// phone that leaves the building) is no hijack, nor is the phone's answer to a challenge, nor the change of the
/// session's id at sign-in, as events are compared within one id only. Okta's own Admin Console back end is left out,
/// and version numbers of agents are not compared. Changes of one actor less than ``quiet`` apart are one finding.
///
/// | evidence | severity |
/// |---|---|
/// | another network, and another agent or system, in one session or of one device's token | high |
/// | another network and another device's token in one session, whatever the agent says of itself | high |
/// | the same network, 100 km away, and another computer's token in one session | high |
/// | the same, and then an act that gives power or takes protection | critical |
/// | the same from an address that several accounts share | medium |
/// | an attempt that Okta refused | low |
public struct SessionHijack: Detector {
    public let id = "session_hijack"
    public let title = "Session in use by someone else"
    public let severity = Severity.high
    /// Steal Web Session Cookie; Use Alternate Authentication Material: Web Session Cookie.
    public let attack = ["T1539", "T1550.004"]
    public let needs: [EventField] = [.externalSessionID, .ipAddress, .userAgent, .actorID]

    /// In seconds, between two changes of one actor.
    public let quiet: Double
    /// An address from which so many actors got in is one that they share.
    public let accountsOfExit: Int

    /// - Parameter quiet: In seconds.
    public init(quiet: Double = 86_400, accountsOfExit: Int = 5) {
        self.quiet = quiet
        self.accountsOfExit = accountsOfExit
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let personal = PersonalEvents(events)
        let takeovers = SessionTakeovers(events, personal).found
        guard !takeovers.isEmpty else { return [] }
        let exits = SharedExits(events, personal, accounts: accountsOfExit)
        var groups: [[SessionTakeover]] = [], open: [UInt32: Int] = [:]
        for takeover in takeovers {
            let actor = personal.actors[takeover.stranger]
            if let group = open[actor], let last = groups[group].last, continues(last, takeover, events) {
                groups[group].append(takeover)
            } else {
                open[actor] = groups.count
                groups.append([takeover])
            }
        }
        return groups.map { finding($0, in: events, personal, exits) }
    }

    private func continues(_ last: SessionTakeover, _ next: SessionTakeover, _ events: EventTable) -> Bool {
        guard let end = events.time(at: last.stranger), let start = events.time(at: next.stranger) else { return false }
        return start.seconds(since: end) <= quiet
    }

    private func finding(
        _ group: [SessionTakeover], in events: EventTable, _ personal: PersonalEvents, _ exits: SharedExits
    ) -> DetectionFinding {
        let strangers = group.map(\.stranger), first = group[0]
        let entered = strangers.filter { !personal.isRefused($0) }
        let acts = SensitiveActs(events).among(entered)
        let isShared = !entered.isEmpty && entered.allSatisfy { exits.isShared($0) }
        let severity: Severity =
            entered.isEmpty ? .low : isShared ? .medium : acts.isEmpty ? .high : .critical
        let what = first.isSession ? "session" : "device token"
        var why = ["One \(what) was used from another network and by another agent or device."]
        if !acts.isEmpty { why.append("The stranger then did what gives power or takes protection.") }
        if isShared { why.append("The other address is a way out that several accounts share.") }
        if entered.isEmpty { why.append("Okta refused it.") }
        why.append("Benign where the owner switched the browser's identity and the network at once.")
        let actor = events.actorKey(at: first.stranger) ?? "", name = events[first.stranger].actorLogin ?? actor
        return finding(
            "The \(what) of \(name) was used from "
                + "\(events[first.owner].ipAddress ?? "?") and by someone else from "
                + "\(events[first.stranger].ipAddress ?? "?").",
            actor: actor, name: name, rows: group.map(\.owner) + strangers, in: events, severity: severity, why: why,
            figures: [
                JSONValue.Member("session", JSONValue(events[first.stranger].sessionID)),
                JSONValue.Member("owner", EventPlace(first.owner, in: events).json),
                JSONValue.Member("stranger", EventPlace(first.stranger, in: events).json),
                JSONValue.Member("acts", JSONValue(distinct(acts.map { events[$0].eventType }))),
            ])
    }
}
