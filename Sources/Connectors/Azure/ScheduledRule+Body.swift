public import JSON

extension ScheduledRule {
    /// What a PUT sends: `kind`, `etag` of the rule that is replaced, and `properties`. Fields that are empty are left
    /// out where the schema allows it.
    public func body(etag: String? = nil) -> JSONValue {
        var body: JSONValue = ["kind": "Scheduled"]
        if let etag { body = body.setting("etag", to: .string(etag)) }
        return body.setting("properties", to: properties)
    }

    private var properties: JSONValue {
        var all: JSONValue = [
            "displayName": .string(displayName), "description": .string(description),
            "severity": .string(severity.rawValue), "enabled": .bool(enabled),
        ]
        if !tactics.isEmpty { all = all.setting("tactics", to: JSONValue(tactics)) }
        if !techniques.isEmpty { all = all.setting("techniques", to: JSONValue(techniques)) }
        for member in schedule.members ?? [] { all = all.setting(member.key, to: member.value) }
        if let eventGrouping {
            all = all.setting("eventGroupingSettings", to: ["aggregationKind": .string(eventGrouping.rawValue)])
        }
        if !customDetails.isEmpty {
            let members = customDetails.map { JSONValue.Member($0.name, .string($0.columnName)) }
            all = all.setting("customDetails", to: .object(members))
        }
        if !entityMappings.isEmpty {
            all = all.setting("entityMappings", to: .array(entityMappings.map(\.json)))
        }
        if let alertDetailsOverride { all = all.setting("alertDetailsOverride", to: alertDetailsOverride.json) }
        if let incidentConfiguration { all = all.setting("incidentConfiguration", to: incidentConfiguration.json) }
        return all
    }

    /// What the service wants of every rule.
    private var schedule: JSONValue {
        [
            "query": .string(query), "queryFrequency": .string(queryFrequency), "queryPeriod": .string(queryPeriod),
            "triggerOperator": .string(triggerOperator.rawValue), "triggerThreshold": .integer(Int64(triggerThreshold)),
            "suppressionDuration": .string(suppressionDuration), "suppressionEnabled": .bool(suppressionEnabled),
        ]
    }
}

extension ScheduledRule.EntityMapping {
    fileprivate var json: JSONValue {
        let fields = fieldMappings.map { field -> JSONValue in
            ["identifier": .string(field.identifier), "columnName": .string(field.columnName)]
        }
        return ["entityType": .string(entityType), "fieldMappings": .array(fields)]
    }
}

extension ScheduledRule.AlertDetailsOverride {
    fileprivate var json: JSONValue {
        let all = [
            ("alertDisplayNameFormat", alertDisplayNameFormat), ("alertDescriptionFormat", alertDescriptionFormat),
            ("alertTacticsColumnName", alertTacticsColumnName), ("alertSeverityColumnName", alertSeverityColumnName),
        ]
        return .object(all.compactMap { name, text in text.map { JSONValue.Member(name, .string($0)) } })
    }
}

extension ScheduledRule.IncidentConfiguration {
    fileprivate var json: JSONValue {
        let json: JSONValue = ["createIncident": .bool(createIncident)]
        return grouping.map { json.setting("groupingConfiguration", to: $0.json) } ?? json
    }
}

extension ScheduledRule.Grouping {
    fileprivate var json: JSONValue {
        [
            "enabled": .bool(enabled), "reopenClosedIncident": .bool(reopenClosedIncident),
            "lookbackDuration": .string(lookbackDuration), "matchingMethod": .string(matchingMethod.rawValue),
            "groupByEntities": JSONValue(groupByEntities),
            "groupByAlertDetails": JSONValue(groupByAlertDetails.map(\.rawValue)),
            "groupByCustomDetails": JSONValue(groupByCustomDetails),
        ]
    }
}
