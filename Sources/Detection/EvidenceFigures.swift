internal import Events
internal import JSON
internal import Tables

/// What the events of a finding have in common, and in what they differ: the figures that explain it.
struct EvidenceFigures {
    /// Names shown in a list; the number of all stands beside it.
    static let listLimit = 20
    /// Events that a finding names. The first ones are kept, so that a finding keeps its id, and of the rest
    /// `more_events` says the number.
    static let eventLimit = 1000

    private let events: EventTable
    /// In time order.
    private let rows: [Int]

    /// - Parameter rows: In time order.
    init(_ rows: [Int], in events: EventTable) {
        self.rows = rows
        self.events = events
    }

    /// The ids of the events: all of them, or the first ``eventLimit``.
    var eventIDs: [String] { rows.prefix(Self.eventLimit).map { events[$0].id } }

    var first: Timestamp? { rows.first.flatMap { events.time(at: $0) } }
    var last: Timestamp? { rows.last.flatMap { events.time(at: $0) } }

    var duration: Double { first.flatMap { first in last.map { $0.seconds(since: first) } } ?? 0 }

    /// How many different values a field has.
    func count(of field: EventField) -> Int {
        let codes = events.column(field).codes
        return Set(rows.lazy.map { codes[$0] }.filter { $0 != 0 }).count
    }

    /// The first distinct values of a field, in the order of the events.
    func list(_ field: EventField) -> [String] {
        let column = events.column(field)
        var seen: Set<UInt32> = [], list: [String] = []
        for row in rows where list.count < Self.listLimit && column.codes[row] != 0 {
            if seen.insert(column.codes[row]).inserted { list.append(column.dictionary[Int(column.codes[row])]) }
        }
        return list
    }

    /// The first distinct networks, as numbers.
    var networks: [Int64] {
        var seen: Set<Int64> = [], list: [Int64] = []
        for row in rows where list.count < Self.listLimit {
            guard let number = events.number(.asNumber, at: row), let network = Int64(exactly: number.rounded())
            else { continue }
            if seen.insert(network).inserted { list.append(network) }
        }
        return list
    }

    /// The figures that findings of several events share.
    ///
    /// - Parameters:
    ///   - actor: How people call whom it is about.
    ///   - window: In seconds; `nil` for what looks at single events.
    ///   - why: What makes it attack-like, and what could make it benign, in short sentences.
    func members(actor: String, window: Double?, why: [String], _ own: [JSONValue.Member] = []) -> [JSONValue.Member] {
        let more = rows.count - Self.eventLimit
        let members = [
            JSONValue.Member("actor", .string(actor)),
            JSONValue.Member("count", .integer(Int64(rows.count))),
        ] + own + [
            JSONValue.Member("ips", JSONValue(list(.ipAddress))),
            JSONValue.Member("ip_count", .integer(Int64(count(of: .ipAddress)))),
            JSONValue.Member("countries", JSONValue(list(.country))),
            JSONValue.Member("asns", .array(networks.map(JSONValue.integer))),
            JSONValue.Member("user_agents", JSONValue(list(.userAgent))),
            JSONValue.Member("window_seconds", window.map { .integer(Int64($0)) } ?? .null),
            JSONValue.Member("duration_seconds", .integer(Int64(duration.rounded()))),
            JSONValue.Member("first_seen", JSONValue(first?.description)),
            JSONValue.Member("last_seen", JSONValue(last?.description)),
            JSONValue.Member("why", JSONValue(why)),
        ].filter { window != nil || $0.key != "window_seconds" }
        return more > 0 ? members + [JSONValue.Member("more_events", .integer(Int64(more)))] : members
    }
}

/// `1 account`, `2 accounts`.
func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number) " + (number == 1 ? noun : plural ?? noun + (noun.hasSuffix("s") || noun.hasSuffix("h") ? "es" : "s"))
}
