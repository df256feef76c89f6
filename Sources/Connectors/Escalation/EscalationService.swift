internal import Diagnostics
internal import HTTP
internal import JSON

/// What is known of a service's answers.
enum EscalationService: Sendable {
    case slack, pagerDuty, webhook

    /// For records.
    var name: String {
        switch self {
        case .slack: "slack"
        case .pagerDuty: "pagerduty"
        case .webhook: "webhook"
        }
    }

    /// For messages.
    var title: String {
        switch self {
        case .slack: "Slack"
        case .pagerDuty: "PagerDuty"
        case .webhook: "the webhook"
        }
    }

    /// PagerDuty asks for repetition after 429, 5xx and failures of the network (PagerDuty/developer-docs, "Response
    /// Codes & Retry Logic"), and its `dedup_key` makes that safe; nobody promises as much of the others.
    var repetition: Delivery.Repetition { self == .pagerDuty ? .always : .ifUnreceived }

    /// What the user does when a notification may have been taken.
    var caution: String {
        switch self {
        case .slack: "Look in the channel before you send it again"
        case .pagerDuty: "To send it again is safe: PagerDuty takes it for the same alert"
        case .webhook: "Look at the receiver before you send it again"
        }
    }

    /// The setting to look at.
    var setting: String {
        switch self {
        case .slack: "SLACK_WEBHOOK_URL"
        case .pagerDuty: "PAGERDUTY_ROUTING_KEY"
        case .webhook: "WEBHOOK_URL"
        }
    }

    /// Whether an answer means that the notification was taken.
    func accepts(_ answer: Delivery.Answer) -> Bool {
        switch self {
        case .slack: answer.head.status == 200 && Self.isOK(answer.body)
        case .pagerDuty: answer.head.status == 202
        case .webhook: (200..<300).contains(answer.head.status)
        }
    }

    /// Slack says `ok`; workflows say `{"ok":true}`. A proxy's page with status 200 says neither.
    private static func isOK(_ body: [UInt8]) -> Bool {
        let text = body.filter { $0 > 0x20 }
        return text == Array("ok".utf8) || (try? JSONValue(parsing: body))?["ok"]?.bool == true
    }

    /// The service's own words, safe to show.
    static func words(_ body: [UInt8], secrets: [String]) -> String {
        let start = Array(body.prefix(64 << 10))
        guard start.first(where: { $0 > 0x20 }) != UInt8(ascii: "<") else { return "(a web page)" }
        let json = try? JSONValue(parsing: start)
        let message = (json?["message"] ?? json?["error"])?.string
        let known = [message].compactMap { $0 } + (json?["errors"]?.strings ?? [])
        let text = known.isEmpty ? String(decoding: start, as: UTF8.self) : known.joined(separator: "; ")
        return text.striking(secrets).oneLine(300)
    }
}
