public import Events
internal import JSON
internal import Tables

/// Failed sign-ins of many accounts, few of each, from many addresses.
///
/// Left out are failures that belong to an attack from one source, those from addresses from which anyone signed in
/// before, and those of users who sign in from the same address, earlier or later. Of the rest, those with one user
/// agent are looked at together first, within an hour, and within a day where the log had at least a day before it and
/// saw few such failures then; then all others by time alone, with higher limits. Windows that overlap make one attack,
/// and an attack is one finding.
///
/// | severity | evidence |
/// |---|---|
/// | high | 25 accounts from 10 addresses, with a user agent that hardly anyone signs in with meanwhile |
/// | medium | fewer; or any user agents |
/// | none | as many accounts sign in with the user agent as fail; four times as many, for any user agents |
///
/// "Hardly anyone" is one account for four that fail. A large org always has people who mistype at hotels; they share a
/// common browser with those who do not, and a tool's user agent is its own.
public struct PasswordSprayDistributed: Detector {
    public let id = "password_spray_distributed"
    public let title = "Password spray from many sources"
    public let severity = Severity.medium
    /// Brute Force: Password Spraying.
    public let attack = ["T1110.003"]
    public let needs: [EventField] = [.outcomeResult, .actorID, .ipAddress]

    /// From how many accounts and addresses on it is an attack.
    public let limits: DistributedLimits

    /// - Parameter limits: From how many accounts and addresses on it is an attack.
    public init(limits: DistributedLimits = DistributedLimits()) { self.limits = limits }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let sprays = DistributedSprays(
            events, besides: SourceAttacks(events, SignInAttempts(events), limits: SprayLimits()), limits: limits)
        return sprays.found.map { finding($0, sprays.attempts.accounts, in: events) }
    }

    private func severity(_ spray: DistributedSpray) -> Severity {
        let isLarge = spray.users.count >= 25 && spray.addresses.count >= 10
        return isLarge && spray.agent != nil && spray.signedInUsers * 4 <= spray.users.count ? .high : .medium
    }

    private func finding(_ spray: DistributedSpray, _ accounts: Accounts, in events: EventTable) -> DetectionFinding {
        let figures = EvidenceFigures(spray.attempts.map(\.row), in: events)
        let targets = AttackedAccounts(spray.attempts, in: events)
        let agent = spray.agent.map { events.column(.userAgent).dictionary[Int($0)] }
        return DetectionFinding(
            detector: self, groupKey: agent.map { "agent " + $0 } ?? "any agent",
            description: "\(spray.attempts.count) failed logins for \(spray.users.count) accounts from "
                + "\(spray.addresses.count) addresses within \(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: accounts.key(targets.mostAttacked), createdAt: figures.last,
            severity: severity(spray),
            figures: figures.members(
                actor: targets.title(targets.mostAttacked),
                window: spray.agent == nil
                    ? limits.shortWindow : spray.isSlow(limits) ? limits.slowWindow : limits.window,
                why: why(spray),
                [
                    JSONValue.Member("users", JSONValue(targets.names)),
                    JSONValue.Member("user_count", .integer(Int64(spray.users.count))),
                    JSONValue.Member("most_failures_of_one_user", .integer(Int64(targets.most))),
                    JSONValue.Member("users_signed_in_meanwhile", .integer(Int64(spray.signedInUsers))),
                ]))
    }

    private func why(_ spray: DistributedSpray) -> [String] {
        [
            "\(counted(spray.users.count, "account")) failed at \(counted(spray.addresses.count, "address")).",
            spray.agent == nil ? "They have nothing in common but the time." : "All had the same user agent.",
            "Benign if many are on the way at once: \(counted(spray.signedInUsers, "account")) signed in meanwhile"
                + (spray.agent == nil ? "." : " with that user agent."),
        ]
    }
}
