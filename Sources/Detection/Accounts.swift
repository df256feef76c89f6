internal import Events
internal import Tables

/// One number for each account, however an event names it: by id, by login where the log has no id, or as a target.
///
/// A text is looked at once for each distinct value, not once for each event.
struct Accounts {
    private let ids: StringColumn
    private let logins: StringColumn
    private let targets: StringColumn
    /// The code of the word that Okta writes for an account it does not have.
    private let unknown: UInt32?
    private var keys = StringPool()
    private var ofIDs: [UInt32], ofLogins: [UInt32], ofTargets: [UInt32]

    init(_ events: EventTable) {
        ids = events.column(.actorID)
        logins = events.column(.actorAlternateID)
        targets = events.column(.targetID)
        unknown = ids.code(of: "unknown")
        ofIDs = [UInt32](repeating: 0, count: ids.dictionary.count)
        ofLogins = [UInt32](repeating: 0, count: logins.dictionary.count)
        ofTargets = [UInt32](repeating: 0, count: targets.dictionary.count)
    }

    /// One more than the greatest number given so far.
    var count: Int { keys.count }

    /// What `EventTable.actorKey(at:)` calls the account.
    func key(_ account: UInt32) -> String { keys[account] }

    /// The number of a key; `nil` where no event that was asked about names it.
    func account(of key: String) -> UInt32? { keys.code(of: key) }

    /// Who acted, as `EventTable.actorKey(at:)` has it; 0 where nobody is named.
    mutating func actor(at row: Int) -> UInt32 {
        let id = ids.codes[row]
        guard id == 0 || id == unknown, logins.codes[row] != 0 else {
            return Self.account(id, of: ids, &ofIDs, &keys)
        }
        return Self.account(logins.codes[row], of: logins, &ofLogins, &keys)
    }

    /// The first target; 0 where there is none.
    mutating func target(at row: Int) -> UInt32 { Self.account(targets.codes[row], of: targets, &ofTargets, &keys) }

    /// Whether the org has no such account.
    func isUnknown(at row: Int) -> Bool { unknown != nil && ids.codes[row] == unknown }

    private static func account(
        _ code: UInt32, of column: StringColumn, _ known: inout [UInt32], _ keys: inout StringPool
    ) -> UInt32 {
        guard code != 0 else { return 0 }
        if known[Int(code)] == 0 { known[Int(code)] = keys.code(adding: column.dictionary[Int(code)]) }
        return known[Int(code)]
    }
}
