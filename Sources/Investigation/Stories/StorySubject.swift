public import Detection
public import Diagnostics
internal import Events
internal import Hunting
internal import JSON
public import Pipeline
internal import Tables

/// Whom or what a story is about.
public enum StorySubject: Sendable {
    case incident(SecurityIncident)
    case finding(DetectionFinding)
    case account(Account)
    /// `client.ipAddress`.
    case address(String)
}

extension SessionState {
    /// What a name stands for: an id of an incident, finding or event or a unique beginning of it, an address, or an
    /// actor by id, login, display name or the part of the login before its `@`. An event stands for its actor.
    ///
    /// - Throws: When it stands for nothing, with near names; when it fits several actors, with all of them.
    public func subject(named name: String) throws(Diagnostic) -> StorySubject {
        switch lookUp(name) {
        case .one(let subject): return subject
        case .several(let accounts): throw Self.ambiguity(of: name, accounts, in: self)
        case .none: throw unknown(name)
        }
    }

    /// Whether a name stands for something, be it for several actors. Linear in the events where it is no id.
    public func knows(subject name: String) -> Bool {
        if case .none = lookUp(name) { false } else { true }
    }

    private enum LookUp {
        case none, one(StorySubject), several([Account])

        init(_ subject: StorySubject?) { self = subject.map { .one($0) } ?? .none }
    }

    private func lookUp(_ name: String) -> LookUp {
        if let record = record(ofID: name) { return .one(record) }
        if let row = events.row(ofID: name) { return LookUp(subject(ofEvent: row)) }
        if let address = address(name) { return .one(.address(address)) }
        let accounts = AccountNames(events).accounts(named: name)
        if accounts.count == 1 { return .one(.account(accounts[0])) }
        if accounts.count > 1 { return .several(accounts) }
        if let id = try? Self.resolve(name, among: ids, kind: ""), let record = record(ofID: id) { return .one(record) }
        return LookUp(eventRow(beginning: name).flatMap { subject(ofEvent: $0) })
    }

    private func record(ofID id: String) -> StorySubject? {
        incidents.first { $0.id == id }.map(StorySubject.incident)
            ?? findings.first { $0.id == id }.map(StorySubject.finding)
    }

    private func subject(ofEvent row: Int) -> StorySubject? {
        events.actorKey(at: row).map { .account(Account($0, in: events)) } ?? events[row].ipAddress.map { .address($0) }
    }

    private func address(_ name: String) -> String? {
        let column = events.column(.ipAddress)
        if column.code(of: name) != nil { return name }
        return column.dictionary.dropFirst().first { isSame($0, name) }
    }

    /// The only event whose id begins so. Linear in the events.
    func eventRow(beginning name: String) -> Int? {
        guard name.utf8.count >= 4 else { return nil }
        var found: Int?
        for row in 0..<events.count where events[row].id.hasPrefix(name) {
            if found != nil { return nil }
            found = row
        }
        return found
    }
}

// MARK: Whom an entity's story is about

extension SessionState {
    /// As ``subject(named:)``, for an account or an address: a finding stands for its actor or its one address, an
    /// incident for its one actor.
    func entity(named name: String) throws(Diagnostic) -> StorySubject {
        switch try subject(named: name) {
        case .account(let account): return .account(account)
        case .address(let address): return .address(address)
        case .finding(let finding): return try entity(of: finding)
        case .incident(let incident):
            guard incident.actors.count == 1, !events.rowsOfActor(incident.actors[0]).isEmpty else {
                throw Diagnostic(
                    "the incident is about \(incident.actors.count) actors, and `entity` tells of one",
                    remedy: "Name one: " + incident.actors.prefix(Self.candidateLimit).joined(separator: ", "))
            }
            return .account(Account(incident.actors[0], in: events))
        }
    }

    private func entity(of finding: DetectionFinding) throws(Diagnostic) -> StorySubject {
        if !events.rowsOfActor(finding.userID).isEmpty { return .account(Account(finding.userID, in: events)) }
        let rows = finding.oktaEventIDs.compactMap { events.row(ofID: $0) }
        if let address = rows.lazy.compactMap({ self.events[$0].ipAddress }).first { return .address(address) }
        for one in (finding.metadata["indicators"]?.array ?? []).compactMap({ Indicator(json: $0) }) {
            if one.kind == .user, let account = AccountNames(events).accounts(named: one.value).first {
                return .account(account)
            }
            if let address = address(one.value) { return .address(address) }
        }
        throw Diagnostic(
            "the finding names neither an actor nor an address of the loaded events",
            remedy: "`why \(finding.id.prefix(8))` shows what it has")
    }
}

// MARK: Names that stand for nothing, or for several

extension SessionState {
    private static let candidateLimit = 8

    private func unknown(_ name: String) -> Diagnostic {
        let near = AccountNames(events).suggestions(for: name).map { "`\($0)`" }
        let remedy =
            switch (near.count, events.isEmpty) {
            case (_, true): "No events are loaded: `ingest FILE`"
            case (0, _): "`plot failures` and `plot client.ipAddress` list names; `show incidents` lists ids"
            case (1, _): "Did you mean \(near[0])?"
            default: "Did you mean one of these? " + near.joined(separator: ", ")
            }
        return Diagnostic("there is no actor, address, event, finding or incident `\(name)`", remedy: remedy)
    }

    private static func ambiguity(of name: String, _ accounts: [Account], in state: SessionState) -> Diagnostic {
        let shown = accounts.prefix(candidateLimit).map { account in
            let login = account.login.flatMap { $0 == account.key ? nil : $0 + ", " } ?? ""
            let count = account.rows(in: state.events).count
            return "\(account.key) (\(login)\(count) event\(count == 1 ? "" : "s"))"
        }
        let rest = accounts.count - shown.count
        return Diagnostic(
            "`\(name)` fits \(accounts.count) actors",
            remedy: "Name one by its id: " + shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""))
    }
}
