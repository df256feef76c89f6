/// A field of a LogEvent that has a column of its own. The raw value is its path in the System Log API.
///
/// Source of the paths: Okta's management OpenAPI specification (Apache-2.0), schema `LogEvent`; `device` and
/// `rootSessionId` are sent by real orgs though the schema does not list them.
public enum EventField: String, CaseIterable, Sendable {
    case eventType
    case severity
    case displayMessage
    case actorID = "actor.id"
    case actorType = "actor.type"
    case actorAlternateID = "actor.alternateId"
    case actorDisplayName = "actor.displayName"
    case ipAddress = "client.ipAddress"
    case userAgent = "client.userAgent.rawUserAgent"
    case clientID = "client.id"
    case city = "client.geographicalContext.city"
    case country = "client.geographicalContext.country"
    case outcomeResult = "outcome.result"
    case outcomeReason = "outcome.reason"
    case externalSessionID = "authenticationContext.externalSessionId"
    case rootSessionID = "authenticationContext.rootSessionId"
    case transactionID = "transaction.id"
    case deviceID = "device.id"
    case deviceHash = "debugContext.debugData.dtHash"
    case isp = "securityContext.isp"
    /// `true` or `false`.
    case isProxy = "securityContext.isProxy"
    case operatingSystem = "client.userAgent.os"
    /// Which factor a sign-in was asked for, such as `OKTA_VERIFY_PUSH`.
    case factor = "debugContext.debugData.factor"
    case requestAPITokenID = "transaction.detail.requestApiTokenId"
    case targetID = "target.0.id"
    case targetType = "target.0.type"
    case targetAlternateID = "target.0.alternateId"
    case targetDisplayName = "target.0.displayName"

    /// The place of the column in the table.
    var ordinal: Int { Self.ordinals[self] ?? 0 }

    private static let ordinals = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })

    /// The path in steps, ready for look-ups.
    var steps: [String] { Self.paths[ordinal] }

    private static let paths = allCases.map { $0.rawValue.split(separator: ".").map(String.init) }
}

/// A field that holds a number.
public enum NumberField: String, CaseIterable, Sendable {
    case latitude = "client.geographicalContext.geolocation.lat"
    case longitude = "client.geographicalContext.geolocation.lon"
    case asNumber = "securityContext.asNumber"
}
