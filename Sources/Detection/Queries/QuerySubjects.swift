internal import Diagnostics
internal import Events
internal import JSON
internal import KQL
internal import Sigma
internal import Tables

/// Whom the rows of a query's runs are about, each with the events of all its rows: an event that several runs found
/// counts once.
struct QuerySubjects {
    struct Subject {
        /// The actor whom a column names; `nil` where none does, or one who did nothing.
        let user: String?
        let group: [RuleMatch.GroupValue]
        fileprivate(set) var rows: Set<Int> = []
        /// What the query worked out in the run that found the most events.
        fileprivate(set) var figures: JSONValue?
        fileprivate var mostRows = 0
        /// How many runs found something.
        fileprivate(set) var runCount = 0
        fileprivate var lastRun = -1
    }

    private let events: EventTable
    private var places: [ByteText: Int] = [:]
    private(set) var all: [(key: String, subject: Subject)] = []
    /// The rows of actors by their logins, made when a column first names one.
    private lazy var rowsOfLogins: [ByteText: Int] = {
        let logins = events.column(.actorAlternateID)
        var rows: [ByteText: Int] = [:]
        var seen: Set<UInt32> = [0]
        for row in 0..<events.count where seen.insert(logins.codes[row]).inserted {
            rows[ByteText((logins[row] ?? "").lowercased())] = row
        }
        return rows
    }()

    init(_ events: EventTable) { self.events = events }

    /// - Parameter run: The number of the run, which grows.
    mutating func add(_ result: ResultRow, _ rows: [Int], run: Int) {
        guard let first = rows.first else { return }
        var user: String?
        for account in result.accounts where user == nil { user = actor(account) }
        let account = user.map { "actor " + $0 } ?? result.accounts.first.map { "account " + $0 }
        let key = account ?? self.key(rows, first, result)
        let place = places[ByteText(key)] ?? all.count
        if place == all.count {
            places[ByteText(key)] = place
            all.append((key, Subject(user: user, group: result.group)))
        }
        all[place].subject.take(rows, result, run)
    }

    /// By the one actor of the events, the address that the row names, or for everybody.
    private func key(_ rows: [Int], _ first: Int, _ result: ResultRow) -> String {
        let actor = events.actorKey(at: first)
        if let actor, rows.allSatisfy({ events.actorKey(at: $0)?.utf8.elementsEqual(actor.utf8) == true }) {
            return "actor " + actor
        }
        return result.addresses.first.map { "address " + $0 } ?? "all"
    }

    private mutating func actor(_ text: String) -> String? {
        if !events.rowsOfActor(text).isEmpty { return text }
        return rowsOfLogins[ByteText(text.lowercased())].flatMap { events.actorKey(at: $0) }
    }
}

extension QuerySubjects.Subject {
    fileprivate mutating func take(_ rows: [Int], _ result: ResultRow, _ run: Int) {
        self.rows.formUnion(rows)
        if rows.count > mostRows { (mostRows, figures) = (rows.count, result.figures) }
        if run != lastRun { (lastRun, runCount) = (run, runCount + 1) }
    }
}

extension RuleFindings {
    /// The findings of a query's rule: one for each whom it is about, as long as less than a day lies between the
    /// events; one for all where a rule of little weight is about many.
    func findings(of rule: QueryRule, _ subjects: QuerySubjects) -> [DetectionFinding] {
        let all = subjects.all
        guard all.count <= Self.actorLimit(rule.rule.level) else {
            let rows = all.reduce(into: Set<Int>()) { $0.formUnion($1.subject.rows) }
            return stretches(inTimeOrder(rows)).map {
                finding(of: rule.rule, $0, groupKey: "all", actorCount: all.count, more: Self.figures(of: rule, nil))
            }
        }
        return all.flatMap { key, subject in
            stretches(inTimeOrder(subject.rows)).map {
                finding(
                    of: rule.rule, $0, groupKey: key, group: subject.group, user: subject.user,
                    more: Self.figures(of: rule, subject))
            }
        }
    }

    private func inTimeOrder(_ rows: Set<Int>) -> [Int] { rows.sorted { events.isOrdered($0, before: $1) } }

    private static func figures(of rule: QueryRule, _ subject: QuerySubjects.Subject?) -> [JSONValue.Member] {
        [
            JSONValue.Member("tactics", rule.tactics.isEmpty ? .null : JSONValue(rule.tactics)),
            JSONValue.Member("query_period_seconds", .integer(Int64(rule.period))),
            JSONValue.Member("query_runs", subject.map { .integer(Int64($0.runCount)) } ?? .null),
            JSONValue.Member("result", subject?.figures ?? .null),
        ].filter { !$0.value.isNull }
    }
}
