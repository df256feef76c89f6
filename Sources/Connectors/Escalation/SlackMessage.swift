internal import JSON
internal import Tables

/// A notice as Slack's blocks.
struct SlackMessage {
    let json: JSONValue

    /// Slack's limits in characters (docs.slack.dev, "Header block", "Section block").
    private static let headerLimit = 150, fieldLimit = 2000, sectionLimit = 3000
    /// What a phone shows of a message.
    private static let fallbackLimit = 500
    private static let lineLimit = 500

    init(_ notice: EscalationNotice) {
        let fallback = "\(notice.headline) (incident \(notice.incidentID), risk score \(notice.scoreText))"
        let blocks: [JSONValue?] = [
            ["type": "header", "text": Self.plain(Self.safe(notice.headline, Self.headerLimit))],
            ["type": "section", "fields": .array(Self.facts(notice).map(Self.field))],
            notice.summary.isEmpty ? nil : ["type": "section", "text": Self.plain(Self.lines(notice.summary))],
            notice.link.map { ["type": "section", "text": Self.link($0)] },
        ]
        json = [
            "text": .string(Self.safe(fallback, Self.fallbackLimit)), "mrkdwn": false, "unfurl_links": false,
            "unfurl_media": false, "blocks": .array(blocks.compactMap { $0 }),
        ]
    }

    /// At most ten, as many as a section may have.
    private static func facts(_ notice: EscalationNotice) -> [(name: String, value: String)] {
        let facts: [(String, String?)] = [
            ("Incident", notice.incidentID), ("Risk score", notice.scoreText), ("Actor", notice.actor),
            ("First seen", notice.firstSeen?.description), ("Last seen", notice.lastSeen?.description),
            ("ATT&CK", notice.attack.isEmpty ? nil : notice.attack.prefix(50).joined(separator: ", ")),
        ]
        return facts.compactMap { name, value in value.map { (name, $0) } }
    }

    private static func field(_ name: String, _ value: String) -> JSONValue {
        let label = safe(name, fieldLimit) + "\n"
        return plain(label + safe(value, fieldLimit - label.utf16.count))
    }

    /// As many lines as a section holds, and how many more there are.
    private static func lines(_ lines: [String]) -> String {
        let ending = { (more: Int) in "\n… and \(more) more" }
        var text = ""
        for (index, line) in lines.enumerated() {
            let line = (index == 0 ? "" : "\n") + safe(line, lineLimit)
            let room = sectionLimit - ending(lines.count).utf16.count
            guard text.utf16.count + line.utf16.count <= room else { return text + ending(lines.count - index) }
            text += line
        }
        return text
    }

    private static func plain(_ text: String) -> JSONValue {
        ["type": "plain_text", "text": .string(text), "emoji": false]
    }

    private static func link(_ url: String) -> JSONValue {
        let url = url.unicodeScalars.map { escape($0) ?? String($0) }.joined()
        return ["type": "mrkdwn", "text": .string("<\(url)|Open the incident>"), "verbatim": true]
    }

    /// Text from outside.
    private static func safe(_ text: String, _ limit: Int) -> String {
        text.oneLine(limit, rewrite: \.defanged, escape: escape)
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: nil
        }
    }
}
