internal import Digests
internal import JSON
internal import Tables

/// A notice as an event that triggers an alert.
struct PagerDutyEvent {
    let json: JSONValue

    /// PagerDuty's limits in characters; a whole event may have 512 KB, which the limits of lines keep.
    private static let summaryLimit = 1024, keyLimit = 255
    private static let lineLimit = 1000, lineCount = 50, shortLimit = 255

    init(_ notice: EscalationNotice, routingKey: String) {
        let payload: [JSONValue.Member?] = [
            .init("summary", .string(Self.safe(notice.headline, Self.summaryLimit))),
            .init("source", .string(Self.safe(Self.source(notice), Self.shortLimit))),
            .init("severity", notice.severity == .critical ? "critical" : "error"),
            (notice.lastSeen ?? notice.firstSeen).map { .init("timestamp", .string($0.description)) },
            .init("component", "okta"), .init("class", "identity incident"),
            .init("custom_details", Self.details(notice)),
        ]
        let links = notice.link.map { JSONValue.array([["href": .string($0), "text": "Open the incident"]]) }
        let event: JSONValue = [
            "routing_key": .string(routingKey), "event_action": "trigger", "dedup_key": .string(Self.key(notice)),
            "client": "watchfloor", "payload": .object(payload.compactMap { $0 }),
        ]
        json = links.map { event.setting("links", to: $0) } ?? event
    }

    /// The id, or its digest where it is too long: to cut it might make two incidents one.
    private static func key(_ notice: EscalationNotice) -> String {
        let key = notice.incidentID
        return key.oneLine(keyLimit).utf8.elementsEqual(key.utf8) ? key : SHA256(key).hex
    }

    /// PagerDuty demands a source.
    private static func source(_ notice: EscalationNotice) -> String {
        notice.actor.flatMap { $0.isEmpty ? nil : $0 } ?? "okta"
    }

    private static func details(_ notice: EscalationNotice) -> JSONValue {
        var lines = notice.summary.prefix(lineCount).map { safe($0, lineLimit) }
        if notice.summary.count > lineCount { lines.append("… and \(notice.summary.count - lineCount) more") }
        return [
            "incident_id": .string(safe(notice.incidentID, shortLimit)), "risk_score": .string(notice.scoreText),
            "actor": JSONValue(notice.actor.map { safe($0, lineLimit) }), "summary": JSONValue(lines),
            "attack": JSONValue(notice.attack.prefix(lineCount).map { safe($0, shortLimit) }),
            "first_seen": JSONValue(notice.firstSeen?.description),
            "last_seen": JSONValue(notice.lastSeen?.description),
        ]
    }

    /// Text from outside; PagerDuty and the phones it sends to make links of addresses.
    private static func safe(_ text: String, _ limit: Int) -> String { text.oneLine(limit, rewrite: \.defanged) }
}
