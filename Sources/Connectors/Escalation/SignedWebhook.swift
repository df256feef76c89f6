public import Diagnostics
internal import Digests
internal import JSON
public import Tables

/// A server of one's own that takes notices as JSON, signed so that it can tell who sent them.
///
/// With a secret the request has these headers:
///
///     X-Watchfloor-Timestamp: 1763683200
///     X-Watchfloor-Signature: sha256=<64 hexadecimal digits>
///     Idempotency-Key: <a UUID>
///
/// The timestamp is in seconds since 1970, UTC. The signature is the HMAC-SHA256 (RFC 2104), with the secret's UTF-8
/// bytes as key, of the timestamp's digits, a full stop, and the body's bytes as they are sent. A receiver computes
/// it over the bytes that it got, compares both in constant time, and refuses timestamps that are minutes away, so
/// that a recorded request is good for nothing. The idempotency key is the same for the same notice of the same
/// incident, whenever it is sent. Without a secret both signature headers are left out.
///
/// The body is `{"schema":"watchfloor.escalation.v1","incident":{…}}`. Texts in it are as the log has them but for
/// control characters and bidirectional marks, which are written out, and for their length; a receiver that shows
/// them escapes them for wherever it does.
public struct SignedWebhook: EscalationTarget {
    /// `webhook`
    public let name = EscalationService.webhook.name
    private let address: WebhookAddress
    private let secret: String?

    /// - Parameters:
    ///   - url: `WEBHOOK_URL`, which is treated as a secret.
    ///   - secret: `WEBHOOK_SECRET`; `nil` sends unsigned.
    /// - Throws: A `Diagnostic` that repeats neither: the URL is not https or of this computer, the secret is empty.
    public init(url: String, secret: String?) throws(Diagnostic) {
        address = try WebhookAddress(url, setting: "WEBHOOK_URL")
        if secret?.isEmpty == true {
            throw Diagnostic(
                "WEBHOOK_SECRET is empty", remedy: "Set it, or remove it to send unsigned", kind: .unavailable)
        }
        self.secret = secret
    }

    public func request(for notice: EscalationNotice, at now: Timestamp) throws(Diagnostic) -> EscalationRequest {
        try notice.check()
        let body = WebhookNotice(notice).json.prettyText
        let key = NameUUID.of(["escalation", notice.incidentID, SHA256(body).hex])
        let headers = signature(of: body, at: now) + [(name: "Idempotency-Key", value: key)]
        let http = PreparedRequest(
            post: address.url, shownURL: address.shown, body: body, headers: headers,
            secrets: address.secrets + [secret].compactMap { $0 })
        return EscalationRequest(target: name, incidentID: notice.incidentID, http: http, service: .webhook)
    }

    private func signature(of body: String, at now: Timestamp) -> [(name: String, value: String)] {
        guard let secret else { return [] }
        let time = String(now.ticks / Timestamp.ticksPerSecond)
        let code = HMAC(of: "\(time).\(body)".utf8, key: Array(secret.utf8))
        return [(name: "X-Watchfloor-Timestamp", value: time), ("X-Watchfloor-Signature", "sha256=\(code.hex)")]
    }
}

extension SignedWebhook: CustomStringConvertible, CustomReflectable {
    /// The server alone.
    public var description: String { "a webhook at \(address)" }

    /// Without children, so that `dump` shows no secret either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
