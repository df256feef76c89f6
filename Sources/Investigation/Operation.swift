/// One thing an analyst can do in a session, with all it needs to be done again.
///
/// The shell makes operations of what is typed, the transcript keeps them, and a replay performs them anew.
public enum Operation: Hashable, Sendable {
    case ingest(IngestRequest)
    /// Reads a file as a table of its own.
    case ingestTable(TableRequest)
    /// Reads events from Okta's System Log.
    case ingestOkta(OktaRequest)
    case detect(DetectRequest)
    /// Routes the events, or one incident; without a subject, the incidents where there are some.
    case route(incident: String?)
    case score(findings: [String], maxModelCalls: Int)
    case plan(incidents: [String])
    case commands(incidents: [String])
    case escalate(incidents: [String])
    /// Sends the notifications; `again` also those that were taken before.
    case sendEscalations(incidents: [String], again: Bool)
    /// Isolates, releases or scans a host.
    case act(ActionRequest)
    case run(maxModelCalls: Int)
    case ask(String)
    case query(QueryRequest)
    /// A question that becomes a query, and its rows findings.
    case hunt(HuntRequest)
    case show(String?)
    case showEvents(EventFilter)
    case showAll
    case why(String)
    /// The order of events of an id, an actor or an address, or of all findings. Of the filter the times and the limit count.
    case timeline(of: String?, EventFilter)
    /// One actor's or address's story.
    case entity(String)
    case plot(PlotRequest)
    case note(String)
    case status(incident: String, to: String)
    case suppress(SuppressRequest)
    /// What the analyst says of a finding or an incident, and why.
    case verdict(subject: String, is: String, reason: String?)
    /// Writes a detection rule, tries it, and deploys it where that is asked for.
    case rule(RuleRequest)

    /// The command's name in the shell.
    public var name: String {
        switch self {
        case .ingest: "ingest"
        case .ingestTable: "ingest table"
        case .ingestOkta: "ingest okta"
        case .detect: "detect"
        case .route: "route"
        case .score: "score"
        case .plan: "plan"
        case .commands: "commands"
        case .escalate, .sendEscalations: "escalate"
        case .act(let request): request.action.command
        case .run: "run"
        case .ask: "ask"
        case .query: "kql"
        case .hunt: "hunt"
        case .show: "show"
        case .showEvents: "show events"
        case .showAll: "show-all"
        case .why: "why"
        case .timeline: "timeline"
        case .entity: "entity"
        case .plot: "plot"
        case .note: "note"
        case .status: "status"
        case .suppress: "suppress"
        case .verdict: "verdict"
        case .rule: "rule"
        }
    }

    /// Whether the result depends on the session alone, so that a replay can compare it. `show-all` and `show rules`
    /// read files that other sessions write to.
    var isReplayable: Bool { self != .showAll && self != .show("rules") }
}
