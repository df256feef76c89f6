public import JSON
public import Models
internal import Synchronization

/// What a session has spent on models, task by task: the sum of its `model_call` records.
public struct ModelSpending: Sendable {
    /// What was spent on one task.
    public struct Figures: Hashable, Sendable {
        /// Requests that were sent, and of these those that brought no reply.
        public private(set) var calls = 0, failed = 0
        /// Requests that were not sent: they did not fit, or the user stopped.
        public private(set) var unsent = 0
        /// Tokens of the requests that were sent, as estimated before.
        public private(set) var estimatedIn = 0
        /// Tokens of requests and replies, as the server counted them.
        public private(set) var countedIn = 0, countedOut = 0
        /// Replies for which the server counted nothing that can be meant.
        public private(set) var uncounted = 0
        /// Replies of models without a price.
        public private(set) var unpriced = 0
        /// Where a price was known; one amount for each currency.
        public private(set) var costs: [ModelCost] = []
    }

    /// In the order in which the tasks first came.
    public private(set) var tasks: [(name: String, figures: Figures)] = []

    /// Nothing.
    public init() {}

    /// The sum of a session's records, in their order.
    public init(_ records: [JSONValue]) {
        for record in records where record["type"]?.string == "model_call" { take(record) }
    }

    /// All tasks together.
    public var total: Figures { tasks.reduce(into: Figures()) { $0.add($1.figures) } }

    /// Takes a `model_call` record.
    mutating func take(_ record: JSONValue) {
        let name = record["purpose"]?.string ?? "unknown"
        let index = tasks.firstIndex { $0.name.utf8.elementsEqual(name.utf8) } ?? tasks.count
        if index == tasks.count { tasks.append((name, Figures())) }
        tasks[index].figures.add(record)
    }
}

extension ModelSpending.Figures {
    /// More of anything is a record that was changed, and no count.
    private static let largest: Int64 = 1_000_000_000

    fileprivate mutating func add(_ record: JSONValue) {
        guard record["sent"]?.bool != false else {
            unsent += 1
            return
        }
        calls += 1
        estimatedIn += Int(min(max(0, record["estimate"]?.integer ?? 0), Self.largest))
        guard record["error"] == nil else {
            failed += 1
            return
        }
        let cost = record["cost"].flatMap { ModelCost(json: $0) }
        costs.add([cost].compactMap { $0 })
        if cost == nil { unpriced += 1 }
        let usage = try? ModelReply(json: record["reply"] ?? .null).usage
        guard let usage, usage.isPlausible, usage.prompt > 0 else {
            uncounted += 1
            return
        }
        countedIn += usage.prompt
        countedOut += usage.completion
    }

    fileprivate mutating func add(_ other: Self) {
        calls += other.calls
        failed += other.failed
        unsent += other.unsent
        estimatedIn += other.estimatedIn
        countedIn += other.countedIn
        countedOut += other.countedOut
        uncounted += other.uncounted
        unpriced += other.unpriced
        costs.add(other.costs)
    }
}

extension ModelSpending {
    /// `{"tasks":[{"task",…}],"total":{…}}`.
    public var json: JSONValue {
        ["tasks": .array(tasks.map { $0.figures.json(named: $0.name) }), "total": total.json(named: "total")]
    }
}

extension ModelSpending.Figures {
    /// The figures as scripts see them.
    public func json(named task: String) -> JSONValue {
        let number = { (count: Int) in JSONValue.integer(Int64(count)) }
        return [
            "task": .string(task), "calls": number(calls), "failed": number(failed), "not_sent": number(unsent),
            "estimated_in": number(estimatedIn), "in": number(countedIn), "out": number(countedOut),
            "uncounted": number(uncounted), "unpriced": number(unpriced), "cost": .array(costs.map(\.json)),
        ]
    }
}

/// The spending of a session that is open, which its model and its shell share.
final class SpendingLedger: Sendable {
    private let sum = Mutex(ModelSpending())

    var spending: ModelSpending { sum.withLock { $0 } }

    func take(_ record: JSONValue) { sum.withLock { $0.take(record) } }
}
