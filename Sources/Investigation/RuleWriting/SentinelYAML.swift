internal import Connectors

/// A rule as Azure-Sentinel's repository keeps them, from where the portal and `detect --rules` read them.
struct SentinelYAML {
    let written: WrittenRule

    /// Ends in a newline.
    var text: String {
        let rule = written.rule
        var lines = [
            "id: \(written.id)", "name: \(quoted(rule.displayName))", "kind: Scheduled", "version: 1.0.0",
            "description: \(quoted(rule.description))", "severity: \(rule.severity.rawValue)",
            "enabled: \(rule.enabled)",
        ]
        lines += connectors
        lines += [
            "queryFrequency: \(rule.queryFrequency)", "queryPeriod: \(rule.queryPeriod)",
            "triggerOperator: \(operatorName)",
            "triggerThreshold: \(rule.triggerThreshold)",
        ]
        lines += list("tactics", rule.tactics) + list("relevantTechniques", rule.techniques)
        lines += ["query: |2"] + rule.query.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        lines += entities + ["eventGroupingSettings:", "  aggregationKind: AlertPerResult"] + incidents
        lines += ["suppressionEnabled: \(rule.suppressionEnabled)", "suppressionDuration: \(rule.suppressionDuration)"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The connectors that fill the tables, as Azure-Sentinel's rules name them; nothing for tables of one's own.
    private var connectors: [String] {
        let known = written.tables.reduce(into: [(id: String, tables: [String])]()) { known, table in
            guard let id = Self.connector(of: table) else { return }
            if let place = known.firstIndex(where: { $0.id == id }) {
                known[place].tables.append(table)
            } else {
                known.append((id, [table]))
            }
        }
        guard !known.isEmpty else { return ["requiredDataConnectors: []"] }
        return ["requiredDataConnectors:"]
            + known.flatMap { entry in
                ["  - connectorId: \(entry.id)", "    dataTypes:"] + entry.tables.map { "      - \($0)" }
            }
    }

    private static func connector(of table: String) -> String? {
        switch table {
        case RuleKQL.table: "OktaSSOv2"
        case "Okta_CL": "OktaSSO"
        case "SigninLogs", "AuditLogs": "AzureActiveDirectory"
        case "AzureActivity": "AzureActivity"
        case "AlertInfo", "AlertEvidence": "MicrosoftThreatProtection"
        case _ where table.hasPrefix("Device"): "MicrosoftThreatProtection"
        default: nil
        }
    }

    private var operatorName: String {
        switch written.rule.triggerOperator {
        case .greaterThan: "gt"
        case .lessThan: "lt"
        case .equal: "eq"
        case .notEqual: "ne"
        }
    }

    private func quoted(_ text: String) -> String { SigmaDraft.quoted(text) }

    private func list(_ name: String, _ values: [String]) -> [String] {
        values.isEmpty ? [] : ["\(name):"] + values.map { "  - \($0)" }
    }

    private var entities: [String] {
        guard !written.rule.entityMappings.isEmpty else { return [] }
        return ["entityMappings:"]
            + written.rule.entityMappings.flatMap { mapping in
                ["  - entityType: \(mapping.entityType)", "    fieldMappings:"]
                    + mapping.fieldMappings.flatMap {
                        ["      - identifier: \($0.identifier)", "        columnName: \($0.columnName)"]
                    }
            }
    }

    private var incidents: [String] {
        guard let configuration = written.rule.incidentConfiguration, let grouping = configuration.grouping else {
            return []
        }
        return [
            "incidentConfiguration:", "  createIncident: \(configuration.createIncident)", "  groupingConfiguration:",
            "    enabled: \(grouping.enabled)", "    reopenClosedIncident: \(grouping.reopenClosedIncident)",
            "    lookbackDuration: \(grouping.lookbackDuration)",
            "    matchingMethod: \(grouping.matchingMethod.rawValue)",
            "    groupByEntities: [\(grouping.groupByEntities.joined(separator: ", "))]",
        ]
    }
}
