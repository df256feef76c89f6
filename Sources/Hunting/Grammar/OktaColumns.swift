/// Okta's events under the names of the tables that Sentinel keeps them in: `OktaV2_CL` of the current connector and
/// `Okta_CL` of the old one (columns as in `KnownTables`).
enum OktaColumns {
    static let tables = ["OktaV2_CL", "Okta_CL"]

    /// The name in another table of a column of `OktaSystemLog`; `nil` where it has none.
    static func name(of column: String, in table: String) -> String? {
        switch table {
        case "OktaV2_CL": v2[column]
        case "Okta_CL": v1[column]
        default: column
        }
    }

    /// The columns of who acted, by login and by id.
    static func actor(of table: String) -> (login: String, id: String)? {
        switch table {
        case "OktaSystemLog": ("actor_alternateId", "actor_id")
        case "OktaV2_CL": ("ActorUsername", "ActorUserId")
        case "Okta_CL": ("actor_alternateId_s", "actor_id_s")
        default: nil
        }
    }

    /// The profile of `OktaSystemLog` in another table's names.
    static func profile(_ profile: TableProfile, in table: String) -> TableProfile {
        TableProfile(
            table: table,
            columns: profile.columns.compactMapValues { names in
                let found = names.compactMap { name(of: $0, in: table) }
                return found.isEmpty ? nil : found
            },
            shown: profile.shown.compactMap { name(of: $0, in: table) })
    }

    private static let v2 = [
        "TimeGenerated": "TimeGenerated", "uuid": "EventOriginalUid", "eventType": "EventOriginalType",
        "displayMessage": "EventMessage", "actor_alternateId": "ActorUsername", "actor_type": "ActorUserType",
        "outcome_result": "OriginalOutcomeResult", "outcome_reason": "EventOriginalResultDetails",
        "client_ipAddress": "SrcIpAddr", "client_geographicalContext_city": "SrcGeoCity",
        "client_geographicalContext_country": "SrcGeoCountry", "client_userAgent_rawUserAgent": "HttpUserAgent",
        "securityContext_isProxy": "SecurityContextIsProxy", "target_alternateId": "OriginalTarget",
        "target_displayName": "OriginalTarget", "authenticationContext_externalSessionId": "ActorSessionId",
    ]

    private static let v1 = [
        "TimeGenerated": "TimeGenerated", "uuid": "uuid_g", "eventType": "eventType_s",
        "displayMessage": "displayMessage_s",
        "actor_alternateId": "actor_alternateId_s", "actor_type": "actor_type_s", "outcome_result": "outcome_result_s",
        "outcome_reason": "outcome_reason_s", "client_ipAddress": "client_ipAddress_s",
        "client_geographicalContext_city": "client_geographicalContext_city_s",
        "client_geographicalContext_country": "client_geographicalContext_country_s",
        "client_userAgent_rawUserAgent": "client_userAgent_rawUserAgent_s",
        "securityContext_isProxy": "securityContext_isProxy_b", "target_alternateId": "target_s",
        "target_displayName": "target_s",
        "authenticationContext_externalSessionId": "authenticationContext_externalSessionId_s",
    ]
}
