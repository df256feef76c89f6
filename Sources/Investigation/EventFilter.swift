internal import Diagnostics
internal import Events
internal import JSON
internal import Tables

/// Which events `show events` lists.
public struct EventFilter: Hashable, Sendable {
    /// An actor's id, login or display name, in any case.
    public var actor: String?
    /// `client.ipAddress`, whole.
    public var ipAddress: String?
    /// `eventType`, in any case: whole, or a pattern such as `user.mfa.*`; see ``Events/NamePattern``.
    public var eventType: String?
    /// A KQL predicate over the columns of `OktaSystemLog`.
    public var predicate: String?
    /// Times as the user writes them; see ``Events/TimeExpression``.
    public var since: String?
    public var until: String?
    /// How many are listed at most; at least 1.
    public var limit: Int

    public static let defaultLimit = 100

    public init(
        actor: String? = nil, ipAddress: String? = nil, eventType: String? = nil, predicate: String? = nil,
        since: String? = nil, until: String? = nil, limit: Int = defaultLimit
    ) {
        self.actor = actor
        self.ipAddress = ipAddress
        self.eventType = eventType
        self.predicate = predicate
        self.since = since
        self.until = until
        self.limit = limit
    }

    /// Whether every event passes, the limit aside.
    public var isOpen: Bool { [actor, ipAddress, eventType, predicate, since, until].allSatisfy { $0 == nil } }

    /// The rows that pass, the predicate aside, in time order; linear in the events and the distinct texts.
    func rows(of events: EventTable, now: Timestamp) throws(Diagnostic) -> [Int] {
        let window = try TimeWindowRequest(since: since, until: until).resolved(now: now)
        var tests: [[(codes: [UInt32], passes: [Bool])]] = []
        if let actor {
            let fields: [EventField] = [.actorID, .actorAlternateID, .actorDisplayName]
            tests.append(fields.map { Self.test(events.column($0)) { isSame($0, actor) } })
        }
        if let ipAddress { tests.append([Self.test(events.column(.ipAddress)) { isSame($0, ipAddress) }]) }
        if let eventType {
            let pattern = NamePattern(eventType.lowercased())
            tests.append([Self.test(events.column(.eventType)) { pattern.matches(text: $0.lowercased()) }])
        }
        return try events.timeOrder.rows(where: { row in
            window.contains(events.time(at: row))
                && tests.allSatisfy { $0.contains { $0.passes[Int($0.codes[row])] } }
        })
    }

    /// Which texts of a column pass, by code, so that each text is looked at once.
    private static func test(_ column: StringColumn, _ passes: (String) -> Bool) -> (codes: [UInt32], passes: [Bool]) {
        (column.codes, column.passes(passes))
    }
}

extension Rows {
    /// The rows that pass a test.
    ///
    /// - Throws: ``Diagnostics/Diagnostic/interrupted`` when the task is cancelled on the way.
    func rows(where passes: (Int) -> Bool) throws(Diagnostic) -> [Int] {
        var kept: [Int] = []
        for (index, row) in enumerated() {
            if index & 0xFFFF == 0, Task.isCancelled { throw Diagnostic.interrupted }
            if passes(row) { kept.append(row) }
        }
        return kept
    }
}

/// Whether two texts are the same but for the case of letters.
func isSame(_ left: String, _ right: String) -> Bool {
    // Only letters beyond ASCII change their length with their case.
    if left.utf8.count != right.utf8.count, left.isASCII, right.isASCII { return false }
    return left.lowercased().utf8.elementsEqual(right.lowercased().utf8)
}

extension String {
    fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

extension EventFilter {
    /// As a `command` record keeps it.
    var json: JSONValue {
        let members: [(String, JSONValue)] = [
            ("actor", JSONValue(actor)), ("ip", JSONValue(ipAddress)), ("type", JSONValue(eventType)),
            ("where", JSONValue(predicate)),
            ("since", JSONValue(since)), ("until", JSONValue(until)), ("limit", .integer(Int64(limit))),
        ]
        return .object(members.filter { !$0.1.isNull }.map { JSONValue.Member($0.0, $0.1) })
    }

    init(json: JSONValue) {
        self.init(
            actor: json["actor"]?.string, ipAddress: json["ip"]?.string, eventType: json["type"]?.string,
            predicate: json["where"]?.string, since: json["since"]?.string, until: json["until"]?.string,
            limit: json["limit"]?.integer.map { max(1, Int($0)) } ?? Self.defaultLimit)
    }
}
