public import Detection
public import JSON
public import Pipeline
internal import Sigma

/// A row of `show rules`: something that makes findings, and how it has fared.
public struct RuleEntry: Sendable {
    /// What makes the findings.
    public enum Kind: String, Sendable {
        case detector, rule, correlation, query
        /// A rule for Microsoft Sentinel that `rule` wrote; it makes no findings here.
        case written
    }

    /// What `finding_type` says; of a rule that was written, its own id.
    public let id: String
    /// What it is.
    public let kind: Kind
    /// A few words for people. Of a rule from outside: make it visible before printing.
    public let title: String
    /// What its findings have, where their evidence says nothing else.
    public let severity: Severity
    /// As ``severity``; of a rule that was written also `informational`.
    public private(set) var level: String
    /// ATT&CK technique ids.
    public let attack: [String]
    /// In this session, suppressed ones included.
    public internal(set) var findings = 0
    /// Of the data folder, by kind: of this session and of others.
    public internal(set) var verdicts: [Verdict.Kind: Int] = [:]
    /// Suppressions in force that name it.
    public internal(set) var suppressions = 0

    /// What became of a rule that was written: `written`, or as ``RuleDeployment/Status`` has it; `nil` for the others.
    public private(set) var status: String?
    /// What a rule was written of: the id of a finding, an incident or a hunt.
    public private(set) var subject: String?

    /// What findings, suppressions and verdicts may call it.
    let names: Set<String>

    /// An entry whose figures are counted later.
    ///
    /// - Parameter names: By which findings or suppressions may know it, besides its id.
    public init(
        id: String, names: [String] = [], kind: Kind, title: String, severity: Severity, attack: [String]
    ) {
        (self.id, self.kind, self.title, self.severity, self.attack) = (id, kind, title, severity, attack)
        self.names = Set(names + [id])
        level = severity.rawValue
    }

    /// A detector's entry.
    public init(_ detector: any Detector) {
        self.init(
            id: detector.id, kind: .detector, title: detector.title, severity: detector.severity, attack: detector.attack)
    }

    /// A rule's entry.
    init(_ rule: Rule) {
        self.init(
            id: rule.findingName, names: [rule.id, rule.name].compactMap { $0 }, 
            kind: rule.isQuery ? .query : rule.isCorrelation ? .correlation : .rule, title: rule.title,
            severity: Severity(rawValue: rule.level.rawValue) ?? .low, attack: rule.attack)
    }

    /// The entry of a rule that was written, from its record in `rules.jsonl`; `nil` for a record that is none.
    init?(written record: JSONValue) {
        guard let id = record["id"]?.string, let rule = record[path: "rule.properties"] else { return nil }
        let severity = rule["severity"]?.string?.lowercased() ?? ""
        self.init(
            id: id, kind: .written, title: record["display_name"]?.string ?? "",
            severity: Severity(rawValue: severity) ?? .low, attack: rule["techniques"]?.strings ?? [])
        level = severity
        status = record[path: "deployment.status"]?.string ?? "written"
        subject = record["subject"]?.string
    }

    /// As scripts read it; `status` and `subject` stand in rules that were written.
    public var json: JSONValue {
        guard let status else { return counted }
        return counted.setting("status", to: .string(status)).setting("subject", to: JSONValue(subject))
    }

    private var counted: JSONValue {
        [
            "id": .string(id), "kind": .string(kind.rawValue), "title": .string(title),
            "severity": .string(level), "attack": JSONValue(attack), "findings": .integer(Int64(findings)),
            "verdicts": .object(Verdict.Kind.allCases.map {
                JSONValue.Member($0.rawValue, .integer(Int64(verdicts[$0] ?? 0)))
            }),
            "suppressions": .integer(Int64(suppressions)),
        ]
    }
}
