internal import Diagnostics
internal import Events
internal import Tables

/// Someone who acts in the log, or to whom something is done.
public struct Account: Hashable, Sendable {
    /// `actor.id`, or the login where the log has no id.
    public let key: String
    /// The latest ones the log has.
    public let login: String?
    public let displayName: String?
    /// `actor.type`, such as `User` or `SystemPrincipal`.
    public let type: String?
    /// ``key`` and, where events without an id name the same login, that login as they write it.
    let keys: [String]

    /// - Parameter key: As `EventTable.actorKey(at:)` has it, or a target's id.
    init(_ key: String, in events: EventTable) {
        let own = events.rowsOfActor(key).last.map { events[$0] }
        let target = own == nil ? Self.target(key, in: events) : nil
        self.key = key
        login = (own?[.actorAlternateID] ?? target?[.targetAlternateID]).flatMap { $0 == "unknown" ? nil : $0 }
        displayName = own?.actorName ?? target?[.targetDisplayName]
        type = own?.actorType ?? target?[.targetType]
        let alias = login.flatMap { events.rowsOfActor($0).isEmpty || isSame($0, key) ? nil : $0 }
        keys = [key] + [alias].compactMap { $0 }
    }

    /// The last event that has it as its first target.
    private static func target(_ key: String, in events: EventTable) -> OktaEvent? {
        let ids = events.column(.targetID), logins = events.column(.targetAlternateID)
        let id = ids.code(of: key), login = logins.code(of: key)
        let row = events.timeOrder.last { row in
            id != nil && ids.codes[row] == id || login != nil && logins.codes[row] == login
        }
        return row.map { events[$0] }
    }

    /// What people call it: the login, else the id.
    public var name: String { login ?? key }

    /// The rows in which it acts, in time order.
    func rows(in events: EventTable) -> [Int] {
        let rows = keys.flatMap { events.rowsOfActor($0) }
        return keys.count == 1 ? rows : rows.sorted { events.isOrdered($0, before: $1) }
    }

    /// The rows in which someone else acts upon it as the first target, in time order. Linear in the events.
    func rowsAsTarget(in events: EventTable) throws(Diagnostic) -> [Int] {
        let ids = events.column(.targetID), logins = events.column(.targetAlternateID)
        let isOwn = Set(keys.flatMap { events.rowsOfActor($0) })
        let names = keys + [login].compactMap { $0 }
        let isID = ids.passes { id in names.contains { isSame($0, id) } }
        let isLogin = logins.passes { text in names.contains { isSame($0, text) } }
        return try events.timeOrder.rows { row in
            (isID[Int(ids.codes[row])] || isLogin[Int(logins.codes[row])]) && !isOwn.contains(row)
        }
    }
}
