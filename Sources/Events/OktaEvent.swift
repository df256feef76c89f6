public import JSON
public import Tables

/// One event of a table, read from its columns; everything else is read from its raw bytes when asked for.
public struct OktaEvent: Sendable {
    let table: EventTable
    /// Its row in the table.
    public let row: Int

    /// `uuid`, or an id made of the event's bytes where the log has none.
    public var id: String { table.storage.columns.ids[row] }
    /// When Okta published it, UTC.
    public var published: Timestamp? { table.time(at: row) }

    /// A field by name.
    public subscript(field: EventField) -> String? { table.column(field)[row] }

    /// `eventType`: `user.session.start`, …; an open set.
    public var eventType: String? { self[.eventType] }
    /// `displayMessage`.
    public var displayMessage: String? { self[.displayMessage] }
    /// `actor.id`.
    public var actorID: String? { self[.actorID] }
    /// `actor.type`: `User`, `PublicClientApp`, `SystemPrincipal`, ….
    public var actorType: String? { self[.actorType] }
    /// `actor.displayName`.
    public var actorName: String? { self[.actorDisplayName] }
    /// The login, or the actor's id where the log has no login.
    public var actorLogin: String? { self[.actorAlternateID].flatMap { $0 == "unknown" ? nil : $0 } ?? self[.actorID] }
    /// `client.ipAddress`.
    public var ipAddress: String? { self[.ipAddress] }
    /// `client.userAgent.rawUserAgent`.
    public var userAgent: String? { self[.userAgent] }
    /// `client.geographicalContext.city`.
    public var city: String? { self[.city] }
    /// `client.geographicalContext.country`: a name; in some logs a code.
    public var country: String? { self[.country] }
    /// `SUCCESS`, `FAILURE`, `DENY`, …: an open set.
    public var outcome: String? { self[.outcomeResult] }
    /// `outcome.reason`.
    public var outcomeReason: String? { self[.outcomeReason] }
    /// `authenticationContext.externalSessionId`.
    public var sessionID: String? { self[.externalSessionID] }
    /// `target[0].id`.
    public var targetID: String? { self[.targetID] }

    /// The bytes the event was read from, as they stood in the input.
    public var raw: [UInt8] {
        let origin = table.storage.columns.origins[row]
        return origin.source.copy(origin.range)
    }

    /// The raw event as JSON, a row of a table as an object of its columns; parsed anew at each call.
    public var rawJSON: JSONValue { table.storage.columns.origins[row].format.value(raw) }

    /// Runs a body on the bytes of ``raw`` where they lie, without a copy; they are valid inside it alone.
    public func withRawBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let origin = table.storage.columns.origins[row]
        return try origin.source.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[origin.range])) }
    }

    /// Whether ``raw`` is in the System Log API's own shape, so that ``logEvent`` is the same.
    public var isLogEvent: Bool {
        // An event inside a text stands at the bytes of the text.
        table.storage.columns.origins[row].format.name == Format.oktaLogEvent.name
            && withRawBytes { $0.first == UInt8(ascii: "{") }
    }

    /// The event in the System Log API's own shape, whatever shape it came in; parsed anew at each call.
    public var logEvent: JSONValue { table.storage.columns.origins[row].format.logEvent(rawJSON) }

    /// The value at a path such as `debugContext.debugData.requestUri`; resolved in the raw event.
    public func value(at path: String) -> JSONValue? { logEvent[path: path] }

    /// Where it was read: file and the byte at which it begins, counted from 0.
    public var origin: (file: String, byte: Int) {
        let origin = table.storage.columns.origins[row]
        return (origin.source.name, origin.range.lowerBound)
    }
}
