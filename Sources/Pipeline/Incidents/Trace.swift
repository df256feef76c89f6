internal import Detection
internal import Events
internal import JSON
internal import Tables

/// A finding with its score, its time and all by which it may be tied to others.
struct Trace {
    let finding: DetectionFinding
    let isPromoted: Bool
    let severity: Severity
    let score: Double
    let firstSeen: Timestamp?
    let lastSeen: Timestamp?
    let ips: [String]
    /// Those of ``ips`` that people share who have nothing to do with each other.
    let commonIPs: [String]
    /// What others may share. A promoted finding about the whole org shares nothing: it would tie all that happened.
    let keys: Set<ByteText>

    /// ``firstSeen`` and ``lastSeen`` in ticks; a finding without time lies at 0.
    var first: Int64 { firstSeen?.ticks ?? 0 }
    var last: Int64 { lastSeen?.ticks ?? first }

    init(_ finding: DetectionFinding, _ score: RiskScore?, rows: [Int], in file: CaseFile, _ ties: AddressTies) {
        self.finding = finding
        isPromoted = score?.promotes(finding, threshold: file.promoteThreshold) ?? false
        severity = score?.severity ?? finding.severity
        self.score = score?.score ?? 0
        let events = rows.map { file.events[$0] }
        let times = events.compactMap(\.published)
        firstSeen = times.min() ?? finding.metadata["first_seen"]?.string.flatMap { Timestamp($0) } ?? finding.createdAt
        lastSeen = times.max() ?? finding.createdAt
        ips = distinctTexts(events.compactMap(\.ipAddress) + (finding.metadata["ips"]?.strings ?? []))
        commonIPs = distinctTexts(rows.filter(ties.isCommon).compactMap { file.events[$0].ipAddress })
        let isAlone = isPromoted && finding.isAboutOrganization
        keys = isAlone ? [] : Set(Self.keys(of: finding, rows, in: file, ties).map(ByteText.init))
    }

    static func isEarlier(_ left: Trace, _ right: Trace) -> Bool {
        (left.first, left.finding.id) < (right.first, right.finding.id)
    }

    /// Seconds between two moments in ticks.
    static func gap(from end: Int64, to start: Int64) -> Double {
        Double(start - end) / Double(Timestamp.ticksPerSecond)
    }

    func isNear(_ other: Trace) -> Bool {
        Trace.gap(from: min(last, other.last), to: max(first, other.first)) <= IncidentBuilder.reach
    }
}

// MARK: What ties it

extension Trace {
    /// Okta writes `unknown` where a failed sign-in has no session yet.
    private static let noSession = "unknown"

    private static func keys(
        of finding: DetectionFinding, _ rows: [Int], in file: CaseFile, _ ties: AddressTies
    ) -> [String] {
        let own = finding.oktaEventIDs.map { "event " + $0 }
        if finding.isAboutOrganization { return own }
        let events = rows.map { file.events[$0] }
        // Without its events nothing is known of an address but that the finding names it.
        let addresses = rows.isEmpty
            ? finding.metadata["ips"]?.strings ?? [] : rows.filter(ties.isTie).compactMap { file.events[$0].ipAddress }
        let sessions = events.compactMap(\.sessionID).filter { $0 != noSession }
        return actors(of: finding, rows, in: file).map { "actor " + $0 } + addresses.map { "address " + $0 }
            + sessions.map { "session " + $0 } + own + sources(of: finding, events).map { "source " + $0 }
    }

    /// The accounts that a finding says something of. One about many accounts says something of those that got in: that
    /// somebody tried the others is true of every account.
    private static func actors(of finding: DetectionFinding, _ rows: [Int], in file: CaseFile) -> [String] {
        guard finding.namesUsers else { return finding.userID.isEmpty ? [] : [finding.userID] }
        return distinctTexts(rows.filter { isEntry(file.events[$0]) }.compactMap { file.events.actorKey(at: $0) })
    }

    private static func isEntry(_ event: OktaEvent) -> Bool {
        !["FAILURE", "DENY"].contains(event.outcome ?? "") && event.eventType?.hasPrefix("user.account.lock") != true
    }

    /// Where an attack on many accounts came from. It ties the attack to what came of it also through a proxy, or when
    /// so many accounts were entered from there that the address looks like one that people share.
    private static func sources(of finding: DetectionFinding, _ events: [OktaEvent]) -> [String] {
        if attacksOnMany.contains(finding.findingType) { return distinctTexts(events.compactMap(\.ipAddress)) }
        let follows = finding.metadata["follows"]?.strings ?? []
        guard finding.metadata["from_attacker"]?.bool == true, follows.contains(where: attacksOnMany.contains)
        else { return [] }
        return [finding.metadata["success_ip"]?.string].compactMap { $0 }
    }

    /// The detectors of attacks on the passwords of many accounts.
    private static let attacksOnMany: Set<String> = [
        "password_spray", "credential_stuffing", "password_spray_distributed", "mass_lockout",
    ]
}

extension DetectionFinding {
    /// Whether it names the accounts it is about, instead of being about ``userID`` alone.
    var namesUsers: Bool { metadata["users"]?.array != nil }

    /// Whether it is a rule's about so many actors that it says something of the org alone.
    var isAboutOrganization: Bool { metadata["scope"]?.string == "organization" }

    /// How many accounts it is about.
    var userCount: Int { metadata["user_count"]?.integer.flatMap { Int(exactly: $0) } ?? 1 }

    /// Whom it is about: `ann@example.com`, or `ann@example.com and 11 more`.
    var people: String {
        let isCounted = userCount < 2 || isAboutOrganization || actorName.hasSuffix(" more")
        return isCounted ? actorName : "\(actorName) and \(userCount - 1) more"
    }
}

/// The texts that are not empty, each once, in their first order; compared by bytes.
func distinctTexts(_ texts: [String]) -> [String] {
    var seen: Set<ByteText> = []
    return texts.filter { !$0.isEmpty && seen.insert(ByteText($0)).inserted }
}
