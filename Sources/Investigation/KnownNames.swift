internal import Events
internal import Models
internal import Synchronization
internal import Tables

/// The names, logins and addresses that the loaded events hold, for pseudonyms toward a remote model.
///
/// Shared between the session, which knows the events, and the model, which asks when a request leaves.
final class KnownNames: Sendable {
    private let told = Mutex<[(text: String, kind: Pseudonyms.Kind)]>([])
    private let known = Mutex<[(text: String, kind: Pseudonyms.Kind)]>([])

    var texts: [(text: String, kind: Pseudonyms.Kind)] { known.withLock { $0 } + told.withLock { $0 } }

    /// Takes the names that stand in a question.
    func add(_ texts: [(text: String, kind: Pseudonyms.Kind)]) {
        told.withLock { told in
            for name in texts where !told.contains(where: { $0.text.utf8.elementsEqual(name.text.utf8) }) {
                told.append(name)
            }
        }
    }

    /// Takes the distinct texts of the columns that name people and places.
    func take(from events: EventTable) {
        let fields: [(EventField, Pseudonyms.Kind)] = [
            (.actorID, .user), (.actorAlternateID, .user), (.targetID, .user), (.targetAlternateID, .user),
            (.actorDisplayName, .name), (.targetDisplayName, .name), (.ipAddress, .address),
        ]
        let texts = fields.flatMap { field, kind in
            events.column(field).dictionary.dropFirst().map { (text: $0, kind: kind) }
        }
        known.withLock { $0 = texts }
    }
}
