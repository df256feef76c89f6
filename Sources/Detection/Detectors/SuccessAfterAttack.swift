public import Events
internal import JSON
internal import Tables

/// A sign-in that an attack on passwords may have brought about.
///
/// The attack is one that ``PasswordSpray``, ``CredentialStuffing``, ``PasswordSprayDistributed``,
/// ``BruteForceManySources`` or ``FailedLoginBurst`` finds with its default settings, or as many failures as make a
/// burst from one address strange to the account, within a day however slowly. The sign-in is one of an attacked
/// account, or of any account from the source of a spray (whose first guess was right), up to ``window`` after the
/// attack; from elsewhere, up to an hour. Never one from where the account had signed in before the attack: that is its
/// owner, who mistyped. One account is one finding, which later sign-ins within ``window`` join.
///
/// | severity | evidence |
/// |---|---|
/// | critical | from a place of a spray, a stuffing or many sources, strange to the account or with ten attacked |
/// | high | the same, of an account without a past in the log; or from the place of a burst, strange to the account |
/// | high | from the address of slow tries, strange to the account |
/// | medium | of an account attacked alone, from another strange place; or after a burst of 20, without a past |
/// | low | of one of many attacked accounts, from another strange place |
/// | none | after a shorter burst, without a past: nothing tells it from a forgotten password |
///
/// A place is strange when the account signed in before the attack, but never from there: see `FamiliarPlaces`.
public struct SuccessAfterAttack: Detector {
    public let id = "success_after_attack"
    public let title = "Sign-in after an attack on the password"
    public let severity = Severity.high
    /// Brute Force; Valid Accounts: Cloud Accounts.
    public let attack = ["T1110", "T1078.004"]
    public let needs: [EventField] = [.outcomeResult, .actorID, .ipAddress]

    /// In seconds after the last failure.
    public let window: Double
    /// The failures that a finding names before the sign-ins; `failure_count` says how many there were.
    static let failureLimit = 900

    /// - Parameter window: In seconds.
    public init(window: Double = 86_400) { self.window = window }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let attempts = SignInAttempts(events)
        let attacks = CredentialAttack.all(in: events, attempts)
        let successes = AttackSuccesses(attacks, attempts, in: events, window: window).found
            .filter { severity(of: $0) != nil }
        var open: [UInt32: Int] = [:], entries: [[AttackSuccess]] = []
        for success in successes {
            let account = success.success.account
            if let index = open[account], success.success.time - entries[index][0].success.time <= ticks(window) {
                entries[index].append(success)
            } else {
                open[account] = entries.count
                entries.append([success])
            }
        }
        let found = entries.map { finding($0, attempts.accounts, in: events) }
        return found.sorted { events.isOrdered($0.row, before: $1.row) }.map(\.finding)
    }

    /// `nil` where it is no evidence.
    private func severity(of success: AttackSuccess) -> Severity? {
        if success.attack.kind == .patient { return success.isFromAttacker && success.place == .strange ? .high : nil }
        guard success.isFromAttacker else { return success.attack.users.count > 1 ? .low : .medium }
        if success.attack.kind == .burst {
            return success.place == .strange ? .high : success.attack.attempts.count >= 20 ? .medium : nil
        }
        return success.place == .strange || success.attack.users.count >= 10 ? .critical : .high
    }
}

extension SuccessAfterAttack {
    private func finding(
        _ entries: [AttackSuccess], _ accounts: Accounts, in events: EventTable
    ) -> (row: Int, finding: DetectionFinding) {
        let key = accounts.key(entries[0].success.account)
        let successes = Array(Set(entries.map(\.success.row))).sorted { events.isOrdered($0, before: $1) }
        let before = entries[0].success.row
        let proof = Set(entries.flatMap { $0.failures })
            .filter { events.isOrdered($0, before: before) }.sorted { events.isOrdered($0, before: $1) }
        let figures = EvidenceFigures(Array(proof.prefix(Self.failureLimit)) + successes.prefix(100), in: events)
        let name = events[before].actorLogin ?? key
        let place = events[before].ipAddress ?? "an unknown address"
        let worst = entries.compactMap { severity(of: $0) }.max() ?? .medium
        let finding = DetectionFinding(
            detector: self, groupKey: key,
            description: "\(name) signed in from \(place) after \(counted(proof.count, "failed login")) of an attack.",
            oktaEventIDs: figures.eventIDs, userID: key, createdAt: figures.last, severity: worst,
            figures: figures.members(
                actor: name, window: window, why: why(entries, proof.count),
                [
                    JSONValue.Member("failure_count", .integer(Int64(proof.count))),
                    JSONValue.Member("success_event", .string(events[before].id)),
                    JSONValue.Member("success_ip", JSONValue(events[before].ipAddress)),
                    JSONValue.Member("follows", JSONValue(distinct(entries.map { $0.attack.kind.rawValue }))),
                    JSONValue.Member("from_attacker", .bool(entries.contains(where: \.isFromAttacker))),
                ]))
        return (proof.first ?? before, finding)
    }

    private func why(_ entries: [AttackSuccess], _ failures: Int) -> [String] {
        let attack = entries[0].attack
        return [
            attack.users.count > 1
                ? "\(counted(attack.users.count, "account")) were attacked with \(attack.attempts.count) tries."
                : "The account was attacked with \(counted(failures, "try", "tries")).",
            entries[0].isFromAttacker
                ? "The sign-in came from where the attack came from." : "The sign-in came from elsewhere.",
            entries[0].place == .strange
                ? "The account signed in before the attack, but never from there."
                : "The log has no earlier sign-in of the account: benign if its owner remembered the password at last.",
        ]
    }
}
