internal import Events
internal import JSON
internal import Tables

extension SourceAttack {
    /// From how many accounts an attack is high by its size alone.
    private static let manyUsers = 25

    /// What the evidence says: see ``PasswordSpray``.
    var severity: Severity {
        if isAutomation || isShared { return .low }
        let mostlyFails = signedInUsers * 4 <= users.count
        if mostlyFails && (users.count >= Self.manyUsers || !entered.isEmpty) { return .high }
        return mostlyFails || users.count >= 10 ? .medium : .low
    }

    /// Its finding.
    ///
    /// It is about the account that was entered first; where none was, about the one with the most failures.
    func finding(
        of detector: any Detector, in log: SourceAttacks, _ events: EventTable, window: Double
    ) -> DetectionFinding {
        let figures = EvidenceFigures(attempts.map(\.row), in: events)
        let targets = AttackedAccounts(attempts, in: events)
        let place = events.column(field).dictionary[Int(source)]
        let subject = attempts.first { entered.contains($0.account) }?.account ?? targets.mostAttacked
        let source = field == .ipAddress ? place : "one device at \(figures.count(of: .ipAddress)) addresses"
        return DetectionFinding(
            detector: detector, groupKey: "\(field.rawValue) \(place)",
            description: "\(attempts.count) failed logins for \(users.count) accounts from \(source) within "
                + "\(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: log.attempts.accounts.key(subject), createdAt: figures.last,
            severity: severity,
            figures: figures.members(
                actor: targets.title(subject), window: window, why: why(figures),
                [
                    JSONValue.Member("users", JSONValue(targets.names)),
                    JSONValue.Member("user_count", .integer(Int64(users.count))),
                    JSONValue.Member("unknown_user_count", .integer(Int64(unknownUsers))),
                    JSONValue.Member("most_failures_of_one_user", .integer(Int64(targets.most))),
                    JSONValue.Member("users_signed_in_from_source", .integer(Int64(signedInUsers))),
                    JSONValue.Member("entered_users", JSONValue(targets.names(of: entered))),
                    JSONValue.Member("device_hash", JSONValue(field == .deviceHash ? place : nil)),
                ]))
    }

    private func why(_ figures: EvidenceFigures) -> [String] {
        var why = ["\(counted(users.count, "account")) failed with \(attempts.count) tries in all."]
        if unknownUsers > 0 {
            why.append("\(counted(unknownUsers, "name")) of them the org does not have, or not so spelt.")
        }
        if signedInUsers == 0 { why.append("Nobody ever signed in from there.") }
        if !entered.isEmpty && !isShared {
            why.append("\(counted(entered.count, "attacked account")) signed in from there after the attack began.")
        } else if signedInUsers > 0 {
            why.append("Benign if people share the source: \(counted(signedInUsers, "account")) signed in from there.")
        }
        if isAutomation { why.append("Benign if it is an own login page or script: every try came with an API token.") }
        return why
    }
}

/// The accounts of an attack, by the order in which they were attacked first.
struct AttackedAccounts {
    private let events: EventTable
    private let failures: [UInt32: (count: Int, row: Int)]
    private let order: [UInt32]

    /// - Parameter attempts: In time order, at least one.
    init(_ attempts: [SignInAttempts.Attempt], in events: EventTable) {
        var failures: [UInt32: (count: Int, row: Int)] = [:], order: [UInt32] = []
        for attempt in attempts {
            if failures[attempt.account] == nil { order.append(attempt.account) }
            failures[attempt.account, default: (0, attempt.row)].count += 1
        }
        self.events = events
        self.failures = failures
        self.order = order
    }

    /// The failures of the account that has the most.
    var most: Int { failures[mostAttacked]?.count ?? 0 }

    /// The account with the most failures; the first of several.
    var mostAttacked: UInt32 {
        var best: UInt32 = order.first ?? 0
        for account in order where (failures[account]?.count ?? 0) > (failures[best]?.count ?? 0) { best = account }
        return best
    }

    /// The first names, as people know them.
    var names: [String] { names(of: nil) }

    /// The first names of those accounts that are in a set.
    func names(of some: Set<UInt32>?) -> [String] {
        order.lazy.filter { some?.contains($0) ?? true }.prefix(EvidenceFigures.listLimit).map(name)
    }

    /// `ann@example.com and 11 more`.
    func title(_ account: UInt32) -> String {
        order.count == 1 ? name(account) : "\(name(account)) and \(order.count - 1) more"
    }

    private func name(_ account: UInt32) -> String {
        failures[account].flatMap { events[$0.row].actorLogin } ?? ""
    }
}
