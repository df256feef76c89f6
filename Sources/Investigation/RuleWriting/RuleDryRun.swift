internal import Connectors
internal import Diagnostics
internal import Events
public import JSON
internal import KQL
public import Tables

/// What a rule would have done, had it run while the loaded events happened.
public struct RuleDryRun: Hashable, Sendable {
    /// What it would have raised for one set of entities.
    public struct Alert: Hashable, Sendable {
        /// The values of the rule's entities, in their order. From the log: make them visible before printing.
        public let entities: [String]
        /// How many of the runs would have raised it.
        public internal(set) var times: Int
        /// The first run that would have, UTC.
        public let first: Timestamp
        /// The last run that would have, UTC.
        public internal(set) var last: Timestamp
        /// Whether it is about what the rule was written of, at that time.
        public internal(set) var isOfSource: Bool
    }

    /// Where it ran.
    public internal(set) var place = "local"
    /// How often the rule would have run over the loaded events.
    public internal(set) var runs = 0
    /// How many of these runs would have raised something.
    public internal(set) var fired = 0
    /// In the order in which they would have come up first.
    public internal(set) var alerts: [Alert] = []
    /// What was left out, as sentences.
    public internal(set) var notes: [String] = []
    /// Why it was not tried; `nil` where it was.
    public internal(set) var untried: String?
    /// Whether what it was written of had any result that it could find again.
    public internal(set) var hasSource = true

    /// Whether it would have found again what it was written of.
    public var findsSource: Bool { alerts.contains(where: \.isOfSource) }

    /// A rule that was not tried.
    static func untried(_ reason: String) -> RuleDryRun {
        var dry = RuleDryRun()
        dry.untried = reason
        return dry
    }

    /// Whom the first alerts are about, and how often each comes up; how many more there are.
    var subjects: [String] {
        let shown = alerts.prefix(5).map { alert in
            let names = alert.entities.filter { !$0.isEmpty }.joined(separator: ", ")
            return "  \(names.visible(limit: 200)): \(alert.times)×"
        }
        return shown + (alerts.count > shown.count ? ["  and \(alerts.count - shown.count) more"] : [])
    }

    /// At most so many alerts go into a record.
    private static let recordedAlerts = 200

    /// `{"place","runs","fired","alerts":[{"entities","times","first","last","of_source"}],"more_alerts","finds_source",
    /// "notes","untried"}`; `finds_source` is null where there is nothing to find, or it was not tried.
    public var json: JSONValue {
        [
            "place": .string(place), "runs": .integer(Int64(runs)), "fired": .integer(Int64(fired)),
            "alerts": .array(alerts.prefix(Self.recordedAlerts).map(\.json)),
            "more_alerts": .integer(Int64(max(0, alerts.count - Self.recordedAlerts))),
            "finds_source": hasSource && untried == nil ? .bool(findsSource) : .null, "notes": JSONValue(notes),
            "untried": JSONValue(untried),
        ]
    }
}

extension RuleDryRun {
    /// Says what of the source does not come up again, where some of it does.
    mutating func noteLosses(of source: RuleSource) {
        guard let found = source.entities, findsSource else { return }
        let lost = found.subtracting(alerts.filter(\.isOfSource).map { $0.entities.map(ByteText.init) }).count
        guard lost > 0 else { return }
        notes.append("\(lost) of \(found.count) sets of entities that the hunt found do not come up again")
    }

    /// Says that it would have raised alerts nearly always.
    mutating func noteFlood() {
        guard runs > 3, fired * 2 > runs else { return }
        notes.append("it would have raised alerts in most of its runs: narrow the hunt before the rule is deployed")
    }
}

extension RuleDryRun.Alert {
    fileprivate var json: JSONValue {
        [
            "entities": JSONValue(entities), "times": .integer(Int64(times)), "first": .string(first.description),
            "last": .string(last.description), "of_source": .bool(isOfSource),
        ]
    }
}

/// Runs a rule at each of its times over a log. Where it runs is up to ``ask``: local tables, or a workspace.
struct RuleTrial {
    /// What the rule's query gives at a time, of the rows of its period.
    typealias Ask = (_ now: Timestamp, _ window: ClosedRange<Timestamp>) async throws -> QueryResult

    let rule: WrittenRule
    let source: RuleSource
    let ask: Ask

    /// Runs that are carried out at most: each reads the events of its period.
    static let runLimit = 1000

    /// - Parameter times: Those of the events, in order.
    func run(over times: [Timestamp]) async throws -> RuleDryRun {
        var dry = RuleDryRun(), seen: [[ByteText]: Int] = [:]
        dry.hasSource = source.hasResults
        let moments = moments(over: times)
        dry.runs = moments.all
        if moments.left > 0 {
            dry.notes.append(
                "\(moments.left) of \(moments.all) runs were not tried: those furthest from what it was written of")
        }
        for now in moments.chosen {
            try Task.checkCancellation()
            let before = now.advanced(bySeconds: -Double(rule.schedule.period))
            // What the run before looked at last is not looked at again where each row is reported once.
            let window = (rule.isOfRows ? Timestamp(ticks: before.ticks + 1) : before)...now
            let result = try await ask(now, window)
            guard result.totalCount > rule.rule.triggerThreshold else { continue }
            dry.fired += 1
            take(result, at: now, window, &dry, &seen)
        }
        return dry
    }

    /// The times at which the rule would have run and could have found something, in order; how many there were in all,
    /// and how many are left out.
    private func moments(over times: [Timestamp]) -> (chosen: [Timestamp], all: Int, left: Int) {
        guard let first = times.first, let last = times.last else { return ([], 0, 0) }
        let step = Double(rule.schedule.frequency)
        let reach = rule.tellsLast ? rule.schedule.frequency : rule.schedule.period
        let steps =
            Int(min(last.seconds(since: first) / step, 1e7).rounded(.down)) + max(1, reach / rule.schedule.frequency)
        var chosen: [Timestamp] = [], next = 0, newest = first
        // The first run is at the first event: a run reports what came after the one before it, and up to its own time.
        for number in 0...steps {
            let now = first.advanced(bySeconds: Double(number) * step)
            while next < times.count, times[next] <= now {
                newest = times[next]
                next += 1
            }
            if now.seconds(since: newest) < Double(reach) { chosen.append(now) }
        }
        guard chosen.count > Self.runLimit else { return (chosen, steps + 1, 0) }
        let middle = source.span?.upperBound ?? last
        let near = chosen.sorted { abs($0.seconds(since: middle)) < abs($1.seconds(since: middle)) }.prefix(
            Self.runLimit)
        return (near.sorted(), steps + 1, chosen.count - Self.runLimit)
    }

    private func take(
        _ result: QueryResult, at now: Timestamp, _ window: ClosedRange<Timestamp>, _ dry: inout RuleDryRun,
        _ seen: inout [[ByteText]: Int]
    ) {
        let columns = rule.entities.map { entity in result.columns.firstIndex { isSame($0.name, entity.column) } }
        var isNew = Set<[ByteText]>()
        for row in 0..<result.count {
            let entities = columns.map { $0.map { result.text(row: row, column: $0) } ?? "" }
            let key = entities.map(ByteText.init)
            guard isNew.insert(key).inserted else { continue }
            let isOfSource = source.span?.overlaps(window) ?? true && source.isAbout(key)
            if let place = seen[key] {
                dry.alerts[place].times += 1
                dry.alerts[place].last = now
                dry.alerts[place].isOfSource = dry.alerts[place].isOfSource || isOfSource
            } else {
                seen[key] = dry.alerts.count
                dry.alerts.append(.init(entities: entities, times: 1, first: now, last: now, isOfSource: isOfSource))
            }
        }
    }
}
