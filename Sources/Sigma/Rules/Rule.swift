public import Diagnostics

/// What a rule looks for, ready to run, and what its author says about it.
public struct Rule: Sendable {
    /// What names the rule in findings: the `id` of a Sigma or Okta rule, or else its `name` or its file's name; of a
    /// filter in NDJSON its file's name without the extension.
    public let id: String
    /// What its author calls it.
    public let title: String
    /// Empty where the author gave none.
    public let description: String
    /// Medium where the author gave none.
    public let level: RuleLevel
    /// `stable`, `test`, `experimental`, …: as the author wrote it.
    public let status: String?
    /// `nil` where the document names none.
    public let author: String?
    /// Addresses or words, as the author wrote them.
    public let references: [String]
    /// What else may match, as the author wrote it.
    public let falsePositives: [String]
    /// As the author wrote them: `attack.t1110.003`.
    public let tags: [String]
    /// ATT&CK technique ids, `T1110.003`, each once, in the author's order.
    public let attack: [String]
    /// File and line at which the rule begins.
    public let place: Place
    /// Field names that are neither Okta's nor a known name for one of Okta's: they match nothing.
    public let unknownFields: [String]
    /// Whether it groups the matches of other rules.
    public var isCorrelation: Bool { if case .correlation = content { true } else { false } }

    /// Whether it is a query in KQL, which ``RuleSet/queries`` holds.
    public var isQuery: Bool { if case .query = content { true } else { false } }

    /// A second name, by which correlations may call it.
    public let name: String?
    let content: Content

    var predicate: Predicate? { if case .predicate(let predicate) = content { predicate } else { nil } }

    enum Content: Sendable {
        case predicate(Predicate)
        case correlation(Correlation)
        /// What is asked for stands in the ``QueryRule``.
        case query
    }
}

/// How severe a rule's author finds a match; later cases are worse.
public enum RuleLevel: String, CaseIterable, Comparable, Sendable {
    /// Worth knowing, nothing to act upon.
    case informational
    case low, medium, high, critical

    public static func < (left: RuleLevel, right: RuleLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The events that a rule matched.
public struct RuleMatch: Sendable {
    /// The rule that matched.
    public let rule: Rule
    /// Rows of the table, in time order; never empty. Of a plain rule all that match, of a correlation those of one
    /// group that lie close enough together.
    public let rows: [Int]
    /// Of a correlation the fields it groups by, and their values here, and of a query the columns that name whom it is
    /// about; else empty.
    public let group: [GroupValue]

    /// A match; the rows have to be in time order.
    public init(rule: Rule, rows: [Int], group: [GroupValue]) {
        self.rule = rule
        self.rows = rows
        self.group = group
    }

    /// A field that a correlation groups by, as the rule names it, and its value.
    public struct GroupValue: Hashable, Sendable {
        /// As the rule names it.
        public let field: String
        /// As the events have it.
        public let value: String

        /// A field and its value, each as it is written.
        public init(field: String, value: String) {
            self.field = field
            self.value = value
        }
    }
}
