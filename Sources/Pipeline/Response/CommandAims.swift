internal import Detection
internal import Events
internal import JSON
internal import Tables

/// What the commands of an incident's plan are about: each step has its own subjects, taken from those promoted
/// findings that ask for the step.
struct CommandAims {
    let incident: SecurityIncident
    let file: CaseFile
    let org: String
    /// The promoted findings with the rows of their events.
    let findings: [(finding: DetectionFinding, rows: [Int])]

    init(_ incident: SecurityIncident, in file: CaseFile, org: String) {
        self.incident = incident
        self.file = file
        self.org = org
        findings = file.findings(incident.promotedFindingIDs).map { ($0, file.rows(of: $0)) }
    }

    func subjects(of step: CanonicalStep) -> [CommandSubject] {
        switch step.card.aim {
        case .log: logs
        case .account: users(accounts(for: step))
        case .lockedAccount: users(lockedAccounts)
        case .addresses: [addresses].compactMap { $0 }
        case .token: tokens
        case .provider: providers
        case .device: devices
        case .factor: factors
        case .role: roles(step)
        case .defence: defences
        case .organisation: [CommandSubject("")]
        case .host: []
        }
    }

    /// The findings that ask for a step, by their play or by what was done in their events; all where none does, as
    /// when a model planned it.
    private func asking(for step: CanonicalStep) -> [(finding: DetectionFinding, rows: [Int])] {
        let asking = findings.filter { finding, rows in
            Play(for: finding).steps.contains(step)
                || rows.contains { file.events[$0].eventType.map(CanonicalStep.answers)?.contains(step) ?? false }
        }
        return asking.isEmpty ? findings : asking
    }

    /// The rows of promoted findings whose events were not refused and are of some type.
    func rows(_ isWanted: (String) -> Bool) -> [Int] {
        var seen: Set<Int> = []
        return findings.flatMap(\.rows).filter { row in
            let event = file.events[row]
            guard let type = event.eventType, isWanted(type), !["FAILURE", "DENY"].contains(event.outcome) else {
                return false
            }
            return seen.insert(row).inserted
        }
    }

    /// The targets of an event, each with its type, id and login.
    func targets(_ row: Int) -> [(type: String, id: String?, name: String?)] {
        (file.events[row].value(at: "target")?.array ?? []).map { target in
            (target["type"]?.string ?? "", target["id"]?.string, target["alternateId"]?.string)
        }
    }
}

// MARK: Accounts

extension CommandAims {
    func account(_ key: String, name: String? = nil) -> Playbook.Account {
        Playbook.Account(key, name: name, incident, in: file)
    }

    /// Subjects for calls about users; other actors have no sessions, passwords and factors.
    func users(_ accounts: [Playbook.Account]) -> [CommandSubject] {
        accounts.filter(\.isUser).map { CommandSubject($0.shown, $0.values, notes: [$0.lookUp(org)]) }
    }

    func accounts(for step: CanonicalStep) -> [Playbook.Account] {
        if findings.isEmpty { return incident.actors.map { account($0) } }
        return distinctTexts(asking(for: step).flatMap { accounts(of: $0.finding, $0.rows) }).map { account($0) }
    }

    /// Whose accounts a finding puts in other hands.
    private func accounts(of finding: DetectionFinding, _ rows: [Int]) -> [String] {
        // A hunt that found a host and no user names the host in the user's place.
        if finding.hosts.contains(where: { $0.utf8.elementsEqual(finding.userID.utf8) }) { return [] }
        let made = rows.filter { file.events[$0].eventType == "user.lifecycle.create" }
        let new = made.flatMap { targets($0).filter { $0.type == "User" }.compactMap(\.id) }
        if !new.isEmpty, Play(for: finding).goal == Play.newAccount.goal { return new }
        guard finding.namesUsers else { return [finding.userID] }
        let entered = rows.filter { !["FAILURE", "DENY"].contains(file.events[$0].outcome) }
            .compactMap { file.events.actorKey(at: $0) }
        return entered.isEmpty ? [finding.userID] : entered
    }

    /// The accounts that the incident's events locked.
    private var lockedAccounts: [Playbook.Account] {
        targetUsers(
            findings.flatMap(\.rows).filter { file.events[$0].eventType?.hasPrefix("user.account.lock") == true })
    }

    /// The users that events are about, else their actors; each once.
    func targetUsers(_ rows: [Int]) -> [Playbook.Account] {
        var seen: Set<ByteText> = []
        return rows.compactMap { row in
            let user = targets(row).first { $0.type == "User" }
            guard let key = user?.id ?? file.events.actorKey(at: row), seen.insert(ByteText(key)).inserted else {
                return nil
            }
            return account(key, name: user?.name)
        }
    }
}

// MARK: The log

extension CommandAims {
    /// Addresses whose events are collected one by one.
    private static let addressLimit = 5

    private var logs: [CommandSubject] {
        var places: [CommandSubject] = [], keys: [String] = []
        for (finding, rows) in findings {
            let own = sources(of: finding)
            places += own
            if own.isEmpty { keys += accounts(of: finding, rows) }
        }
        let accounts = (findings.isEmpty ? incident.actors : distinctTexts(keys)).map { account($0) }
        return accounts.map { account in
            CommandSubject(account.shown, filter: account.filter, notes: [account.filterNote, account.typeNote])
        } + places
    }

    /// What tells more of a finding than an account would: its token, or the addresses of an attack on many accounts of
    /// which none was entered.
    private func sources(of finding: DetectionFinding) -> [CommandSubject] {
        if let token = OktaRequest.objectID(finding.metadata["token"]?.string) {
            return [log("Collect all that was done with the token", token, "transaction.detail.requestApiTokenId")]
        }
        let changesAccounts = Play(for: finding).steps.contains { step in
            step.card.aim == .account && [.reversible, .irreversible].contains(step.effect)
        }
        guard finding.namesUsers, !changesAccounts else { return [] }
        return (finding.metadata["ips"]?.strings ?? []).compactMap { OktaRequest.address($0) }.prefix(Self.addressLimit)
            .map { log("Collect all events from the address", $0, "client.ipAddress") }
    }

    private func log(_ deed: String, _ value: String, _ field: String) -> CommandSubject {
        CommandSubject(
            value, deed: deed + ", from an hour before the first to an hour after the last",
            filter: "\(field) eq \"\(value)\"")
    }
}
