internal import Diagnostics
internal import Events
internal import Tables

/// Finds the accounts that a name stands for.
///
/// What is written in full counts first: an id to the letter; an id, login or display name in any case, of actors, then
/// of first targets, for accounts that never act themselves; then the part of a login before its `@`.
struct AccountNames {
    private let events: EventTable

    init(_ events: EventTable) { self.events = events }

    /// The accounts that are called so. Linear in the events, unless the name is an id.
    func accounts(named name: String) -> [Account] {
        if events.column(.actorID).code(of: name) != nil, !events.rowsOfActor(name).isEmpty {
            return [Account(name, in: events)]
        }
        for isMeant in [{ isSame($0, name) }, { isSame($0.prefix { $0 != "@" }, name) }] as [(String) -> Bool] {
            let actors = keys(in: [.actorID, .actorAlternateID, .actorDisplayName], isMeant) { events.actorKey(at: $0) }
            if !actors.isEmpty { return accounts(ofKeys: actors) }
            let targets = keys(in: [.targetID, .targetAlternateID, .targetDisplayName], isMeant, ofTarget)
            if !targets.isEmpty { return accounts(ofKeys: targets) }
        }
        return []
    }

    /// A login without an id is the account that has the login.
    private func accounts(ofKeys keys: [String]) -> [Account] {
        let all = keys.map { Account($0, in: events) }
        let aliases = Set(all.flatMap { $0.keys.dropFirst().map(ByteText.init) })
        return all.filter { !aliases.contains(ByteText($0.key)) }
    }

    /// The distinct keys of the rows in which one of the fields has a text that is meant.
    private func keys(in fields: [EventField], _ isMeant: (String) -> Bool, _ key: (Int) -> String?) -> [String] {
        var found: [String] = [], seen: Set<ByteText> = []
        for field in fields where field != .actorDisplayName && field != .targetDisplayName || found.isEmpty {
            let column = events.column(field), passes = column.passes(isMeant)
            guard passes.contains(true) else { continue }
            for row in events.timeOrder where passes[Int(column.codes[row])] {
                if let key = key(row), seen.insert(ByteText(key)).inserted { found.append(key) }
            }
        }
        return found
    }

    /// The key of the first target, when that may be an account.
    private func ofTarget(_ row: Int) -> String? {
        let event = events[row]
        guard [nil, "User", "AppUser"].contains(event[.targetType]) else { return nil }
        return event[.targetType] == "AppUser" ? event[.targetAlternateID] : event.targetID ?? event[.targetAlternateID]
    }
}

// MARK: Names that are none

extension AccountNames {
    /// Names that somebody may have meant who wrote `name`: those that hold it, else the nearest one. A few at most.
    func suggestions(for name: String) -> [String] {
        let columns = [EventField.actorAlternateID, .actorID, .actorDisplayName, .ipAddress].map { events.column($0) }
        var found: [String] = []
        for text in columns.lazy.flatMap({ $0.dictionary.dropFirst() }) where name.utf8.count >= 3 {
            guard text.lowercased().utf8.contains(name.lowercased().utf8), !found.contains(text) else { continue }
            found.append(text)
            if found.count == Self.limit { return found }
        }
        guard found.isEmpty else { return found }
        let near = columns.lazy.flatMap { $0.dictionary.dropFirst() }
            .filter { abs($0.utf8.count - name.utf8.count) <= 2 }.prefix(Self.compared)
        return [Array(near).nearest(to: name)].compactMap { $0 }
    }

    private static let limit = 5
    /// Comparing names letter by letter takes a microsecond or more for each.
    private static let compared = 50_000
}

extension StringColumn {
    /// By code, whether the text passes; each distinct text is looked at once.
    func passes(_ test: (String) -> Bool) -> [Bool] { [false] + dictionary.dropFirst().map(test) }
}

private func isSame(_ left: Substring, _ right: String) -> Bool { isSame(String(left), right) }
