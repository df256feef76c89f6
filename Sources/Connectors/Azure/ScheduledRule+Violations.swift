public import Diagnostics

extension ScheduledRule {
    /// What the service would refuse, all of it, in the order of the fields; empty when the rule may be sent.
    ///
    /// The limits are those of the service's own models (Azure/Azure-Sentinel,
    /// `detectionTemplateSchemaValidation/Models`) and documentation (Sentinel, scheduled rules overview; map data
    /// fields to entities).
    public var violations: [Diagnostic] {
        var found = RuleViolations()
        found.checkLength("displayName", displayName, 1...256)
        found.checkLength("description", description, 0...5000)
        checkQuery(&found)
        checkTimes(&found)
        if !(0...10_000).contains(triggerThreshold) {
            found.add("triggerThreshold is \(triggerThreshold)", "Set it from 0 to 10000")
        }
        checkAttack(&found)
        checkEntities(&found)
        checkCustomDetails(&found)
        checkOverride(&found)
        checkGrouping(&found)
        return found.all
    }

    private func checkQuery(_ found: inout RuleViolations) {
        if !query.utf8.contains(where: { $0 > 0x20 }) { found.add("query is empty", "Write the rule's query") }
        found.checkLength("query", query, 0...10_000)
        for command in ["search", "union"] where Self.isAppliedToAll(command, query) {
            found.add("query has `\(command) *`, which the service refuses in rules", "Name the tables that it needs")
        }
    }

    /// Whether an operator is followed by `*`, with or without space between.
    private static func isAppliedToAll(_ command: String, _ query: String) -> Bool {
        let isOfName: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" }
        let text = query.lowercased()
        return text.ranges(of: command).contains { range in
            let before = text[..<range.lowerBound].last.map(isOfName) ?? false
            return !before && text[range.upperBound...].drop(while: \.isWhitespace).first == "*"
        }
    }

    private func checkTimes(_ found: inout RuleViolations) {
        let longest = 14 * 86_400
        let frequency = found.checkDuration("queryFrequency", queryFrequency, 300...longest, "5 minutes to 14 days")
        let period = found.checkDuration("queryPeriod", queryPeriod, 300...longest, "5 minutes to 14 days")
        if let frequency, let period, period < frequency {
            found.add(
                "queryPeriod (\(queryPeriod)) is shorter than queryFrequency (\(queryFrequency)), which leaves gaps",
                "Set queryPeriod to \(queryFrequency) or more")
        }
        if let frequency, let period, period >= 2 * 86_400, frequency < 3600 {
            found.add(
                "queryFrequency (\(queryFrequency)) is shorter than an hour though queryPeriod is 2 days or more",
                "Set queryFrequency to PT1H or more, or queryPeriod to less than P2D")
        }
        let quiet = found.checkDuration(
            "suppressionDuration", suppressionDuration, 300...86_400, "5 minutes to 24 hours")
        if suppressionEnabled, let quiet, let frequency, quiet < frequency {
            found.add(
                "suppressionDuration (\(suppressionDuration)) is shorter than queryFrequency, so nothing is suppressed",
                "Set suppressionDuration to \(queryFrequency) or more, or suppressionEnabled to false")
        }
    }

    private func checkAttack(_ found: inout RuleViolations) {
        for tactic in tactics where !Self.tacticNames.contains(where: { $0.utf8.elementsEqual(tactic.utf8) }) {
            let tight = tactic.filter { $0.isLetter }.lowercased()
            let meant = Self.tacticNames.first { $0.lowercased() == tight }
            found.add(
                "`\(tactic.visible(limit: 60))` is no tactic of the service",
                meant.map { "Write `\($0)`" } ?? Self.tacticNames.remedy(for: tactic))
        }
        found.checkRepeated("tactics", tactics)
        for technique in techniques where !Self.isTechnique(technique[...]) {
            let parent = technique.prefix { $0 != "." }
            found.add(
                "technique `\(technique.visible(limit: 40))` does not have the form T####",
                Self.isTechnique(parent)
                    ? "Write \(parent): the service takes no sub-techniques" : "Write it like T1078")
        }
        found.checkRepeated("techniques", techniques)
        if !techniques.isEmpty, tactics.isEmpty {
            found.add("techniques are given without tactics", "Name the tactics that the techniques belong to")
        }
    }

    private static func isTechnique(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 5 && bytes[0] == UInt8(ascii: "T")
            && bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
