public import Events
internal import JSON
internal import Tables

/// The same actor in two countries within less than an hour.
///
/// Takes each actor's events that have a country, in time order, and compares neighbours.
public struct ImpossibleTravel: Detector {
    public let id = "impossible_travel"
    public let title = "Impossible travel between two countries"
    public let severity = Severity.high
    /// Valid Accounts: Cloud Accounts.
    public let attack = ["T1078.004"]
    public let needs: [EventField] = [.country, .actorID]

    /// Legs of this many seconds or longer are possible.
    public let window: Double

    /// - Parameter window: In seconds.
    public init(window: Double = 3600) { self.window = window }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let countries = events.column(.country)
        var lastRow: [ByteText: Int] = [:]
        var found: [(first: Int, finding: DetectionFinding)] = []
        for row in events.timeOrder where countries.codes[row] != 0 {
            guard let actor = events.actorKey(at: row) else { continue }
            if let before = lastRow.updateValue(row, forKey: ByteText(actor)),
                countries.codes[before] != countries.codes[row],
                let finding = finding(actor, events[before], events[row])
            {
                found.append((before, finding))
            }
        }
        return found.sorted { events.isOrdered($0.first, before: $1.first) }.map(\.finding)
    }

    private func finding(_ actor: String, _ from: OktaEvent, _ to: OktaEvent) -> DetectionFinding? {
        guard let start = from.published, let end = to.published, let fromCountry = from.country,
            let toCountry = to.country
        else { return nil }
        let seconds = end.seconds(since: start)
        guard seconds < window else { return nil }
        let name = to.actorLogin ?? actor
        return DetectionFinding(
            detector: self, groupKey: actor,
            description: "Possible impossible travel for actor \(name): \(fromCountry) -> \(toCountry) within "
                + "\(clockSpan(seconds)).",
            oktaEventIDs: [from.id, to.id], userID: actor, createdAt: end,
            figures: [
                JSONValue.Member("actor", .string(name)),
                JSONValue.Member("from_country", .string(fromCountry)),
                JSONValue.Member("to_country", .string(toCountry)),
                JSONValue.Member("time_delta_seconds", .integer(Int64(seconds))),
                JSONValue.Member("from_city", JSONValue(from.city)),
                JSONValue.Member("to_city", JSONValue(to.city)),
                JSONValue.Member("ips", JSONValue(distinct([from.ipAddress, to.ipAddress]))),
                JSONValue.Member("same_user_agent", .bool(from.userAgent != nil && from.userAgent == to.userAgent)),
                JSONValue.Member("outcomes", JSONValue([from.outcome, to.outcome].compactMap { $0 })),
                JSONValue.Member("first_seen", .string(start.description)),
                JSONValue.Member("last_seen", .string(end.description)),
            ])
    }
}

/// A length of time as hours, minutes and seconds: `0:25:00`. Fractions of a second are cut.
func clockSpan(_ seconds: Double) -> String {
    let whole = Int(seconds)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(whole / 3600):\(two(whole % 3600 / 60)):\(two(whole % 60))"
}

/// The texts that are there, each once, in their first order.
func distinct(_ texts: [String?]) -> [String] {
    var seen: Set<ByteText> = []
    return texts.compactMap { $0 }.filter { seen.insert(ByteText($0)).inserted }
}
