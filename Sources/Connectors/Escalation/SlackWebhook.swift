public import Diagnostics
internal import JSON
public import Tables

/// An incoming webhook of Slack (docs.slack.dev, "Sending messages using incoming webhooks").
///
/// Text from logs stands only in `plain_text`, which Slack does not format, with `&`, `<` and `>` escaped
/// (docs.slack.dev, "Formatting message text"); links and mentions that a client might make of it are taken apart.
/// The one link of a message is the notice's own.
public struct SlackWebhook: EscalationTarget {
    /// `slack`
    public let name = EscalationService.slack.name
    private let address: WebhookAddress

    /// - Parameter url: `SLACK_WEBHOOK_URL`, which is a secret.
    /// - Throws: A `Diagnostic` that does not repeat it: it is neither https nor a URL of this computer.
    public init(url: String) throws(Diagnostic) {
        address = try WebhookAddress(url, setting: "SLACK_WEBHOOK_URL")
    }

    public func request(for notice: EscalationNotice, at now: Timestamp) throws(Diagnostic) -> EscalationRequest {
        try notice.check()
        let http = PreparedRequest(
            post: address.url, shownURL: address.shown, body: SlackMessage(notice).json.prettyText,
            secrets: address.secrets)
        return EscalationRequest(target: name, incidentID: notice.incidentID, http: http, service: .slack)
    }
}

extension SlackWebhook: CustomStringConvertible {
    /// The server alone.
    public var description: String { "Slack at \(address)" }
}
