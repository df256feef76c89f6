public import JSON
public import Pipeline

/// A question turned into a query, ready to be shown and run. Nothing has been read.
public struct HuntPlan: Sendable {
    /// As it was asked.
    public let question: String
    /// What was understood. Where a model wrote the query, what the built-in analyst would have asked for.
    public let intent: HuntIntent
    /// What will run.
    public let query: HuntQuery
    /// Who wrote the query.
    public let source: Source
    /// What an analyst should know before it runs, as sentences; visible-safe.
    public let notes: [String]
    /// A model's queries that could not be used, and why, in order.
    public let attempts: [Attempt]

    /// A query of a model that was sent back.
    public struct Attempt: Hashable, Sendable {
        /// The query; empty where the reply held none.
        public let query: String
        /// What was wrong; visible-safe.
        public let fault: String

        /// `{"query","fault"}`.
        public var json: JSONValue { ["query": .string(query), "fault": .string(fault)] }
    }

    /// The same plan with a query that the analyst has edited and the guardrail has checked.
    public func with(query: HuntQuery) -> HuntPlan {
        HuntPlan(
            question: question, intent: intent, query: query, source: source,
            notes: notes + ["the query was edited by the analyst"], attempts: attempts)
    }

    init(
        question: String, intent: HuntIntent, query: HuntQuery, source: Source, notes: [String],
        attempts: [Attempt] = []
    ) {
        self.question = question
        self.intent = intent
        self.query = query
        self.source = source
        self.notes = notes
        self.attempts = attempts
    }

    /// `{"question","intent","query","tables","range","source","notes","attempts"}`.
    public var json: JSONValue {
        [
            "question": .string(question), "intent": intent.json, "query": .string(query.text),
            "tables": JSONValue(query.tables), "range": query.range.json, "source": .string(source.description),
            "notes": JSONValue(notes), "attempts": .array(attempts.map(\.json)),
        ]
    }
}
