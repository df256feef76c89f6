internal import JSON
internal import Tables

/// A notice as data.
struct WebhookNotice {
    let json: JSONValue

    private static let lineLimit = 1000, lineCount = 200

    init(_ notice: EscalationNotice) {
        let text = { (text: String) in JSONValue.string(text.oneLine(Self.lineLimit)) }
        let incident: JSONValue = [
            "id": text(notice.incidentID), "title": text(notice.title), "severity": .string(notice.severity.rawValue),
            "score": notice.score.isFinite ? .number(notice.score) : .null, "actor": notice.actor.map(text) ?? .null,
            "summary": .array(notice.summary.prefix(Self.lineCount).map(text)),
            "summary_left_off": .integer(Int64(max(0, notice.summary.count - Self.lineCount))),
            "attack": .array(notice.attack.prefix(Self.lineCount).map(text)),
            "first_seen": JSONValue(notice.firstSeen?.description),
            "last_seen": JSONValue(notice.lastSeen?.description),
            "link": JSONValue(notice.link),
        ]
        json = ["schema": "watchfloor.escalation.v1", "incident": incident]
    }
}
