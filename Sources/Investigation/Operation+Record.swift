public import Diagnostics
public import JSON

// The operation as a `command` record keeps it.
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
