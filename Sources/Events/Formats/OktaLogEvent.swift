internal import JSON

extension Format {
    /// The LogEvent of Okta's System Log API, as the API, an event hook or an export of either writes it.
    ///
    /// Every field is optional: real logs break the published schema. One field of the schema's own spelling
    /// is enough to tell the shape.
    static let oktaLogEvent = Format(
        name: "okta", missingFields: [],
        recognises: { object in
            spelledOnlyByOkta.contains { object[$0] != nil }
                || ["actor", "client", "outcome", "transaction"].contains { object[$0]?.members != nil }
        },
        logEvent: { $0 })

    private static let spelledOnlyByOkta = [
        "uuid", "eventType", "published", "legacyEventType", "displayMessage", "authenticationContext", "securityContext",
        "debugContext",
    ]
}
