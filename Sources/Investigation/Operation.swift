public import Diagnostics
public import JSON

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

    /// What to read and how.
    public struct IngestRequest: Hashable, Sendable {
        public var paths: [String]
        public var since: String?
        public var until: String?
        public var hours: Double?
        /// The name of the shape that the events have; `nil` when it is told by their content.
        public var format: String?
        /// The bytes of standard input, when `paths` names `-`; never written into the transcript.
        public var standardInput: [UInt8]?

        public init(
            paths: [String], since: String? = nil, until: String? = nil, hours: Double? = nil, format: String? = nil,
            standardInput: [UInt8]? = nil
        ) {
            self.paths = paths
            self.since = since
            self.until = until
            self.hours = hours
            self.format = format
            self.standardInput = standardInput
        }
    }

    /// Which events to fetch from Okta.
    public struct OktaRequest: Hashable, Sendable {
        /// Times as the user writes them.
        public var since: String?
        public var until: String?
        public var hours: Double?
        /// In Okta's SCIM form.
        public var filter: String?
        /// Whether to go on asking for new events until interrupted.
        public var follows: Bool

        public init(
            since: String? = nil, until: String? = nil, hours: Double? = nil, filter: String? = nil, follows: Bool = false
        ) {
            self.since = since
            self.until = until
            self.hours = hours
            self.filter = filter
            self.follows = follows
        }
    }

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

// MARK: In the transcript

extension Operation {
    /// The operation as a `command` record keeps it.
    public var json: JSONValue {
        JSONValue.object([JSONValue.Member("name", .string(name))] + arguments.filter { !$0.value.isNull })
    }

    private var arguments: [JSONValue.Member] {
        switch self {
        case .ingest(let request):
            [
                JSONValue.Member("paths", JSONValue(request.paths)), JSONValue.Member("since", JSONValue(request.since)),
                JSONValue.Member("until", JSONValue(request.until)),
                JSONValue.Member("hours", request.hours.map { JSONValue($0) } ?? .null),
                JSONValue.Member("format", JSONValue(request.format)),
            ]
        case .ingestTable(let request): request.members
        case .query(let request): request.members
        case .hunt(let request): request.members
        case .ingestOkta(let request):
            [
                JSONValue.Member("since", JSONValue(request.since)), JSONValue.Member("until", JSONValue(request.until)),
                JSONValue.Member("hours", request.hours.map { JSONValue($0) } ?? .null),
                JSONValue.Member("filter", JSONValue(request.filter)), JSONValue.Member("follow", .bool(request.follows)),
            ]
        case .detect(let request): request.members
        case .route(let incident): [JSONValue.Member("incident", JSONValue(incident))]
        case .score(let ids, let calls):
            [JSONValue.Member("findings", JSONValue(ids)), JSONValue.Member("max_model_calls", .integer(Int64(calls)))]
        case .plan(let ids), .commands(let ids), .escalate(let ids): [JSONValue.Member("incidents", JSONValue(ids))]
        case .sendEscalations(let ids, let again):
            [
                JSONValue.Member("incidents", JSONValue(ids)), JSONValue.Member("send", true),
                JSONValue.Member("again", .bool(again)),
            ]
        case .act(let request): request.members
        case .run(let calls): [JSONValue.Member("max_model_calls", .integer(Int64(calls)))]
        case .ask(let text), .note(let text), .why(let text), .entity(let text): [JSONValue.Member("text", .string(text))]
        case .show(let text): [JSONValue.Member("text", JSONValue(text))]
        case .showEvents(let filter): [JSONValue.Member("filter", filter.json)]
        case .timeline(let name, let filter): [JSONValue.Member("text", JSONValue(name)), JSONValue.Member("filter", filter.json)]
        case .plot(let request): [JSONValue.Member("plot", request.json)]
        case .showAll: []
        case .status(let id, let status):
            [JSONValue.Member("incident", .string(id)), JSONValue.Member("status", .string(status))]
        case .suppress(let request): request.members
        case .rule(let request): request.members
        case .verdict(let id, let verdict, let reason):
            [
                JSONValue.Member("subject", .string(id)), JSONValue.Member("verdict", .string(verdict)),
                JSONValue.Member("reason", JSONValue(reason)),
            ]
        }
    }

    /// Reads the operation of a `command` record.
    ///
    /// - Throws: When the record names an operation this version does not know, or lacks what it needs.
    public init(json: JSONValue) throws(Diagnostic) {
        let ids = json["incidents"]?.strings ?? [], text = json["text"]?.string
        let calls = Int(json["max_model_calls"]?.integer ?? 50)
        switch json["name"]?.string {
        case "ingest":
            self = .ingest(IngestRequest(
                paths: json["paths"]?.strings ?? [], since: json["since"]?.string, until: json["until"]?.string,
                hours: json["hours"]?.double, format: json["format"]?.string))
        case "ingest table":
            self = .ingestTable(
                TableRequest(name: try Self.need(json["as"]?.string), path: try Self.need(json["path"]?.string)))
        case "kql":
            self = .query(QueryRequest(try Self.need(text), seed: UInt64(bitPattern: json["seed"]?.integer ?? 0)))
        case "hunt": self = .hunt(try HuntRequest(json: json))
        case "ingest okta":
            self = .ingestOkta(OktaRequest(
                since: json["since"]?.string, until: json["until"]?.string, hours: json["hours"]?.double,
                filter: json["filter"]?.string, follows: json["follow"]?.bool ?? false))
        case "detect": self = .detect(DetectRequest(json: json))
        case "route": self = .route(incident: json["incident"]?.string)
        case "score": self = .score(findings: json["findings"]?.strings ?? [], maxModelCalls: calls)
        case "plan": self = .plan(incidents: ids)
        case "commands": self = .commands(incidents: ids)
        case "escalate" where json["send"]?.bool == true:
            self = .sendEscalations(incidents: ids, again: json["again"]?.bool ?? false)
        case "isolate", "release", "scan":
            self = .act(try ActionRequest(command: json["name"]?.string ?? "", json: json))
        case "escalate": self = .escalate(incidents: ids)
        case "run": self = .run(maxModelCalls: calls)
        case "ask": self = .ask(try Self.need(text))
        case "show": self = .show(text)
        case "show events": self = .showEvents(EventFilter(json: json["filter"] ?? [:]))
        case "show-all": self = .showAll
        case "why": self = .why(try Self.need(text))
        case "timeline": self = .timeline(of: text, EventFilter(json: json["filter"] ?? [:]))
        case "entity": self = .entity(try Self.need(text))
        case "plot": self = .plot(try PlotRequest(json: json["plot"] ?? [:]))
        case "note": self = .note(try Self.need(text))
        case "status":
            self = .status(incident: try Self.need(json["incident"]?.string), to: try Self.need(json["status"]?.string))
        case "rule": self = .rule(RuleRequest(subject: try Self.need(text), deploys: json["deploy"]?.bool ?? false))
        case "suppress": self = .suppress(try SuppressRequest(json: json))
        case "verdict":
            self = .verdict(
                subject: try Self.need(json["subject"]?.string), is: try Self.need(json["verdict"]?.string),
                reason: json["reason"]?.string)
        default:
            throw Diagnostic(
                "the record names no operation of this version: \(json["name"]?.string ?? "none")",
                remedy: "Replay it with the version that wrote it")
        }
    }

    private static func need(_ text: String?) throws(Diagnostic) -> String {
        guard let text else {
            throw Diagnostic("a command record lacks its text", remedy: "The session file was changed, or is of another version")
        }
        return text
    }
}
