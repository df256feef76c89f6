internal import Detection
internal import Hunting
internal import Tables

extension RuleSource {
    /// What a hunt's rule is written of.
    init(_ hunt: Hunt, _ rule: HuntRule, subject: String) {
        var pattern = QueryPattern(
            text: rule.query, question: rule.title, period: hunt.until.seconds(since: hunt.from),
            entities: rule.entities.map { entity in
                RuleEntity(
                    type: entity.type,
                    fields: entity.fields.map { .init(identifier: $0.identifier, column: $0.column) })
            })
        pattern.isOfRows = !rule.isGrouped
        pattern.newest = rule.isGrouped ? rule.time : nil
        pattern.tables = hunt.tables.map { $0 == "OktaSystemLog" ? RuleKQL.table : $0 }
        pattern.obstacle = rule.obstacle
        pattern.sigma = SigmaHunt(rule)
        var attack: [String] = []
        for id in hunt.findings.flatMap(\.attack) where !attack.contains(id) { attack.append(id) }
        self.init(
            subject: subject, pattern: .query(pattern),
            severity: hunt.findings.map(\.severity).max()?.rawValue ?? "informational", attack: attack,
            names: rule.names, span: HuntRange(from: hunt.from, until: hunt.until).window)
        ruleNotes = rule.notes
    }
}
