internal import Diagnostics
internal import HTTP
public import Tables

/// What a notification says of an incident. All texts may come from a log: the targets make them safe.
public struct EscalationNotice: Hashable, Sendable {
    /// The severities of incidents; later ones are worse.
    public enum Severity: String, CaseIterable, Hashable, Sendable {
        case low, medium, high, critical
    }

    /// The incident's id; a service that knows an alert of this id already adds to it.
    public var incidentID: String
    /// One line.
    public var title: String
    /// Only `high` and `critical` are sent.
    public var severity: Severity
    /// From 0 to 1.
    public var score: Double
    /// Who did it, or to whom it happened; `nil` when nobody is known.
    public var actor: String?
    /// What happened, a line each.
    public var summary: [String]
    /// Ids of ATT&CK techniques, such as `T1621`.
    public var attack: [String]
    /// The time of the first event, shown in UTC.
    public var firstSeen: Timestamp?
    /// The time of the last event, shown in UTC.
    public var lastSeen: Timestamp?
    /// Where the incident can be read: an https URL of at most 1000 characters, or one to this computer. Never a
    /// text from a log.
    public var link: String?

    /// A notice from its parts; nothing is checked before a target makes a request of it.
    public init(
        incidentID: String, title: String, severity: Severity, score: Double, actor: String? = nil,
        summary: [String] = [], attack: [String] = [], firstSeen: Timestamp? = nil, lastSeen: Timestamp? = nil,
        link: String? = nil
    ) {
        self.incidentID = incidentID
        self.title = title
        self.severity = severity
        self.score = score
        self.actor = actor
        self.summary = summary
        self.attack = attack
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.link = link
    }
}

extension EscalationNotice {
    private static let linkLimit = 1000

    /// - Throws: A `Diagnostic` for an incident that is not grave enough, has no id, or has a link that is none.
    func check() throws(Diagnostic) {
        guard severity == .high || severity == .critical else {
            throw Diagnostic(
                "incident \(incidentID.visible(limit: 80)) is \(severity.rawValue), and only high and critical ones "
                    + "are escalated",
                remedy: "Read it with `show`; a verdict or a new score may raise it")
        }
        guard !incidentID.isEmpty else {
            throw Diagnostic("the incident has no id", remedy: "Score the findings again with `score`")
        }
        if let link { try Self.check(link: link) }
    }

    private static func check(link: String) throws(Diagnostic) {
        // `|` and `>` would end a link of Slack.
        let isPlain = link.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !Array("<>|\"`\\".utf8).contains($0) }
        guard isPlain, link.utf8.count <= linkLimit, let address = WebAddress(link),
            address.scheme == "https" || address.isLoopback
        else {
            throw Diagnostic(
                "the link to the incident is not an https URL", remedy: "Write it like https://example.com/incident/1")
        }
    }

    /// Two decimals, such as `0.95`.
    var scoreText: String {
        guard score.isFinite else { return "unknown" }
        let hundredths = Int((min(max(score, 0), 1) * 100).rounded())
        return hundredths == 100 ? "1.00" : "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
    }

    /// `[CRITICAL] Title`, before anything is made safe.
    var headline: String { "[\(severity.rawValue.uppercased())] \(title)" }
}
