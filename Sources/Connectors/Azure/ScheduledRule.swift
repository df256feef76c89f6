/// A scheduled analytics rule of Microsoft Sentinel, with the fields of its API (SecurityInsights 2025-09-01,
/// `ScheduledAlertRuleProperties`).
///
/// ```swift
/// var rule = ScheduledRule(displayName: "MFA fatigue", query: "SigninLogs | where …")
/// rule.techniques = ["T1621"]
/// for violation in rule.violations { print(violation.rendered) }
/// ```
///
/// All texts are sent as they are. Durations are ISO 8601 in days, hours, minutes and seconds, such as `PT1H`.
public struct ScheduledRule: Hashable, Sendable {
    /// 1 to 256 characters.
    public var displayName: String
    /// At most 5,000 characters.
    public var description = ""
    /// Of its alerts.
    public var severity = Severity.medium
    /// Whether it runs once it is stored.
    public var enabled = true
    /// KQL, 1 to 10,000 characters, without `search *` and `union *`.
    public var query: String
    /// How often it runs: 5 minutes to 14 days; at least an hour where ``queryPeriod`` is 2 days or more.
    public var queryFrequency = "PT1H"
    /// How far back it looks: 5 minutes to 14 days, and no less than ``queryFrequency``.
    public var queryPeriod = "PT1H"
    /// How the number of results is compared with ``triggerThreshold``.
    public var triggerOperator = TriggerOperator.greaterThan
    /// 0 to 10,000.
    public var triggerThreshold = 0
    /// How long it is quiet after an alert: 5 minutes to 24 hours; the service wants it also when it is not used.
    public var suppressionDuration = "PT5H"
    /// Whether it is quiet after an alert.
    public var suppressionEnabled = false
    /// ATT&CK tactics by the service's names, such as `CredentialAccess`; see ``tacticNames``.
    public var tactics: [String] = []
    /// ATT&CK techniques in the form `T####`; the service refuses sub-techniques.
    public var techniques: [String] = []
    /// At most 10.
    public var entityMappings: [EntityMapping] = []
    /// How incidents come of alerts; `nil` for the service's own way, an incident for each alert.
    public var incidentConfiguration: IncidentConfiguration?
    /// How alerts come of results; `nil` for the service's own way, one alert for each run.
    public var eventGrouping: AggregationKind?
    /// Columns that are shown in alerts under a name of their own, at most 20.
    public var customDetails: [CustomDetail] = []
    /// Texts of alerts that are made of columns.
    public var alertDetailsOverride: AlertDetailsOverride?

    /// A rule that runs each hour over the last hour and raises an alert of medium severity for any result.
    public init(displayName: String, query: String) {
        self.displayName = displayName
        self.query = query
    }

    /// How serious alerts are.
    public enum Severity: String, CaseIterable, Hashable, Sendable {
        /// `High`.
        case high = "High"
        /// `Medium`.
        case medium = "Medium"
        /// `Low`.
        case low = "Low"
        /// `Informational`.
        case informational = "Informational"
    }

    /// How the number of results is compared with the threshold.
    public enum TriggerOperator: String, CaseIterable, Hashable, Sendable {
        /// More results than the threshold.
        case greaterThan = "GreaterThan"
        /// Fewer results than the threshold.
        case lessThan = "LessThan"
        /// Exactly as many.
        case equal = "Equal"
        /// Any other number.
        case notEqual = "NotEqual"
    }

    /// How many alerts one run raises.
    public enum AggregationKind: String, CaseIterable, Hashable, Sendable {
        /// One for all results.
        case singleAlert = "SingleAlert"
        /// One for each result.
        case alertPerResult = "AlertPerResult"
    }

    /// An entity that alerts name, such as an account, and the columns that identify it.
    public struct EntityMapping: Hashable, Sendable {
        /// Such as `Account`, `IP` or `Host`.
        public var entityType: String
        /// 1 to 3, with the identifiers that the type needs, such as `FullName` of an account.
        public var fieldMappings: [FieldMapping]

        /// A mapping; ``ScheduledRule/violations`` tells what is wrong with it.
        public init(entityType: String, fieldMappings: [FieldMapping]) {
            self.entityType = entityType
            self.fieldMappings = fieldMappings
        }
    }

    /// An identifier of an entity, and the column of the query's result that holds it.
    public struct FieldMapping: Hashable, Sendable {
        /// Such as `FullName`; each entity type has its own.
        public var identifier: String
        /// The column.
        public var columnName: String

        /// One identifier.
        public init(identifier: String, columnName: String) {
            self.identifier = identifier
            self.columnName = columnName
        }
    }

    /// A column that alerts show.
    public struct CustomDetail: Hashable, Sendable {
        /// Letters, digits and `_`, a letter first, at most 20.
        public var name: String
        /// The column.
        public var columnName: String

        /// One detail.
        public init(name: String, columnName: String) {
            self.name = name
            self.columnName = columnName
        }
    }

    /// Texts of alerts with columns in them, such as `Alert from {{Computer}}`, at most three each; and columns that
    /// hold an alert's tactics and severity. What is `nil` is as in the rule.
    public struct AlertDetailsOverride: Hashable, Sendable {
        /// At most 256 characters.
        public var alertDisplayNameFormat: String?
        /// At most 5,000 characters.
        public var alertDescriptionFormat: String?
        /// The column that holds an alert's tactics.
        public var alertTacticsColumnName: String?
        /// The column that holds an alert's severity.
        public var alertSeverityColumnName: String?

        /// Nothing is replaced.
        public init() {}
    }
}

extension ScheduledRule {
    /// The tactics that the service knows (`AttackTactic` of its schema).
    public static let tacticNames = [
        "Reconnaissance", "ResourceDevelopment", "InitialAccess", "Execution", "Persistence", "PrivilegeEscalation",
        "DefenseEvasion", "CredentialAccess", "Discovery", "LateralMovement", "Collection", "Exfiltration",
        "CommandAndControl", "Impact", "PreAttack", "ImpairProcessControl", "InhibitResponseFunction",
    ]
}
