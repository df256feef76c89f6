internal import Diagnostics
internal import Tables

/// Rules for what rules found: the kinds of the events, and what they have in common.
enum FindingDrafts {
    /// Okta's fields by which correlations group, and the table's columns.
    private static let columns = [
        "client.ipAddress": "SrcIpAddr", "actor.id": "OriginalUserId", "actor.alternateId": "Account",
        "actor.displayName": "ActorDisplayName", "authenticationContext.externalSessionId": "ActorSessionId",
        "client.userAgent.rawUserAgent": "HttpUserAgent", "client.geographicalContext.country": "SrcGeoCountry",
    ]
    /// More would make the query longer than the service allows.
    private static let typeLimit = 60

    static func draft(_ pattern: FindingPattern) throws(Diagnostic) -> RuleDraft {
        guard !pattern.eventTypes.isEmpty else {
            throw Diagnostic(
                "the events of \(pattern.type) are not loaded, or have no type, so there is nothing to write a rule of",
                remedy: "Load the events it was found in, and run `detect` again")
        }
        let schedule = RuleSchedule(window: pattern.isCount ? max(pattern.duration, 300) : 3600)
        let groups = pattern.groupFields.compactMap { columns[$0] }
        let by = (["Account"] + groups).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        // A count by address is one of all accounts.
        let keys = pattern.isCount && !groups.isEmpty ? groups : by
        return RuleDraft(
            key: ["events"] + conditions(pattern), title: pattern.title.visible(limit: 200),
            explanation: explanation(pattern, schedule), schedule: schedule,
            query: query(pattern, schedule, keys), sigma: sigma(pattern),
            notes: [
                "It goes by the kinds of the events and what they have in common; \(pattern.type.visible(limit: 80)) may ask for more."
            ])
    }

    private static func conditions(_ pattern: FindingPattern) -> [String] {
        [
            pattern.eventTypes.joined(separator: ","), pattern.outcomes.joined(separator: ","), pattern.reason ?? "",
            pattern.groupFields.joined(separator: ","),
        ]
    }

    private static func explanation(_ pattern: FindingPattern, _ schedule: RuleSchedule) -> String {
        let types = pattern.eventTypes.prefix(5).joined(separator: ", ") + (pattern.eventTypes.count > 5 ? ", …" : "")
        let many = pattern.isCount ? "\(pattern.count) or more events" : "Events"
        let span = pattern.isCount ? " within \(RuleKQL.span(schedule.period))" : ""
        return "\(many) of \(types)\(span)".visible(limit: 400) + "."
    }

    private static func query(_ pattern: FindingPattern, _ schedule: RuleSchedule, _ keys: [String]) -> String {
        var lines = [
            RuleKQL.types("kinds", Array(pattern.eventTypes.prefix(typeLimit))), RuleKQL.events(since: schedule.period),
            "| where EventOriginalType in (kinds)",
        ]
        if !pattern.outcomes.isEmpty {
            lines.append("| where OriginalOutcomeResult in \(RuleKQL.list(pattern.outcomes))")
        }
        if let reason = pattern.reason {
            lines.append("| where EventOriginalResultDetails == \(RuleKQL.literal(reason))")
        }
        let own = keys.contains("Account") ? "" : ", Account"
        lines.append("| summarize Events = count(), FirstSeen = min(TimeGenerated),")
        lines.append(
            "    (LastSeen, IPAddress\(own)) = arg_max(TimeGenerated, SrcIpAddr\(own)) by \(keys.joined(separator: ", "))"
        )
        if pattern.isCount { lines.append("| where Events >= \(pattern.count)") }
        return lines.joined(separator: "\n")
    }

    /// Sigma takes `null` for a field that is not there, so conditions on outcomes stand only where there are some.
    private static func sigma(_ pattern: FindingPattern) -> SigmaDraft {
        var selections = [SigmaDraft.Selection("eventType", pattern.eventTypes)]
        if !pattern.outcomes.isEmpty { selections.append(.init("outcome.result", pattern.outcomes)) }
        if let reason = pattern.reason { selections.append(.init("outcome.reason", [reason])) }
        guard pattern.isCount else { return SigmaDraft(selections) }
        return SigmaDraft(
            selections, counting: .events, by: pattern.groupFields.first, atLeast: pattern.count,
            within: max(pattern.duration, 300))
    }
}
