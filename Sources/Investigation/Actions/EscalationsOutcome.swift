public import Connectors
public import Diagnostics
public import JSON
public import Pipeline

/// What `escalate` gave.
public struct EscalationsOutcome: Sendable {
    /// One for each incident, or one for each incident and target where it was to be sent.
    public let results: [EscalationResult]
    /// What would be sent: one for each incident and target that is set up; empty after sending.
    public let requests: [EscalationRequest]
    /// Whether it was to be sent.
    public let sends: Bool
    /// Why not all of them were taken; `nil` when they were.
    public let failure: Diagnostic?

    init(
        results: [EscalationResult], requests: [EscalationRequest] = [], sends: Bool = false, failure: Diagnostic? = nil
    ) {
        self.results = results
        self.requests = requests
        self.sends = sends
        self.failure = failure
    }

    /// The records, each with the requests that would be sent for it (`requests`: `target`, `method`, `url`, `headers`,
    /// `body`, without secrets).
    public var json: JSONValue {
        .array(results.map { result in
            let own = requests.filter { $0.incidentID == result.incidentID }.map { request -> JSONValue in
                let target = JSONValue.Member("target", .string(request.target))
                return .object([target] + (request.http.json.members ?? []))
            }
            return own.isEmpty ? result.json : result.json.setting("requests", to: .array(own))
        })
    }

    /// The records alone: what a request holds besides depends on settings and the wall clock.
    var recorded: JSONValue { .array(results.map(\.json)) }
}
