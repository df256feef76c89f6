public import Diagnostics

/// The targets that are set up.
///
/// ```swift
/// let targets = try EscalationTargets.configured { configuration[$0] }
/// ```
public enum EscalationTargets {
    /// The settings that are read (`contract.md`, *Configuration*).
    public static let settings = [
        "SLACK_WEBHOOK_URL", "PAGERDUTY_ROUTING_KEY", "PAGERDUTY_URL", "WEBHOOK_URL", "WEBHOOK_SECRET",
    ]

    /// Slack, PagerDuty and the webhook, those of them that are set; sends nothing.
    ///
    /// - Parameter setting: The value of a setting; `nil` and empty mean that it is not set.
    /// - Throws: A `Diagnostic` that names the setting that is wrong and never repeats its value.
    public static func configured(_ setting: (String) -> String?) throws(Diagnostic) -> [any EscalationTarget] {
        var values: [String: String] = [:]
        for name in settings {
            if let value = setting(name), value.contains(where: { !$0.isWhitespace }) { values[name] = value }
        }
        var targets: [any EscalationTarget] = []
        if let url = values["SLACK_WEBHOOK_URL"] { targets.append(try SlackWebhook(url: url)) }
        if let key = values["PAGERDUTY_ROUTING_KEY"] {
            let server = values["PAGERDUTY_URL"] ?? PagerDutyEvents.usual
            targets.append(try PagerDutyEvents(routingKey: key.filter { !$0.isWhitespace }, url: server))
        }
        if let url = values["WEBHOOK_URL"] {
            targets.append(try SignedWebhook(url: url, secret: values["WEBHOOK_SECRET"]))
        } else if values["WEBHOOK_SECRET"] != nil {
            throw Diagnostic(
                "WEBHOOK_SECRET is set, but WEBHOOK_URL is not", remedy: "Set WEBHOOK_URL to the receiver's address",
                kind: .unavailable)
        }
        return targets
    }
}
