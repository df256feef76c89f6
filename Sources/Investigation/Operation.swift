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
        let name = json["name"]?.string ?? ""
        if let operation = try Self.input(name, json) {
            self = operation
        } else if let operation = try Self.step(name, json) {
            self = operation
        } else if let operation = try Self.look(name, json) {
            self = operation
        } else if let operation = try Self.record(name, json) {
            self = operation
        } else {
            throw Diagnostic(
                "the record names no operation of this version: \(json["name"]?.string ?? "none")",
                remedy: "Replay it with the version that wrote it")
        }
    }

    /// What reads, and what asks with a query.
    private static func input(_ name: String, _ json: JSONValue) throws(Diagnostic) -> Operation? {
        switch name {
        case "ingest":
            .ingest(
                IngestRequest(
                    paths: json["paths"]?.strings ?? [], since: json["since"]?.string, until: json["until"]?.string,
                    hours: json["hours"]?.double, format: json["format"]?.string))
        case "ingest table":
            .ingestTable(TableRequest(name: try need(json["as"]?.string), path: try need(json["path"]?.string)))
        case "ingest okta":
            .ingestOkta(
                OktaRequest(
                    since: json["since"]?.string, until: json["until"]?.string, hours: json["hours"]?.double,
                    filter: json["filter"]?.string, follows: json["follow"]?.bool ?? false))
        case "kql":
            .query(
                QueryRequest(try need(json["text"]?.string), seed: UInt64(bitPattern: json["seed"]?.integer ?? 0)))
        case "hunt": .hunt(try HuntRequest(json: json))
        default: nil
        }
    }

    /// The steps of the pipeline, and what acts.
    private static func step(_ name: String, _ json: JSONValue) throws(Diagnostic) -> Operation? {
        let incidents = json["incidents"]?.strings ?? []
        let calls = Int(json["max_model_calls"]?.integer ?? 50)
        return switch name {
        case "detect": .detect(DetectRequest(json: json))
        case "route": .route(incident: json["incident"]?.string)
        case "score": .score(findings: json["findings"]?.strings ?? [], maxModelCalls: calls)
        case "plan": .plan(incidents: incidents)
        case "commands": .commands(incidents: incidents)
        case "escalate" where json["send"]?.bool == true:
            .sendEscalations(incidents: incidents, again: json["again"]?.bool ?? false)
        case "escalate": .escalate(incidents: incidents)
        case "isolate", "release", "scan": .act(try ActionRequest(command: name, json: json))
        case "run": .run(maxModelCalls: calls)
        case "rule":
            .rule(
                RuleRequest(
                    subject: try need(json["text"]?.string), deploys: json["deploy"]?.bool ?? false,
                    isConfirmed: json["yes"]?.bool ?? false))
        default: nil
        }
    }

    /// What asks and shows.
    private static func look(_ name: String, _ json: JSONValue) throws(Diagnostic) -> Operation? {
        let text = json["text"]?.string
        return switch name {
        case "ask": .ask(try need(text))
        case "show": .show(text)
        case "show events": .showEvents(EventFilter(json: json["filter"] ?? [:]))
        case "show-all": .showAll
        case "why": .why(try need(text))
        case "timeline": .timeline(of: text, EventFilter(json: json["filter"] ?? [:]))
        case "entity": .entity(try need(text))
        case "plot": .plot(try PlotRequest(json: json["plot"] ?? [:]))
        default: nil
        }
    }

    /// The analyst's own records.
    private static func record(_ name: String, _ json: JSONValue) throws(Diagnostic) -> Operation? {
        switch name {
        case "note": .note(try need(json["text"]?.string))
        case "status": .status(incident: try need(json["incident"]?.string), to: try need(json["status"]?.string))
        case "suppress": .suppress(try SuppressRequest(json: json))
        case "verdict":
            .verdict(
                subject: try need(json["subject"]?.string), is: try need(json["verdict"]?.string),
                reason: json["reason"]?.string)
        default: nil
        }
    }

    private static func need(_ text: String?) throws(Diagnostic) -> String {
        guard let text else {
            throw Diagnostic("a command record lacks its text", remedy: "The session file was changed, or is of another version")
        }
        return text
    }
}
