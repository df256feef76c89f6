internal import JSON
internal import Tables

extension Format {
    /// Panther's Okta.SystemLog: a LogEvent whose top-level keys its data lake has put in lower case, while those
    /// inside are as Okta writes them; `p_*` are Panther's own. Rows of its newer tables keep Okta's case.
    ///
    /// Source: the test cases of panther-labs/panther-analysis (Apache-2.0).
    static let panther = Format(.panther, missingFields: []) { event in
        var members: [JSONValue.Member] = []
        for member in event.members ?? [] where !member.key.utf8.starts(with: "p_".utf8) {
            members.append(JSONValue.Member(topLevelKeys[ByteText(member.key)] ?? member.key, member.value))
        }
        var logEvent = JSONValue.object(members)
        if let time = event["p_event_time"], !time.isNull { logEvent.fill(["published"], with: time) }
        return oktaLogEvent.logEvent(logEvent)
    }

    /// Okta's spelling of the keys of a LogEvent that have capital letters.
    private static let topLevelKeys = Dictionary(
        uniqueKeysWithValues: [
            "eventType", "legacyEventType", "displayMessage", "authenticationContext", "securityContext",
            "debugContext", "insertionTimestamp",
        ].map { (ByteText($0.lowercased()), $0) })
}
