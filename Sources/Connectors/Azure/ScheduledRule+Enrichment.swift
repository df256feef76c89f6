internal import Diagnostics

/// The checks of what a rule adds to its alerts.
extension ScheduledRule {
    private static let mostEntities = 10, mostFields = 3, mostDetails = 20, mostParameters = 3

    func checkEntities(_ found: inout RuleViolations) {
        if entityMappings.count > Self.mostEntities {
            found.add(
                "entityMappings has \(entityMappings.count) entities, more than \(Self.mostEntities)",
                "Keep the \(Self.mostEntities) that matter most")
        }
        for mapping in entityMappings { check(mapping, &found) }
    }

    private func check(_ mapping: EntityMapping, _ found: inout RuleViolations) {
        guard let type = SentinelEntity.named(mapping.entityType) else {
            found.add(
                "`\(mapping.entityType.visible(limit: 60))` is no entity type of the service",
                SentinelEntity.all.map(\.name).remedy(for: mapping.entityType))
            return
        }
        let fields = mapping.fieldMappings, owner = "the entity \(type.name)"
        if !(1...Self.mostFields).contains(fields.count) {
            found.add("\(owner) has \(fields.count) field mappings", "Give it 1 to \(Self.mostFields)")
        }
        let identifiers = fields.map(\.identifier)
        for identifier in identifiers where !type.has(identifier) {
            found.add(
                "\(owner) has no identifier `\(identifier.visible(limit: 60))`",
                type.identifiers.remedy(for: identifier))
        }
        found.checkRepeated(owner, identifiers)
        if !type.isIdentified(by: identifiers), fields.allSatisfy({ type.has($0.identifier) }), !fields.isEmpty {
            found.add("\(owner) is not identified by \(identifiers.joined(separator: ", "))", "Map \(type.needs)")
        }
        for field in fields { found.checkColumn(owner, field.columnName) }
    }

    func checkCustomDetails(_ found: inout RuleViolations) {
        if customDetails.count > Self.mostDetails {
            found.add(
                "customDetails has \(customDetails.count) details, more than \(Self.mostDetails)",
                "Keep the \(Self.mostDetails) that matter most")
        }
        found.checkRepeated("customDetails", customDetails.map(\.name))
        for detail in customDetails {
            if !RuleNames.isName(detail.name, limit: 20, mayBeginWithUnderscore: false) {
                found.add(
                    "the custom detail `\(detail.name.visible(limit: 60))` has a name that the service refuses",
                    "Use at most 20 letters, digits and `_`, a letter first")
            }
            found.checkColumn("the custom detail \(detail.name.visible(limit: 40))", detail.columnName)
        }
    }

    func checkOverride(_ found: inout RuleViolations) {
        guard let override = alertDetailsOverride else { return }
        let formats = [
            ("alertDisplayNameFormat", override.alertDisplayNameFormat, 256),
            ("alertDescriptionFormat", override.alertDescriptionFormat, 5000),
        ]
        for (field, format, limit) in formats {
            guard let format else { continue }
            found.checkLength(field, format, 1...limit)
            let parameters = format.split(separator: "{{", omittingEmptySubsequences: false).dropFirst()
                .filter { $0.contains("}}") }.count
            if parameters > Self.mostParameters {
                found.add(
                    "\(field) has \(parameters) columns, more than \(Self.mostParameters)",
                    "Keep at most \(Self.mostParameters) of the form {{Column}}")
            }
        }
        let columns = [
            ("alertTacticsColumnName", override.alertTacticsColumnName),
            ("alertSeverityColumnName", override.alertSeverityColumnName),
        ]
        for (field, column) in columns {
            if let column { found.checkColumn(field, column) }
        }
    }

    func checkGrouping(_ found: inout RuleViolations) {
        guard let grouping = incidentConfiguration?.grouping else { return }
        _ = found.checkDuration(
            "lookbackDuration", grouping.lookbackDuration, 300...7 * 86_400, "5 minutes to 7 days")
        let isSelected = grouping.matchingMethod == .selected
        if isSelected, grouping.groupByEntities.isEmpty, grouping.groupByAlertDetails.isEmpty,
            grouping.groupByCustomDetails.isEmpty
        {
            found.add(
                "the grouping is by selected matches, but none is selected",
                "Name groupByEntities, groupByAlertDetails or groupByCustomDetails, or set AllEntities")
        }
        let mapped = entityMappings.map(\.entityType), details = customDetails.map(\.name)
        for name in grouping.groupByEntities where !mapped.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            found.add(
                "the grouping is by `\(name.visible(limit: 60))`, which the rule does not map",
                "Map it, or leave it out")
        }
        for name in grouping.groupByCustomDetails where !details.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            found.add(
                "the grouping is by the custom detail `\(name.visible(limit: 60))`, which the rule does not have",
                "Add it to customDetails, or leave it out")
        }
    }
}
