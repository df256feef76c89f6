public import Events
internal import JSON
internal import Tables

/// Failed sign-ins of one user from many addresses, device hashes or user agents.
///
/// Only failures from where the user never signed in before count. One belongs to an attack when it lies in some window
/// that holds enough different sources of one kind; windows that overlap make one attack, and an attack is one finding.
/// ``FailedLoginBurst`` counts the same failures by time alone; this says that no one person can be behind them.
///
/// | severity | evidence |
/// |---|---|
/// | high | 10 addresses or 50 failures, in more than one network where the log names networks |
/// | medium | fewer |
/// | low | one network, country and user agent: a phone whose address changes; or every try came with an API token |
public struct BruteForceManySources: Detector {
    public let id = "brute_force_many_sources"
    public let title = "Brute force of one user from many sources"
    public let severity = Severity.medium
    /// Brute Force: Password Guessing.
    public let attack = ["T1110.001"]
    public let needs: [EventField] = [.outcomeResult, .actorID, .ipAddress]

    /// From how many sources on it is an attack.
    public let limits: SourceLimits

    /// - Parameter limits: From how many sources on it is an attack.
    public init(limits: SourceLimits = SourceLimits()) { self.limits = limits }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let attacks = UserAttacks(events, SignInAttempts(events), limits: limits)
        return attacks.found.map { finding($0, attacks.attempts.accounts.key($0.account), in: events) }
    }

    private func severity(_ figures: EvidenceFigures, _ rows: [Int], isAutomation: Bool) -> Severity {
        let networks = figures.networks.count
        let isOnePhone = networks == 1 && figures.count(of: .userAgent) <= 1 && figures.count(of: .country) <= 1
            && figures.count(of: .deviceHash) <= 1
        if isAutomation || isOnePhone { return .low }
        let isLarge = figures.count(of: .ipAddress) >= 10 || rows.count >= 50
        return isLarge && networks != 1 ? .high : .medium
    }

    private func finding(_ attack: UserAttack, _ key: String, in events: EventTable) -> DetectionFinding {
        let rows = attack.attempts.map(\.row), tokens = events.column(.requestAPITokenID).codes
        let isAutomation = rows.allSatisfy { tokens[$0] != 0 }
        let figures = EvidenceFigures(rows, in: events)
        let severity = severity(figures, rows, isAutomation: isAutomation)
        let name = rows.last.flatMap { events[$0].actorLogin } ?? key
        let addresses = counted(figures.count(of: .ipAddress), "address")
        return DetectionFinding(
            detector: self, groupKey: key,
            description: "\(rows.count) failed logins for \(name) from \(addresses) within "
                + "\(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: key, createdAt: figures.last, severity: severity,
            figures: figures.members(
                actor: name, window: limits.window,
                why: why(figures, "\(rows.count) tries from \(addresses)", severity, isAutomation: isAutomation),
                [
                    JSONValue.Member("device_hash_count", .integer(Int64(figures.count(of: .deviceHash)))),
                    JSONValue.Member("user_agent_count", .integer(Int64(figures.count(of: .userAgent)))),
                ]))
    }

    private func why(
        _ figures: EvidenceFigures, _ tries: String, _ severity: Severity, isAutomation: Bool
    ) -> [String] {
        let devices = figures.count(of: .deviceHash), agents = figures.count(of: .userAgent)
        var why = ["\(tries); the user had signed in from none of them before."]
        if devices > 1 { why.append("\(devices) device hashes: the tool keeps no cookie.") }
        if agents > 1 { why.append("\(agents) user agents.") }
        if isAutomation { why.append("Benign if it is an own script: every try came with an API token.") }
        if severity == .low && !isAutomation { why.append("Benign if it is a phone whose address changes.") }
        return why
    }
}
