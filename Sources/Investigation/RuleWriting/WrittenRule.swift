public import Connectors
internal import Detection
internal import Diagnostics
internal import Digests
internal import JSON
internal import Tables

/// A scheduled analytics rule that was written of something found, with the same in Sigma where Sigma can say it.
public struct WrittenRule: Sendable {
    /// A version-5 UUID of what the rule looks for: thresholds and texts may change, and it replaces its earlier self.
    public let id: String
    /// The rule as Sentinel takes it.
    public let rule: ScheduledRule
    /// The rule in Sigma, as a file; `nil` where Sigma cannot say it.
    public internal(set) var sigma: String?
    /// What it does otherwise than what it was written of, as sentences.
    public let notes: [String]
    let schedule: RuleSchedule
    let entities: [RuleEntity]
    let attack: [String]
    /// The query without the line that keeps a run from reporting what an earlier one has reported.
    let wholeQuery: String
    /// The tables that it reads.
    let tables: [String]
    /// Why no workspace could run it; `nil` where one could.
    var obstacle: String?

    /// Whether each run looks at what came since the one before, and at nothing else.
    var isOfRows: Bool { schedule.period == schedule.frequency }

    /// Whether a run reports only what its last step brought.
    var tellsLast: Bool { wholeQuery.utf8.count < rule.query.utf8.count }

    var title: String { rule.displayName }
    var explanation: String { rule.description }
    var sigmaLevel: String { rule.severity == .informational ? "informational" : rule.severity.rawValue.lowercased() }
}

/// Writes rules. Pure: the same source gives the same rule.
enum RuleWriter {
    /// - Parameter detectors: Those of the session, whose settings become the rule's thresholds.
    /// - Throws: A `Diagnostic` when there is nothing to write a rule of.
    static func write(_ source: RuleSource, detectors: [any Detector]) throws(Diagnostic) -> WrittenRule {
        let draft = try draft(of: source, detectors)
        var rule = ScheduledRule(displayName: ("Okta: " + draft.title).visible(limit: 200), query: draft.text)
        if case .query = source.pattern { rule.displayName = draft.title.visible(limit: 200) }
        rule.description = draft.explanation.visible(limit: 2000)
        rule.severity = severity(source.severity)
        rule.queryFrequency = RuleSchedule.iso(draft.schedule.frequency)
        rule.queryPeriod = RuleSchedule.iso(draft.schedule.period)
        rule.techniques = TechniqueTactics.techniques(of: source.attack)
        rule.tactics = TechniqueTactics.tactics(of: source.attack)
        rule.entityMappings = draft.entities.map { entity in
            .init(
                entityType: entity.type,
                fieldMappings: entity.fields.map { .init(identifier: $0.identifier, columnName: $0.column) })
        }
        rule.eventGrouping = .alertPerResult
        rule.incidentConfiguration = grouping(by: draft.entities)
        var written = WrittenRule(
            id: NameUUID.of(["analytics rule", RuleKQL.table] + draft.key), rule: rule, sigma: nil,
            notes: draft.notes + source.ruleNotes + source.notes, schedule: draft.schedule, entities: draft.entities,
            attack: source.attack,
            wholeQuery: draft.query, tables: draft.tables)
        written.sigma = draft.sigma?.yaml(of: written)
        if case .query(let pattern) = source.pattern {
            written.obstacle = pattern.obstacle
            written.sigma = pattern.sigma?.yaml(of: written)
        }
        return written
    }

    private static func draft(of source: RuleSource, _ detectors: [any Detector]) throws(Diagnostic) -> RuleDraft {
        switch source.pattern {
        case .query(let pattern): return draft(of: pattern)
        case .finding(let pattern):
            let detector = detectors.first { isSame($0.id, pattern.type) }
            if let detector, let draft = DetectorDrafts.draft(detector) { return draft }
            return try FindingDrafts.draft(pattern)
        }
    }

    private static func draft(of pattern: RuleSource.QueryPattern) -> RuleDraft {
        RuleDraft(
            key: ["query", pattern.text], title: "Hunt: " + pattern.question,
            explanation: "Results of the hunt \"\(pattern.question)\".",
            schedule: pattern.isOfRows ? RuleSchedule(rowsOf: pattern.period) : RuleSchedule(window: pattern.period),
            query: pattern.text, entities: pattern.entities, newest: pattern.newest, tables: pattern.tables)
    }

    private static func severity(_ text: String) -> ScheduledRule.Severity {
        switch Severity(rawValue: text) {
        case .critical, .high: .high
        case .medium: .medium
        case .low: .low
        case nil: .informational
        }
    }

    /// Alerts of one account, or of the entity named first, come into one incident for a day.
    private static func grouping(by entities: [RuleEntity]) -> ScheduledRule.IncidentConfiguration {
        var grouping = ScheduledRule.Grouping()
        grouping.lookbackDuration = "P1D"
        if let first = entities.first {
            grouping.matchingMethod = .selected
            grouping.groupByEntities = [first.type]
        }
        return .init(createIncident: true, grouping: grouping)
    }
}
