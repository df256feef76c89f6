internal import Events
internal import JSON
internal import Tables

/// Whom an administrative event is about. Reads the raw event where its first target is no user: use it on rare events.
struct UserTargets {
    private let events: EventTable

    init(_ events: EventTable) { self.events = events }

    /// What `EventTable.actorKey(at:)` calls the first target that is a user; the actor where there is none.
    func subject(_ row: Int) -> String? {
        let event = events[row], type = event[.targetType]
        if type == "User" || type == nil, let id = event.targetID { return known(id, event[.targetAlternateID]) }
        for target in event.value(at: "target")?.array ?? [] where target["type"]?.string == "User" {
            let login = target["alternateId"]?.string
            return target["id"]?.string.map { known($0, login) } ?? login
        }
        return events.actorKey(at: row)
    }

    /// A log that has ids for targets only knows its actors by their logins.
    private func known(_ id: String, _ login: String?) -> String {
        guard let login, events.rowsOfActor(id).isEmpty, !events.rowsOfActor(login).isEmpty else { return id }
        return login
    }
}
