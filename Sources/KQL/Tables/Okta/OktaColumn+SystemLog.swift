// The columns of `OktaSystemLog` (contract.md, "JSON values").

extension OktaColumn {
    /// A scalar is named by its path, with `_` for `.`.
    static let systemLog: [OktaColumn] = {
        let times = ["TimeGenerated", "published"].map { OktaColumn($0, .datetime, path: "published") }
        return times + columns(texts, .string) + columns(objects, .dynamic) + columns(scalars, .string)
            + columns(places, .real) + columns(["securityContext.asNumber"], .long)
            + columns(["securityContext.isProxy"], .bool) + firstTarget
    }()

    private static let texts = ["uuid", "eventType", "legacyEventType", "displayMessage", "severity", "version"]

    private static let objects = [
        "actor", "client", "device", "authenticationContext", "securityContext", "debugContext", "outcome", "request",
        "transaction", "target",
    ]

    private static let scalars = [
        "actor.id", "actor.type", "actor.alternateId", "actor.displayName", "client.ipAddress",
        "client.userAgent.rawUserAgent", "client.userAgent.os", "client.userAgent.browser", "client.zone",
        "client.device", "client.id", "client.geographicalContext.country", "client.geographicalContext.state",
        "client.geographicalContext.city", "outcome.result", "outcome.reason",
        "authenticationContext.externalSessionId", "authenticationContext.rootSessionId", "securityContext.asOrg",
        "securityContext.isp", "securityContext.domain", "transaction.id", "transaction.type",
        "debugContext.debugData.requestUri", "debugContext.debugData.dtHash",
    ]

    private static let places = [
        "client.geographicalContext.geolocation.lat", "client.geographicalContext.geolocation.lon",
    ]

    private static let firstTarget = ["id", "type", "alternateId", "displayName"].map {
        OktaColumn("target_" + $0, .string, path: "target.0." + $0)
    }

    private static func columns(_ paths: [String], _ type: ScalarType) -> [OktaColumn] {
        paths.map { OktaColumn($0.replacing(".", with: "_"), type, path: $0) }
    }
}
