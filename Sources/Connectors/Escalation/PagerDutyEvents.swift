public import Diagnostics
internal import HTTP
internal import JSON
public import Tables

/// PagerDuty's Events API v2 (PagerDuty/developer-docs, "Send an Alert Event").
///
/// A notice triggers an alert whose `dedup_key` is the incident's id: PagerDuty adds later notices of the incident to
/// the same alert, so that a request may be repeated. Critical incidents are `critical` there, high ones `error`.
public struct PagerDutyEvents: EscalationTarget {
    /// `pagerduty`
    public let name = EscalationService.pagerDuty.name
    /// Scheme, host and port.
    public let origin: String
    private let routingKey: String

    /// PagerDuty's own server; that of the European region is `https://events.eu.pagerduty.com`.
    public static let usual = "https://events.pagerduty.com"

    /// - Parameters:
    ///   - routingKey: `PAGERDUTY_ROUTING_KEY`, the integration key of a service; a secret.
    ///   - url: `PAGERDUTY_URL`: https, or http to this computer, with nothing behind the host but a slash.
    /// - Throws: A `Diagnostic` that does not repeat the key.
    public init(routingKey: String, url: String = usual) throws(Diagnostic) {
        guard let address = WebAddress(url), address.scheme == "https" || address.isLoopback, address.path == "/",
            address.query == nil
        else { throw Self.refusal("PAGERDUTY_URL is not the https URL of a server", "Write it like \(Self.usual)") }
        guard routingKey.isPlainIdentifier else {
            throw Self.refusal(
                "PAGERDUTY_ROUTING_KEY holds characters that no key has", "Copy the integration key of 32 characters")
        }
        origin = address.origin
        self.routingKey = routingKey
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }

    public func request(for notice: EscalationNotice, at now: Timestamp) throws(Diagnostic) -> EscalationRequest {
        try notice.check()
        let body = { (key: String) in PagerDutyEvent(notice, routingKey: key).json.prettyText }
        let http = PreparedRequest(
            post: origin + "/v2/enqueue", body: body(routingKey), shownBody: body("[secret]"), secrets: [routingKey])
        return EscalationRequest(target: name, incidentID: notice.incidentID, http: http, service: .pagerDuty)
    }
}

extension PagerDutyEvents: CustomStringConvertible, CustomReflectable {
    /// The server, never the key.
    public var description: String { "PagerDuty at \(origin)" }

    /// Without children, so that `dump` shows no secret either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
