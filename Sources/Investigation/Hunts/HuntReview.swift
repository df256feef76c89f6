public import Diagnostics
public import Hunting
internal import JSON

/// A hunt's query as it is shown before it runs.
public struct HuntProposal: Sendable {
    /// The query with its range and what should be known of it. The texts of question and query are the user's or a
    /// model's: make them visible before printing.
    public let plan: HuntPlan
    /// Where it would run.
    public let place: Hunt.Place
    /// What messages call the service that would be asked; `nil` for the tables of the session.
    public let service: String?
    /// Why the query that was edited last cannot run; ``plan`` has the one before it.
    public let fault: Diagnostic?
    /// Whether it runs unasked (`--yes`).
    public let isConfirmed: Bool
}

/// What the analyst says to a ``HuntProposal``.
public enum HuntDecision: Hashable, Sendable {
    case run
    /// Nothing is to run.
    case decline
    /// Another query in its place, which is checked and shown in its turn.
    case edited(String)
    /// Ctrl-C.
    case interrupted
    /// There is nobody to ask.
    case unavailable
}

// MARK: In records

extension HuntDecision {
    /// `{"decision"}`, with the `query` of an edit.
    var members: [JSONValue.Member] {
        switch self {
        case .run: [JSONValue.Member("decision", "run")]
        case .decline: [JSONValue.Member("decision", "decline")]
        case .edited(let query): [JSONValue.Member("decision", "edited"), JSONValue.Member("query", .string(query))]
        case .interrupted: [JSONValue.Member("decision", "interrupted")]
        case .unavailable: [JSONValue.Member("decision", "unavailable")]
        }
    }

    /// Reads ``members``; `nil` for what is none.
    init?(json: JSONValue) {
        switch (json["decision"]?.string, json["query"]?.string) {
        case ("run", _): self = .run
        case ("decline", _): self = .decline
        case ("edited", let query?): self = .edited(query)
        case ("interrupted", _): self = .interrupted
        case ("unavailable", _): self = .unavailable
        default: return nil
        }
    }
}
