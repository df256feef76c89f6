internal import Detection
internal import Diagnostics
internal import Events
internal import JSON
internal import Pipeline
internal import Tables

/// What a detection rule is written of: something found among the events, or a query that found it.
struct RuleSource: Sendable {
    /// What the rule is to look for.
    enum Pattern: Sendable {
        /// What a detector or a rule of the session found, with its figures.
        case finding(FindingPattern)
        /// A query, such as a hunt's.
        case query(QueryPattern)
    }

    /// A query that is to become a rule. What names one user, host or address in it should be gone.
    struct QueryPattern: Hashable, Sendable {
        /// KQL; what it gives are the rule's results.
        var text: String
        /// What was asked, in a few words without names: the rule's title.
        var question: String
        /// How far back it looks, in seconds.
        var period: Double
        /// Columns of the result that name what it is about, by Sentinel's entity types.
        var entities: [RuleEntity]
        /// The tables that it reads.
        var tables: [String] = []
        /// Whether each result is one row of a table.
        var isOfRows = false
        /// The column of a result that has the time of the last of its rows.
        var newest: String?
        /// The same in Sigma; `nil` where Sigma cannot say it.
        var sigma: SigmaHunt?
        /// Why no workspace could run it.
        var obstacle: String?

        /// - Parameter period: In seconds; more than 14 days are cut to that.
        init(text: String, question: String, period: Double, entities: [RuleEntity]) {
            self.text = text
            self.question = question
            self.period = period
            self.entities = entities
        }
    }

    /// The incident's, the finding's or the hunt's id.
    var subject: String
    /// What the rule is to look for.
    var pattern: Pattern
    /// How bad it was.
    var severity: String
    /// ATT&CK technique ids, sub-techniques too.
    var attack: [String]
    /// Whom and what it was about: ids, logins and addresses, by which a dry run tells whether it was found again.
    var names: Set<ByteText>
    /// When it happened, UTC; `nil` where that is not known.
    var span: ClosedRange<Timestamp>?
    /// What of the subject this rule leaves out, as sentences.
    var notes: [String] = []
    /// What the rule's entities were in what it was written of; `nil` where ``names`` tell.
    var entities: Set<[ByteText]>?
    /// Whether there was anything that a dry run could find again.
    var hasResults = true
    /// What the rule does otherwise than what it was written of, as sentences.
    var ruleNotes: [String] = []

    /// Anything that a rule may be written of.
    ///
    /// - Parameter severity: `low`, `medium`, `high` or `critical`.
    init(
        subject: String, pattern: Pattern, severity: String, attack: [String], names: [String] = [],
        span: ClosedRange<Timestamp>? = nil
    ) {
        self.subject = subject
        self.pattern = pattern
        self.severity = severity
        self.attack = attack
        self.names = Set(names.map(ByteText.init))
        self.span = span
    }
}

extension RuleSource {
    /// Whether these entities are of what the rule is written of.
    func isAbout(_ key: [ByteText]) -> Bool { entities?.contains(key) ?? key.contains { names.contains($0) } }
}

/// What an alert of a rule is about: an entity of Sentinel's, and the columns of the result that identify it.
struct RuleEntity: Hashable, Sendable {
    /// The kinds that rules of an identity provider's log, and of devices, name.
    enum Kind: String, Sendable {
        /// A user or a service.
        case account = "Account"
        /// An address.
        case address = "IP"
        /// A device.
        case host = "Host"

        /// By what Sentinel identifies one.
        fileprivate var identifier: String {
            switch self {
            case .account, .host: "FullName"
            case .address: "Address"
            }
        }
    }

    /// An identifier of Sentinel's, and the column that has it.
    struct Field: Hashable, Sendable {
        let identifier: String
        let column: String
    }

    /// Sentinel's word for what it is.
    let type: String
    /// That which tells it apart first; never empty.
    let fields: [Field]

    /// The column that names it.
    var column: String { fields.first?.column ?? "" }

    /// An entity in a column.
    init(_ kind: Kind, column: String) {
        self.init(type: kind.rawValue, fields: [Field(identifier: kind.identifier, column: column)])
    }

    /// An entity of any type.
    init(type: String, fields: [Field]) {
        self.type = type
        self.fields = fields
    }
}

/// What a finding says of the behaviour behind it: its kind, and what its events have in common.
struct FindingPattern: Sendable {
    /// The detector's or rule's id.
    let type: String
    let title: String
    /// The fields by which a correlation grouped, in Okta's spelling.
    let groupFields: [String]
    /// Whether it counts events, so that one alone means nothing.
    let isCount: Bool
    let count: Int
    /// In seconds.
    let duration: Double
    let eventTypes: [String]
    let outcomes: [String]
    /// The reason that all of them give; `nil` where they give none, or several.
    let reason: String?

    init(_ finding: DetectionFinding, in events: EventTable) {
        let own = finding.oktaEventIDs.compactMap { events.row(ofID: $0) }.map { events[$0] }
        type = finding.findingType
        title = finding.metadata["title"]?.string ?? finding.findingType
        groupFields = finding.metadata["group"]?.members?.map(\.key) ?? []
        isCount = !groupFields.isEmpty
        count = max(finding.oktaEventIDs.count, Int(clamping: finding.metadata["count"]?.integer ?? 0))
        duration = finding.metadata["duration_seconds"]?.double ?? 0
        eventTypes = Self.distinct(own.map(\.eventType))
        outcomes = Self.distinct(own.map(\.outcome))
        let reasons = Set(own.map { ByteText($0[.outcomeReason] ?? "") })
        reason = reasons.count == 1 ? reasons.first.map(\.text).flatMap { $0.isEmpty ? nil : $0 } : nil
    }

    private static func distinct(_ texts: [String?]) -> [String] {
        Set(texts.compactMap { $0 }.filter { !$0.isEmpty }.map(ByteText.init)).map(\.text).sorted()
    }
}
