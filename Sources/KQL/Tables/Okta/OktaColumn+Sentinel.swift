internal import Events

// The columns of Sentinel's tables of Okta events, as its connectors fill them. The names and types are those of
// ``KnownTables``; what they show is a fact about the connectors (Azure/Azure-Sentinel, "Okta Single Sign-On", MIT: the
// data collection rule of the second one, the OktaSSO parser, and the first one's rule of flattening).

extension OktaColumn {
    /// The columns of `Okta_CL`: a path with `_` for `.`, and the type as the last letter. Arrays and objects are the
    /// texts of their JSON.
    static let oktaCL: [OktaColumn] = (KnownTables.schema(of: "Okta_CL") ?? []).map { oktaCLColumn($0) }

    /// The columns of `OktaSSO`: those of `Okta_CL`, and some of the second connector's under such names.
    static let oktaSSO: [OktaColumn] = {
        let own = (KnownTables.schema(of: "OktaSSO") ?? []).map { column in
            ssoPaths[column.name].map { OktaColumn(column.name, column.type, path: $0) } ?? oktaCLColumn(column)
        }
        return own + oktaCL.filter { column in !own.contains { $0.schema.name == column.schema.name } }
    }()

    /// Names that are not the path with `_` for `.`.
    private static let ssoPaths = [
        "authenticationContext_issuerId_s": "authenticationContext.issuer.id",
        "authenticationContext_issuerType_s": "authenticationContext.issuer.type",
        "transaction_details_s": "transaction.detail",
    ]

    /// What the names of the first connector's columns end with, and their types.
    static let typeLetters: [(letters: String, type: ScalarType)] = [
        ("_s", .string), ("_d", .real), ("_b", .bool), ("_g", .string), ("_t", .datetime),
    ]

    /// A column of the first connector.
    static func oktaCLColumn(_ column: ColumnSchema) -> OktaColumn {
        switch column.name {
        case "TimeGenerated": return OktaColumn(column.name, column.type, .time)
        case "Type": return OktaColumn(column.name, column.type, .constant(.string("Okta_CL")))
        default: break
        }
        guard let letters = typeLetters.map(\.letters).first(where: column.name.hasSuffix) else { return none(column) }
        let path = String(column.name.dropLast(letters.count)).replacing("_", with: ".")
        return OktaColumn(column.name, column.type, path: path)
    }

    /// The columns of `OktaV2_CL`: ASIM's names, and some of its words for Okta's.
    static let oktaV2: [OktaColumn] = (KnownTables.schema(of: "OktaV2_CL") ?? []).map { column in
        if let source = asimWords[column.name] { return OktaColumn(column.name, column.type, source) }
        return asimPaths[column.name].map { OktaColumn(column.name, column.type, path: $0) } ?? none(column)
    }

    /// A column that the log has nothing for.
    private static func none(_ column: ColumnSchema) -> OktaColumn {
        OktaColumn(column.name, column.type, .constant(.none(column.type)))
    }

    /// `SrcGeoLongtitude` is how the table spells it.
    private static let asimPaths = [
        "TimeGenerated": "published", "EventOriginalUid": "uuid", "EventOriginalType": "eventType",
        "EventMessage": "displayMessage", "LegacyEventType": "legacyEventType", "Version": "version",
        "OriginalSeverity": "severity", "OriginalOutcomeResult": "outcome.result",
        "EventOriginalResultDetails": "outcome.reason", "OriginalUserId": "actor.id", "OriginalUserType": "actor.type",
        "OriginalActorAlternateId": "actor.alternateId", "ActorDisplayName": "actor.displayName",
        "ActorDetailEntry": "actor.detailEntry", "SrcIpAddr": "client.ipAddress", "SrcDvcId": "client.id",
        "OriginalClientDevice": "client.device", "SrcZone": "client.zone",
        "HttpUserAgent": "client.userAgent.rawUserAgent", "ActingAppName": "client.userAgent.browser",
        "SrcDvcOs": "client.userAgent.os", "SrcGeoCity": "client.geographicalContext.city",
        "SrcGeoRegion": "client.geographicalContext.state", "SrcGeoCountry": "client.geographicalContext.country",
        "SrcGeoPostalCode": "client.geographicalContext.postalCode",
        "SrcGeoLatitude": "client.geographicalContext.geolocation.lat",
        "SrcGeoLongtitude": "client.geographicalContext.geolocation.lon",
        "ActorSessionId": "authenticationContext.externalSessionId",
        "LogonMethod": "authenticationContext.credentialType",
        "AuthenticationContextCredentialProvider": "authenticationContext.credentialProvider",
        "AuthenticationContextAuthenticationProvider": "authenticationContext.authenticationProvider",
        "AuthenticationContextAuthenticationStep": "authenticationContext.authenticationStep",
        "AuthenticationContextInterface": "authenticationContext.interface",
        "AuthenticationContextIssuerId": "authenticationContext.issuer.id",
        "AuthenticationContextIssuerType": "authenticationContext.issuer.type",
        "SecurityContextAsNumber": "securityContext.asNumber", "SecurityContextAsOrg": "securityContext.asOrg",
        "SrcIsp": "securityContext.isp", "SecurityContextDomain": "securityContext.domain",
        "SecurityContextIsProxy": "securityContext.isProxy", "TransactionId": "transaction.id",
        "TransactionType": "transaction.type", "TransactionDetail": "transaction.detail", "Request": "request",
        "OriginalTarget": "target", "DebugData": "debugContext.debugData",
    ]

    /// Columns in ASIM's words. The connector leaves an id that is `unknown` blank, and a login that is no address.
    private static let asimWords: [String: Source] = [
        "EventSeverity": .field(.severity) { severities[$0] ?? "" },
        "EventResult": .field(.outcomeResult) { results[$0] ?? "" },
        "ActorUserType": .field(.actorType) { userTypes[$0] ?? "" },
        "ActorUserId": .field(.actorID) { $0 == "unknown" ? "" : $0 },
        "ActorUsername": .field(.actorAlternateID) { $0.contains("@") ? $0 : "" },
    ]

    private static let severities = [
        "DEBUG": "Informational", "INFO": "Informational", "WARN": "Medium", "ERROR": "High",
    ]

    private static let results = [
        "SUCCESS": "Success", "ALLOW": "Success", "DENY": "Failure", "SKIPPED": "Failure", "FAILURE": "Failure",
        "CHALLENGE": "Partial", "UNKNOWN": "NA",
    ]

    private static let userTypes = [
        "User": "Regular", "PublicClientApp": "Application", "SystemPrincipal": "System Principal",
    ]
}
