public import Detection
internal import Diagnostics
public import Events
public import JSON
public import Pipeline
internal import Tables

/// All that a session knows at one moment. A value: take a copy to read it in peace.
public struct SessionState: Sendable {
    public internal(set) var events = EventTable() {
        didSet { queryTables = QueryTables(events: events) }
    }
    /// The events as queries see them.
    private(set) var queryTables = QueryTables(events: EventTable())
    public internal(set) var findings: [DetectionFinding] = []
    public internal(set) var scores: [RiskScore] = []
    public internal(set) var incidents: [SecurityIncident] = []
    public internal(set) var plans: [ResponsePlan] = []
    public internal(set) var commands: [CommandSuggestion] = []
    public internal(set) var routes: [RoutePlan] = []
    public internal(set) var escalations: [EscalationResult] = []
    /// What was done to hosts, or was to be done, as ``ActionRecord/json`` has it.
    public internal(set) var actions: [JSONValue] = []
    /// The hunts, as `hunts.jsonl` has them.
    public internal(set) var hunts: [JSONValue] = []
    /// The rules that were written, as `rules.jsonl` has them: the last record of each id.
    public internal(set) var rules: [JSONValue] = []
    public internal(set) var notes: [String] = []
    /// Tables that were loaded from files, in the order in which their names first came.
    public internal(set) var tables: [LoadedTable] = []
    /// The text of the last query, as it was typed.
    public internal(set) var lastQuery: String?
    /// What was said of findings and incidents: one of each origin for each.
    public internal(set) var verdicts: [Verdict] = []
    /// Whether events came from Okta itself, and not from files alone: then the wall clock is the session's clock.
    public internal(set) var isLive = false
    /// Whether the detectors have seen all the events.
    public internal(set) var isDetected = false
    /// What the detectors and rules last ran with, apart from runs of single ones.
    var detection = DetectRequest()
    /// The last ingest's report.
    public internal(set) var ingest: IngestReport?

    /// Nothing loaded.
    public init() {}

    /// What an analyst reads to answer.
    func caseFile(clock: Timestamp, threshold: Double) -> CaseFile {
        CaseFile(
            events: events, findings: findings, scores: scores, incidents: incidents, plans: plans, commands: commands,
            clock: clock, promoteThreshold: threshold)
    }

    /// The findings that are suppressed.
    var suppressedIDs: Set<String> { Set(findings.filter(\.isSuppressed).map(\.id)) }

    /// Ids of what was found: findings and incidents.
    public var ids: [String] { findings.map(\.id) + incidents.map(\.id) }

    /// The ids of the hunts.
    public var huntIDs: [String] { hunts.compactMap { $0["id"]?.string } }

    /// The ids of the rules that were written.
    public var ruleIDs: [String] { rules.compactMap { $0["id"]?.string } }

    /// The record of a hunt.
    func hunt(withID id: String) -> JSONValue? { hunts.first { $0["id"]?.string == id } }

    /// The incidents that are named, by full id or unique beginning; all of them when none is.
    func incidents(named names: [String]) throws(Diagnostic) -> [SecurityIncident] {
        var chosen: [SecurityIncident] = []
        for name in names {
            let id = try Self.resolve(name, among: incidents.map(\.id), kind: "incident")
            chosen += incidents.filter { $0.id == id }
        }
        return names.isEmpty ? incidents : chosen
    }

    /// The findings that are named; all of them when none is.
    func findings(named names: [String]) throws(Diagnostic) -> [DetectionFinding] {
        var chosen: [DetectionFinding] = []
        for name in names {
            let id = try Self.resolve(name, among: findings.map(\.id), kind: "finding")
            chosen += findings.filter { $0.id == id }
        }
        return names.isEmpty ? findings : chosen
    }

    /// The id that a name stands for: the id itself, or a unique beginning of it of four characters or more.
    static func resolve(_ name: String, among ids: [String], kind: String) throws(Diagnostic) -> String {
        if ids.contains(name) { return name }
        let matches = name.count >= 4 ? ids.filter { $0.hasPrefix(name) } : []
        if matches.count == 1 { return matches[0] }
        let list = matches.isEmpty ? ids : matches
        throw Diagnostic(
            matches.isEmpty ? "there is no \(kind) `\(name)`" : "`\(name)` is the beginning of \(matches.count) ids",
            remedy: list.isEmpty
                ? "There is none yet: `run` goes through the whole pipeline"
                : "There are: " + list.prefix(8).map { String($0.prefix(8)) }.joined(separator: ", "))
    }

    /// Takes a recorded artifact into the state; a record that cannot be read is left out.
    mutating func restore(_ artifact: Artifact, _ record: JSONValue) throws(Diagnostic) {
        switch artifact {
        case .findings: findings.put(try DetectionFinding(json: record)) { $0.id == $1.id }
        case .riskScores: scores.put(try RiskScore(json: record)) { $0.findingID == $1.findingID }
        case .incidents: incidents.put(try SecurityIncident(json: record)) { $0.id == $1.id }
        case .plans: plans.put(try ResponsePlan(json: record)) { $0.incidentID == $1.incidentID }
        case .commands: commands.put(try CommandSuggestion(json: record)) { $0 == $1 }
        case .routes: routes.put(try RoutePlan(json: record)) { $0.id == $1.id }
        case .escalations: 
            escalations.put(try EscalationResult(json: record)) {
                $0.incidentID == $1.incidentID && $0.target == $1.target
            }
        case .actions: actions.put(record) { $0["id"] == $1["id"] }
        case .hunts: hunts.put(record) { $0["id"] == $1["id"] }
        case .verdicts: verdicts.put(try Verdict(json: record)) { $0.id == $1.id }
        case .rules: rules.put(record) { $0["id"] == $1["id"] }
        // What suppressions hide is marked on the findings themselves.
        case .suppressions: break
        }
        if artifact == .findings, record[path: "metadata.hunt"]?.string == nil { isDetected = true }
    }
}

extension Array {
    /// Replaces the element that is the same in the sense of `isSame`, or adds a new one.
    mutating func put(_ element: Element, isSame: (Element, Element) -> Bool) {
        if let index = firstIndex(where: { isSame($0, element) }) { self[index] = element } else { append(element) }
    }
}
