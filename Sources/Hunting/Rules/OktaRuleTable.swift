internal import KQL

/// `OktaSystemLog`, which is this program's own, as a name for Sentinel's table of Okta events, so that a query of the
/// one runs on the other.
///
/// The columns are those of the second connector (Azure/Azure-Sentinel, "Okta Single Sign-On").
enum OktaRuleTable {
    static let table = "OktaV2_CL"

    /// The `let` that has the columns which a query names, and those that there is nothing for.
    ///
    /// - Parameters:
    ///   - words: The words of the query.
    ///   - columns: Those of `OktaSystemLog`.
    static func statement(for words: Set<String>, columns: [String]) -> (text: String, missing: [String]) {
        let used = columns.filter { (words.contains($0) || always.contains($0)) && $0 != "TimeGenerated" }
        let known = used.compactMap { name in expressions[name].map { "\(name) = \($0)" } }
        let lines = ["let OktaSystemLog = \(table)", "| extend " + known.joined(separator: ",\n    ") + ";"]
        return (lines.joined(separator: "\n"), used.filter { expressions[$0] == nil })
    }

    /// By these an alert says whom and where it is about.
    private static let always: Set<String> = ["actor_alternateId", "client_ipAddress"]

    private static let expressions: [String: String] = {
        var all = [
            "published": "TimeGenerated", "uuid": "EventOriginalUid", "eventType": "EventOriginalType",
            "legacyEventType": "LegacyEventType", "displayMessage": "EventMessage", "severity": "OriginalSeverity",
            "version": "Version", "actor_id": "OriginalUserId", "actor_type": "OriginalUserType",
            // Where the log has no login, the id is what it has.
            "actor_alternateId": "coalesce(OriginalActorAlternateId, ActorUsername, OriginalUserId)",
            "actor_displayName": "ActorDisplayName", "client_ipAddress": "SrcIpAddr",
            "client_userAgent_rawUserAgent": "HttpUserAgent", "client_userAgent_os": "SrcDvcOs",
            "client_userAgent_browser": "ActingAppName", "client_zone": "SrcZone",
            "client_device": "OriginalClientDevice", "client_id": "SrcDvcId",
            "client_geographicalContext_country": "SrcGeoCountry",
            "client_geographicalContext_state": "SrcGeoRegion", "client_geographicalContext_city": "SrcGeoCity",
            "client_geographicalContext_geolocation_lat": "SrcGeoLatitude",
            "client_geographicalContext_geolocation_lon": "SrcGeoLongtitude",
            "outcome_result": "OriginalOutcomeResult", "outcome_reason": "EventOriginalResultDetails",
            "authenticationContext_externalSessionId": "ActorSessionId",
            "securityContext_asOrg": "SecurityContextAsOrg",
            "securityContext_isp": "SrcIsp", "securityContext_domain": "SecurityContextDomain",
            "securityContext_asNumber": "tolong(SecurityContextAsNumber)",
            "securityContext_isProxy": "SecurityContextIsProxy", "transaction_id": "TransactionId",
            "transaction_type": "TransactionType", "request": "parse_json(Request)",
            "target": "parse_json(OriginalTarget)",
            "debugContext": #"bag_pack("debugData", parse_json(DebugData))"#,
            "outcome": #"bag_pack("result", OriginalOutcomeResult, "reason", EventOriginalResultDetails)"#,
            "actor": #"bag_pack("id", OriginalUserId, "type", OriginalUserType, "alternateId", "#
                + #"OriginalActorAlternateId, "displayName", ActorDisplayName)"#,
        ]
        for field in ["id", "type", "alternateId", "displayName"] {
            all["target_\(field)"] = "tostring(parse_json(OriginalTarget)[0].\(field))"
        }
        for field in ["requestUri", "dtHash"] {
            all["debugContext_debugData_\(field)"] = "tostring(parse_json(DebugData).\(field))"
        }
        return all
    }()
}
