internal import Diagnostics
internal import JSON
internal import Tables

/// What a session's transcript says beside what its state holds.
struct TranscriptFacts {
    /// Its first record.
    private(set) var head: JSONValue = .null
    private(set) var inputs: [ReportInput] = []
    private(set) var counts = ReportCounts()
    private(set) var notes: [ReportNote] = []
    /// The last record of each.
    private(set) var rules: [JSONValue] = []
    private(set) var spending: ReportSpending?
    /// The command that a record belongs to.
    private var command = ""

    init(_ records: [JSONValue]) {
        for record in records { take(record) }
    }

    private mutating func take(_ record: JSONValue) {
        switch record["type"]?.string {
        case "session": if head.isNull { head = record }
        case "command": command = record[path: "operation.name"]?.string ?? ""
        case "input": take(input: record)
        case "output":
            if ["ingest", "ingest okta"].contains(record["command"]?.string) { counts.add(record["result"] ?? .null) }
        case "note":
            let at = record["at"]?.string.flatMap { Timestamp($0) }
            if let text = record["text"]?.string { notes.append(ReportNote(text: text, at: at)) }
        case "artifact":
            if record["file"]?.string == Artifact.rules.file, let rule = record["record"] {
                rules.put(rule) { $0["id"] == $1["id"] }
            }
        case "model_call":
            // A call that was held back by the budget asked nobody.
            if record["sent"]?.bool != false { spending = (spending ?? ReportSpending()).adding(record) }
        default: break
        }
    }

    /// A file that was read again with the same content is listed once.
    private mutating func take(input record: JSONValue) {
        let use: ReportInput.Use =
            record["kind"]?.string == "rules" ? .rules : command == "ingest table" ? .table : .events
        guard let input = ReportInput(record, use: use), !inputs.contains(input) else { return }
        inputs.append(input)
    }
}

extension ReportSpending {
    /// More of anything is a record that was changed, and no count.
    private static let largest: Int64 = 1_000_000_000

    /// With one more call.
    fileprivate func adding(_ record: JSONValue) -> ReportSpending {
        var sum = self
        sum.calls += 1
        if let name = record[path: "reply.model"]?.string {
            sum.models.put(name) { $0.utf8.elementsEqual($1.utf8) }
        }
        sum.add(cost: record["cost"] ?? .null)
        guard record["error"] == nil else {
            sum.failed += 1
            return sum
        }
        let usage = record[path: "reply.usage"], counts = 0...Self.largest
        if let prompt = usage?["prompt"]?.integer, let completion = usage?["completion"]?.integer,
            counts.contains(prompt), counts.contains(completion)
        {
            sum.promptTokens += Int(prompt)
            sum.completionTokens += Int(completion)
        } else {
            sum.uncounted += 1
        }
        return sum
    }

    private mutating func add(cost: JSONValue) {
        guard let amount = cost["amount"]?.double, (0...1e12).contains(amount) else { return }
        let currency = cost["currency"]?.string
        if let index = costs.firstIndex(where: { ($0.currency ?? "").utf8.elementsEqual((currency ?? "").utf8) }) {
            costs[index].amount += amount
        } else {
            costs.append(Cost(amount: amount, currency: currency))
        }
    }

    var json: JSONValue {
        let number = { (count: Int) in JSONValue.integer(Int64(count)) }
        return [
            "models": JSONValue(models), "calls": number(calls), "failed": number(failed),
            "uncounted": number(uncounted), "prompt_tokens": number(promptTokens),
            "completion_tokens": number(completionTokens),
            "cost": .array(costs.map { ["amount": JSONValue($0.amount), "currency": JSONValue($0.currency)] }),
        ]
    }
}
