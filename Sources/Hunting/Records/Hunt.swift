public import Diagnostics
public import JSON
public import Pipeline
public import Tables
internal import Digests

/// One hunt from question to findings. One line of `hunts.jsonl`.
public struct Hunt: Hashable, Sendable {
    /// Where its query ran; the raw value is that of `--on`.
    public enum Place: String, CaseIterable, Sendable { case local, loganalytics, graph }

    /// A version-5 UUID of question, query and range: the same hunt again has the same id.
    public let id: String
    /// As it was asked.
    public let question: String
    /// What was understood, as ``HuntIntent/json`` has it.
    public let intent: JSONValue
    /// The query that ran.
    public let query: String
    /// What it read of the tables.
    public let tables: [String]
    /// The first instant that was read, UTC.
    public let from: Timestamp
    /// The first instant that was not read any more, UTC.
    public let until: Timestamp
    /// Where it ran.
    public let place: Place
    /// How many rows came back.
    public let rowCount: Int
    /// Whether a limit or the service left rows out.
    public let isTruncated: Bool
    /// The surest first.
    public let findings: [HuntFinding]
    /// Who wrote the query.
    public let querySource: Source
    /// Who judged the rows.
    public let source: Source
    /// What an analyst should know, as sentences.
    public let notes: [String]

    /// The record of a plan that ran.
    public init(
        plan: HuntPlan, place: Place, rows: HuntRows, judgement: HuntAnalyst.Judgement, notes: [String] = []
    ) {
        let range = plan.query.range
        id = Self.id(question: plan.question, query: plan.query.text, from: range.from, until: range.until)
        question = plan.question
        intent = plan.intent.json
        query = plan.query.text
        tables = plan.query.tables
        (from, until) = (range.from, range.until)
        self.place = place
        rowCount = rows.count
        isTruncated = rows.isTruncated
        findings = judgement.findings
        querySource = plan.source
        source = judgement.source
        self.notes = plan.notes + judgement.notes + notes
    }

    /// The id of a hunt.
    public static func id(question: String, query: String, from: Timestamp, until: Timestamp) -> String {
        NameUUID.of(["hunt", question, query, from.description, until.description])
    }
}

// MARK: As a record

extension Hunt {
    /// The record as `hunts.jsonl` has it: `id, question, intent, query, tables[], from, until, on, rows, truncated,
    /// findings[], query_source, source, notes[]`.
    public var json: JSONValue {
        [
            "id": .string(id), "question": .string(question), "intent": intent, "query": .string(query),
            "tables": JSONValue(tables), "from": .string(from.description), "until": .string(until.description),
            "on": .string(place.rawValue), "rows": .integer(Int64(rowCount)), "truncated": .bool(isTruncated),
            "findings": .array(findings.map(\.json)), "query_source": .string(querySource.description),
            "source": .string(source.description), "notes": JSONValue(notes),
        ]
    }

    /// Reads a record of `hunts.jsonl`; unknown keys are passed over.
    ///
    /// - Throws: Where a member is missing or wrong.
    public init(json: JSONValue) throws(Diagnostic) {
        func text(_ key: String) throws(Diagnostic) -> String {
            guard let text = json[key]?.string else { throw Self.fault(key) }
            return text
        }
        func time(_ key: String) throws(Diagnostic) -> Timestamp {
            guard let time = Timestamp(try text(key)) else { throw Self.fault(key) }
            return time
        }
        guard let place = Place(rawValue: try text("on")) else { throw Self.fault("on") }
        var findings: [HuntFinding] = []
        for finding in json["findings"]?.array ?? [] { findings.append(try HuntFinding(json: finding)) }
        id = try text("id")
        question = try text("question")
        intent = json["intent"] ?? .null
        query = try text("query")
        tables = json["tables"]?.strings ?? []
        (from, until) = (try time("from"), try time("until"))
        self.place = place
        rowCount = Int(json["rows"]?.integer ?? 0)
        isTruncated = json["truncated"]?.bool ?? false
        self.findings = findings
        querySource = Source(json["query_source"]?.string ?? "") ?? .rules
        source = Source(json["source"]?.string ?? "") ?? .rules
        notes = json["notes"]?.strings ?? []
    }

    private static func fault(_ key: String) -> Diagnostic {
        Diagnostic("a record of `hunts.jsonl` has no usable `\(key)`", remedy: "Remove the line and run the hunt again")
    }
}

extension Hunt {
    /// The plan under which a query that was made of this hunt is shown before it runs.
    public func plan(trying query: HuntQuery, notes: [String]) -> HuntPlan {
        let subject = intent["subject"]?.string ?? ""
        return HuntPlan(
            question: question, intent: HuntIntent(subject: subject, tables: query.tables, range: query.range),
            query: query, source: .rules, notes: query.range.notes + notes)
    }
}
