public import Connectors
public import Detection
public import Diagnostics
public import Events
public import JSON
public import Pipeline
public import Tables

/// What an operation gave: the records themselves, and how scripts see them.
public enum OperationResult: Sendable {
    case ingest(IngestOutcome)
    /// What `ingest FILE --as TABLE` gave.
    case table(TableOutcome)
    case query(QueryOutcome)
    case hunt(HuntOutcome)
    case findings(FindingsOutcome)
    case routes([RoutePlan])
    case scores(ScoresOutcome)
    case plans([ResponsePlan])
    case commands([CommandSuggestion])
    case escalations(EscalationsOutcome)
    /// What `isolate`, `release` and `scan` gave.
    case action(ActionRecord)
    case run(RunOutcome)
    case answer(Answer)
    /// What `show events` lists.
    case events(EventsOutcome)
    case timeline(TimelineOutcome)
    case entity(EntityStory)
    case plot(PlotOutcome)
    /// One event, as it came.
    case event(OktaEvent)
    case suppressions(SuppressionsOutcome)
    /// What `rule` wrote, and what became of it.
    case rule(RuleOutcome)
    /// What `show rules` lists.
    case rules([RuleEntry])
    /// A list of records, such as `show findings` gives.
    case records([JSONValue])
    case record(JSONValue)
    /// Where a finding, an incident or an event came from.
    case why(JSONValue)
}

/// What `ingest` gave.
public struct IngestOutcome: Sendable {
    public let report: IngestReport
    /// The files as the user named them.
    public let files: [String]
    /// All events of the session, the new ones included.
    public let events: Int
    public let clock: SessionClock
    /// Detectors that see nothing in these events, with the fields that are missing.
    public let blind: [(detector: String, missing: [EventField])]
    /// Whether the window was counted back from a clock.
    public let countsBack: Bool
    /// How long reading took, in seconds of the wall clock.
    public let seconds: Double
    /// What fetching from Okta took, when the events come from there.
    public var fetch: OktaFetchReport?
}

/// What `detect` gave.
public struct FindingsOutcome: Sendable {
    public let findings: [DetectionFinding]
    public let sighted: [String]
    public let blind: [(detector: String, missing: [EventField])]
    /// How many rules ran.
    public let ruleCount: Int
    /// Rules and rule files that could not be understood: with file, line and reason.
    public let refusals: [Diagnostic]
    /// Rules that are not for Okta's log, and why not.
    public let skipped: [Diagnostic]
    /// How long detectors and rules took, in seconds of the wall clock.
    public let seconds: Double
}

/// What `show events` gave.
public struct EventsOutcome: Sendable {
    /// In time order, up to the limit.
    public let events: [OktaEvent]
    /// How many events passed the filter.
    public let matching: Int
    /// How many events the session has.
    public let loaded: Int
}

/// What `score` gave.
public struct ScoresOutcome: Sendable {
    public let scores: [RiskScore]
    public let findings: [DetectionFinding]
    public let incidents: [SecurityIncident]
    public let threshold: Double
}

/// What the whole pipeline gave.
public struct RunOutcome: Sendable {
    public let ingest: IngestReport?
    public let routes: [RoutePlan]
    public let found: FindingsOutcome
    public let scored: ScoresOutcome
    public let plans: [ResponsePlan]
    public let commands: [CommandSuggestion]
    public let escalations: [EscalationResult]
}

/// What the session takes for now, and why.
public struct SessionClock: Hashable, Sendable {
    public enum Origin: String, Sendable {
        case option = "--now", newestEvent = "the newest event", wallClock = "the wall clock"
    }

    public let time: Timestamp
    public let origin: Origin
}

extension OperationResult {
    /// Whether it is a list of records, which `jsonl` and `csv` print one a line.
    public var isRows: Bool {
        switch self {
        case .ingest, .table, .hunt, .run, .action, .why, .answer, .record, .event, .entity, .rule: false
        case .suppressions(let outcome): outcome.isList
        default: true
        }
    }

    /// The result as the transcript keeps it and a replay compares it: that of a query is cut to its first
    /// rows, that of a hunt has none, that of `escalate` has no requests.
    var recorded: JSONValue {
        switch self {
        case .query(let outcome): outcome.recorded
        case .hunt(let outcome): outcome.recorded
        case .escalations(let outcome): outcome.recorded
        default: json
        }
    }

    /// The result as scripts read it.
    public var json: JSONValue {
        switch self {
        case .ingest(let outcome): outcome.report.json
        case .table(let outcome): outcome.json
        case .query(let outcome): outcome.json
        case .hunt(let outcome): outcome.json
        case .findings(let outcome): .array(outcome.findings.map(\.json))
        case .routes(let routes): .array(routes.map(\.json))
        case .scores(let outcome): .array(outcome.scores.map(\.json))
        case .plans(let plans): .array(plans.map(\.json))
        case .commands(let commands): .array(commands.map(\.json))
        case .escalations(let outcome): outcome.json
        case .action(let record): record.json
        case .run(let outcome): outcome.json
        case .answer(let answer): answer.json
        case .events(let outcome): .array(outcome.events.map(\.logEvent))
        case .timeline(let outcome): outcome.json
        case .entity(let story): story.json
        case .plot(let outcome): outcome.json
        case .event(let event): event.rawJSON
        case .suppressions(let outcome): outcome.json
        case .rule(let outcome): outcome.json
        case .rules(let entries): .array(entries.map(\.json))
        case .records(let records): .array(records)
        case .record(let record), .why(let record): record
        }
    }
}

extension RunOutcome {
    var json: JSONValue {
        [
            "ingest": ingest?.json ?? .null, "routes": .array(routes.map(\.json)),
            "findings": .array(found.findings.map(\.json)), "risk_scores": .array(scored.scores.map(\.json)),
            "incidents": .array(scored.incidents.map(\.json)), "plans": .array(plans.map(\.json)),
            "commands": .array(commands.map(\.json)), "escalations": .array(escalations.map(\.json)),
        ]
    }
}
