/// What other products call the fields of Okta's log.
///
/// Sources: for CSV downloads, Elastic's Okta integration (ECS and `okta.*`), Sentinel's `Okta_CL` and `OktaV2_CL` and
/// OCSF the public field mappings of those products; for RunReveal its published Sigma rules (`eventName`, `srcIP`).
/// Panther writes Okta's own names in lower case, which needs no table.
enum FieldNames {
    /// The path in Okta's own log that a name stands for; the name itself where it is not known to be another's.
    static func oktaPath(for name: String) -> String {
        let name = withoutBrackets(name)
        if let path = aliases[LetterCase.folded(name.utf8)] { return path }
        let steps = name.split(separator: ".").map(String.init)
        return flattened(steps) ?? snakeCased(steps) ?? steps.joined(separator: ".")
    }

    /// Whether a LogEvent has this key at its top. `name` is in lower case.
    static func isTopLevel(_ name: [UInt8]) -> Bool { topLevel.contains(name) }

    /// Okta's management OpenAPI specification (Apache-2.0), schema `LogEvent`; `device` and `insertionTimestamp` are
    /// sent by real orgs though the schema does not list them.
    private static let topLevel: Set<[UInt8]> = Set(
        [
            "actor", "authenticationContext", "client", "debugContext", "device", "displayMessage", "eventType",
            "insertionTimestamp", "legacyEventType", "outcome", "published", "request", "securityContext", "severity",
            "target", "transaction", "uuid", "version",
        ].map { LetterCase.folded($0.utf8) })

    /// Splunk's `target{}.displayName`, and `target[].displayName` and `target[0].displayName` as some write it.
    private static func withoutBrackets(_ name: String) -> String {
        guard name.contains(where: { "{}[]".contains($0) }) else { return name }
        let steps = name.split(separator: ".").map { step -> String in
            guard let open = step.firstIndex(where: { "{[".contains($0) }) else { return String(step) }
            let inside = step[open...].filter { !"{}[]".contains($0) }
            return step[..<open] + (inside.isEmpty ? "" : "." + inside)
        }
        return steps.joined(separator: ".")
    }

    /// `actor_alternateId_s` of `Okta_CL` and `actor_alternateId`: a path with `_` for the dots and, in the former,
    /// a letter for the type.
    private static func flattened(_ steps: [String]) -> String? {
        guard steps.count == 1, let name = steps.first, name.contains("_") else { return nil }
        var parts = name.split(separator: "_").map(String.init)
        if parts.count > 1, ["s", "d", "b", "t", "g"].contains(parts.last) { parts.removeLast() }
        guard let first = parts.first, isTopLevel(LetterCase.folded(first.utf8)) else { return nil }
        return parts.joined(separator: ".")
    }

    /// `debug_context.debug_data.request_uri` of CSV downloads, with `okta.` before it in Elastic; `target0` is the
    /// first target. What Okta itself writes so, under `device`, stays.
    private static func snakeCased(_ steps: [String]) -> String? {
        let isElastic = steps.first.map { LetterCase.areSame($0, "okta") } ?? false
        let own = Array(isElastic ? steps.dropFirst() : steps[...])
        guard let first = own.first, own.allSatisfy({ $0 == $0.lowercased() }) else { return nil }
        if let index = Int(first.dropFirst("target".count)), first.hasPrefix("target") {
            return (["target", "\(index)"] + own.dropFirst().map(camelCased)).joined(separator: ".")
        }
        guard isTopLevel(LetterCase.folded(camelCased(first).utf8)) else { return nil }
        return (first == "device" ? own : own.map(camelCased)).joined(separator: ".")
    }

    private static func camelCased(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(words.first.map(String.init) ?? name) {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }

    private static let aliases = Dictionary(
        uniqueKeysWithValues: table.map { (LetterCase.folded($0.utf8), $1) })

    static let table: [(name: String, path: String)] = runReveal + elastic + sentinel + openSchema

    private static let runReveal = [("eventName", "eventType"), ("srcIP", "client.ipAddress")]

    private static let elastic = [
        ("event.action", "eventType"), ("event.id", "uuid"), ("@timestamp", "published"),
        ("okta.client.ip", "client.ipAddress"), ("client.ip", "client.ipAddress"), ("source.ip", "client.ipAddress"),
        ("client.user.id", "actor.id"), ("source.user.id", "actor.id"), ("client.user.full_name", "actor.displayName"),
        ("source.user.full_name", "actor.displayName"), ("user.full_name", "actor.displayName"),
        ("user_agent.original", "client.userAgent.rawUserAgent"),
        ("client.geo.city_name", "client.geographicalContext.city"),
        ("client.geo.region_name", "client.geographicalContext.state"),
        ("client.geo.country_name", "client.geographicalContext.country"),
        ("client.geo.location.lat", "client.geographicalContext.geolocation.lat"),
        ("client.geo.location.lon", "client.geographicalContext.geolocation.lon"),
        ("client.as.number", "securityContext.asNumber"), ("source.as.number", "securityContext.asNumber"),
        ("client.as.organization.name", "securityContext.asOrg"),
        ("source.as.organization.name", "securityContext.asOrg"),
        ("okta.security_context.as.number", "securityContext.asNumber"),
        ("okta.security_context.as.organization.name", "securityContext.asOrg"),
        ("client.domain", "securityContext.domain"), ("source.domain", "securityContext.domain"),
        ("okta.debug_context.debug_data.flattened", "debugContext.debugData"),
    ]

    private static let sentinel = [
        ("EventOriginalUid", "uuid"), ("EventOriginalType", "eventType"), ("EventMessage", "displayMessage"),
        ("TimeGenerated", "published"), ("OriginalSeverity", "severity"), ("OriginalOutcomeResult", "outcome.result"),
        ("EventOriginalResultDetails", "outcome.reason"), ("OriginalUserId", "actor.id"), ("ActorUserId", "actor.id"),
        ("OriginalUserType", "actor.type"), ("OriginalActorAlternateId", "actor.alternateId"),
        ("ActorUsername", "actor.alternateId"), ("ActorDisplayName", "actor.displayName"),
        ("ActorDetailEntry", "actor.detailEntry"), ("SrcIpAddr", "client.ipAddress"),
        ("OriginalClientDevice", "client.device"), ("SrcDvcId", "client.id"), ("SrcZone", "client.zone"),
        ("HttpUserAgent", "client.userAgent.rawUserAgent"), ("ActingAppName", "client.userAgent.browser"),
        ("SrcDvcOs", "client.userAgent.os"), ("SrcGeoCity", "client.geographicalContext.city"),
        ("SrcGeoRegion", "client.geographicalContext.state"), ("SrcGeoCountry", "client.geographicalContext.country"),
        ("ActorSessionId", "authenticationContext.externalSessionId"),
        ("LogonMethod", "authenticationContext.credentialType"),
        ("SecurityContextAsNumber", "securityContext.asNumber"), ("SecurityContextAsOrg", "securityContext.asOrg"),
        ("SrcIsp", "securityContext.isp"), ("SecurityContextDomain", "securityContext.domain"),
        ("SecurityContextIsProxy", "securityContext.isProxy"), ("TransactionId", "transaction.id"),
        ("TransactionType", "transaction.type"), ("TransactionDetail", "transaction.detail"),
        ("OriginalTarget", "target"), ("DebugData", "debugContext.debugData"),
    ]

    /// Where OCSF's meaning is one field of Okta's.
    private static let openSchema = [
        ("actor.user.uid", "actor.id"), ("actor.user.type", "actor.type"), ("actor.user.name", "actor.alternateId"),
        ("actor.user.email_addr", "actor.alternateId"), ("actor.user.full_name", "actor.displayName"),
        ("src_endpoint.ip", "client.ipAddress"), ("http_request.user_agent", "client.userAgent.rawUserAgent"),
        ("src_endpoint.location.city", "client.geographicalContext.city"),
        ("src_endpoint.location.country", "client.geographicalContext.country"),
        ("src_endpoint.autonomous_system.number", "securityContext.asNumber"),
        ("src_endpoint.is_proxy", "securityContext.isProxy"), ("status_detail", "outcome.reason"),
        ("session.uid", "authenticationContext.externalSessionId"),
    ]
}
