extension ScheduledRule {
    /// How incidents come of the rule's alerts.
    public struct IncidentConfiguration: Hashable, Sendable {
        /// Whether alerts become incidents at all.
        public var createIncident: Bool
        /// `nil` for an incident for each alert.
        public var grouping: Grouping?

        /// Incidents, or none.
        public init(createIncident: Bool, grouping: Grouping? = nil) {
            self.createIncident = createIncident
            self.grouping = grouping
        }
    }

    /// Which alerts of the rule come into one incident.
    public struct Grouping: Hashable, Sendable {
        /// Whether alerts are grouped.
        public var enabled = true
        /// Whether an alert that belongs to a closed incident opens it again.
        public var reopenClosedIncident = false
        /// 5 minutes to 7 days.
        public var lookbackDuration = "PT5H"
        /// When alerts belong together.
        public var matchingMethod = MatchingMethod.allEntities
        /// Entity types, for ``MatchingMethod/selected``; only those that the rule maps.
        public var groupByEntities: [String] = []
        /// For ``MatchingMethod/selected``.
        public var groupByAlertDetails: [AlertDetail] = []
        /// Names of custom details, for ``MatchingMethod/selected``; only those that the rule has.
        public var groupByCustomDetails: [String] = []

        /// Alerts of 5 hours whose entities all match.
        public init() {}
    }

    /// When alerts belong together.
    public enum MatchingMethod: String, CaseIterable, Hashable, Sendable {
        /// When all their entities are the same.
        case allEntities = "AllEntities"
        /// Always.
        case anyAlert = "AnyAlert"
        /// When what the grouping names is the same.
        case selected = "Selected"
    }

    /// What of an alert may be compared.
    public enum AlertDetail: String, CaseIterable, Hashable, Sendable {
        /// Its name.
        case displayName = "DisplayName"
        /// Its severity.
        case severity = "Severity"
    }
}
