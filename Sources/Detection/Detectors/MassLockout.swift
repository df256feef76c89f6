public import Events
internal import JSON
internal import Tables

/// Several accounts locked within a short time.
///
/// Counted are the types `user.account.lock` and `user.account.lock.limit` of Okta's event catalogue; the account is
/// the target where that is a user, else the actor. A lock belongs to a lockout when it lies in some window in which
/// enough accounts are locked; windows that overlap make one lockout, and a lockout is one finding. It is what a spray
/// leaves behind when it dares too much, and an outage for those locked out: the finding is about the org, and names
/// the first account locked.
///
/// | severity | evidence |
/// |---|---|
/// | high | 15 accounts; or one address behind the locks of all where the log names addresses |
/// | medium | fewer |
public struct MassLockout: Detector {
    public let id = "mass_lockout"
    public let title = "Several accounts locked together"
    public let severity = Severity.medium
    /// Brute Force; Account Access Removal.
    public let attack = ["T1110", "T1531"]
    public let needs: [EventField] = [.eventType, .actorID]

    /// Accounts.
    public let threshold: Int
    /// In seconds, both ends included.
    public let window: Double

    static let types = ["user.account.lock", "user.account.lock.limit"]
    private static let manyAccounts = 15

    /// - Parameters:
    ///   - threshold: Accounts, at least 2.
    ///   - window: In seconds; Splunk's rule uses five minutes.
    public init(threshold: Int = 5, window: Double = 600) {
        self.threshold = max(2, threshold)
        self.window = window
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let types = events.column(.eventType), locks = Self.types.compactMap { types.code(of: $0) }
        guard !locks.isEmpty else { return [] }
        let targetTypes = events.column(.targetType), targets = events.column(.targetID).codes
        let user = targetTypes.code(of: "User")
        var accounts = Accounts(events), locked: [SignInAttempts.Attempt] = []
        for row in events.timeOrder where locks.contains(types.codes[row]) {
            guard let time = events.time(at: row) else { continue }
            let isTarget = targets[row] != 0 && (targetTypes.codes[row] == 0 || targetTypes.codes[row] == user)
            let account = isTarget ? accounts.target(at: row) : accounts.actor(at: row)
            if account != 0 { locked.append(SignInAttempts.Attempt(row: row, account: account, time: time.ticks)) }
        }
        return stretches(
            locked.map(\.time), of: locked.map(\.account), window: ticks(window), threshold: threshold
        ).map { finding(Array(locked[$0]), accounts, in: events) }
    }

    private func finding(
        _ locks: [SignInAttempts.Attempt], _ accounts: Accounts, in events: EventTable
    ) -> DetectionFinding {
        let figures = EvidenceFigures(locks.map(\.row), in: events), users = distinctAccounts(locks)
        let addresses = figures.count(of: .ipAddress)
        let names = users.prefix(EvidenceFigures.listLimit).map { name(of: $0, accounts, in: events) }
        let why = addresses == 1
            ? "One address is behind the locks."
            : "Benign if a policy or a directory changed: every account then locks itself, each from its own address."
        return DetectionFinding(
            detector: self, groupKey: "org",
            description: "\(users.count) accounts locked within \(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: accounts.key(locks[0].account), createdAt: figures.last,
            severity: users.count >= Self.manyAccounts || addresses == 1 ? .high : .medium,
            figures: figures.members(
                actor: "\(names.first ?? "") and \(users.count - 1) more", window: window, why: [why],
                [
                    JSONValue.Member("users", JSONValue(names)),
                    JSONValue.Member("user_count", .integer(Int64(users.count))),
                ]))
    }

    /// The first lock of each account.
    private func distinctAccounts(_ locks: [SignInAttempts.Attempt]) -> [SignInAttempts.Attempt] {
        var seen: Set<UInt32> = []
        return locks.filter { seen.insert($0.account).inserted }
    }

    /// The login of the account that was locked.
    private func name(of lock: SignInAttempts.Attempt, _ accounts: Accounts, in events: EventTable) -> String {
        let key = accounts.key(lock.account), event = events[lock.row]
        let login = event.targetID.map(ByteText.init) == ByteText(key) ? event[.targetAlternateID] : event.actorLogin
        return login ?? key
    }
}
