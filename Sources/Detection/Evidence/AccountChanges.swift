internal import Events
internal import Tables

/// Changes to accounts that make it easier to get into them, in time order, each with the account it is about.
struct AccountChanges {
    /// Names from Okta's event catalogue, release 2026.08.1.
    static let factorTypes = [
        "user.mfa.factor.activate", "user.mfa.factor.deactivate", "user.mfa.factor.reset_all", "user.mfa.factor.update",
        "user.mfa.factor.suspend", "device.enrollment.create", "device.user.add",
    ]
    static let recoveryTypes = [
        "user.account.reset_password", "user.account.expire_password", "user.account.unlock_by_admin",
        "user.account.update_primary_email", "user.mfa.attempt_bypass",
    ]

    /// Made by the account itself.
    private(set) var own: [(subject: String, row: Int)] = []
    /// Made by somebody else.
    private(set) var byOthers: [(subject: String, row: Int)] = []

    init(_ events: EventTable, types: [String]) {
        let column = events.column(.eventType), outcomes = events.column(.outcomeResult)
        let isChange = column.marks(types), isRefused = outcomes.marks(["FAILURE", "DENY"])
        guard isChange.contains(true) else { return }
        let targets = UserTargets(events)
        for row in events.timeOrder where isChange[Int(column.codes[row])] && !isRefused[Int(outcomes.codes[row])] {
            guard events.time(at: row) != nil, let subject = targets.subject(row) else { continue }
            let actor = events.actorKey(at: row) ?? subject
            if ByteText(actor) == ByteText(subject) {
                own.append((subject, row))
            } else {
                byOthers.append((subject, row))
            }
        }
    }
}
