public import JSON
public import Tables

/// A session as it is handed over: what was read, what was found, what was done, and what was not.
///
/// Made by ``Session/report(version:madeAt:of:warnings:)`` of records alone. Texts hold text from logs, files and
/// models: make them visible and escape them before they are shown. Times are UTC.
public struct SessionReport: Sendable {
    /// Which session it is, and how its record is checked.
    public let head: ReportHead
    /// The files and events that were read.
    public let reading: ReportReading
    /// The worst first.
    public let incidents: [ReportIncident]
    /// Findings that made no incident, the worst first.
    public let unpromoted: [ReportFinding]
    /// The score from which a finding becomes an incident.
    public let threshold: Double
    /// The last record of each, in the order in which they came, as `hunts.jsonl` has them.
    public let hunts: [JSONValue]
    /// As `rules.jsonl` has them.
    public let rules: [JSONValue]
    /// As `actions.jsonl` has them.
    public let actions: [JSONValue]
    /// In order.
    public let notes: [ReportNote]
    /// What was spent on models.
    public let spending: ModelSpending
    /// Events over time, failures and countries.
    public let pictures: ReportPictures
    /// What happened, in a few sentences.
    public internal(set) var summary: [String] = []
    /// What was not done, was not seen, or is not certain: one sentence each.
    public internal(set) var gaps: [String] = []
    /// The state that it was made of.
    public let state: SessionState
}

/// Which session a report is about.
public struct ReportHead: Sendable {
    /// The session's name.
    public let session: String
    /// The version of the program that made the report.
    public let version: String
    /// Who answered questions: the built-in analyst, or a model's name.
    public let analyst: String
    /// Whether that is a model.
    public let asksModel: Bool
    /// What the session takes for now, and why.
    public let clock: SessionClock
    /// When the report was made.
    public let madeAt: Timestamp
    /// `nil` where the session leaves no trace.
    public let transcript: ReportTranscript?
}

/// The record of a session, and how to check that it is whole.
public struct ReportTranscript: Hashable, Sendable {
    /// Where it is kept.
    public let path: String
    /// When it was begun.
    public let began: Timestamp?
    /// How many records there were when the report was made.
    public let records: Int
    /// The hash of the last of them.
    public let chainHead: String
    /// Where the chain breaks; `nil` while it is whole.
    public let fault: String?
}

/// A remark of the analyst.
public struct ReportNote: Hashable, Sendable {
    /// As it was typed.
    public let text: String
    /// By the session's clock; `nil` where the session leaves no trace.
    public let at: Timestamp?
}
