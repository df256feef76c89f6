public import Diagnostics
internal import Digests
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
        let more = notice.summary.count - lineCount
        let lines = notice.summary.prefix(lineCount).map { safe($0, lineLimit) } + (more > 0 ? ["… and \(more) more"] : [])
        return [
            "incident_id": .string(safe(notice.incidentID, shortLimit)), "risk_score": .string(notice.scoreText),
            "actor": JSONValue(notice.actor.map { safe($0, lineLimit) }), "summary": JSONValue(lines),
            "attack": JSONValue(notice.attack.prefix(lineCount).map { safe($0, shortLimit) }),
            "first_seen": JSONValue(notice.firstSeen?.description), "last_seen": JSONValue(notice.lastSeen?.description),
        ]
    }

    /// Text from outside; PagerDuty and the phones it sends to make links of addresses.
    private static func safe(_ text: String, _ limit: Int) -> String { text.oneLine(limit, rewrite: \.defanged) }
}
