internal import Diagnostics
public import HTTP

/// Sends notifications.
///
/// ```swift
/// let request = try slack.request(for: notice, at: clock)
/// print(request.http.text)                                  // a dry run ends here
/// let receipt = try await EscalationSender(transport: CurlTransport()).send(request)
/// ```
public struct EscalationSender: Sendable {
    private let transport: any HTTPTransport
    private let retries: RetryPolicy
    private let limits: HTTPLimits

    /// - Parameter retries: Attempts, waits and the clock; its longest wait bounds `Retry-After`.
    public init(
        transport: any HTTPTransport, retries: RetryPolicy = RetryPolicy(longestWait: .seconds(60)),
        limits: HTTPLimits = HTTPLimits(firstByte: .seconds(30), total: .seconds(60), maxBody: 1 << 20)
    ) {
        self.transport = transport
        self.retries = retries
        self.limits = limits
    }

    /// Sends a notification exactly as it was shown.
    ///
    /// It is sent again after a refusal for limits (status 429) and when it cannot have been received; to PagerDuty
    /// also after it may have been, as its key makes the repetition harmless. Redirects are not followed.
    ///
    /// - Throws: A `Diagnostic` of kind `.unavailable` with the status where there was an answer, or `.interrupted`;
    ///   it names the server, never the rest of the address nor a key. Without an error the service took it.
    public func send(_ request: EscalationRequest) async throws -> EscalationReceipt {
        let service = request.service
        let sent = request.http.sent(
            token: nil, limits: limits, remedy: "Check \(service.setting) and the network")
        let delivery = Delivery(transport: transport, retries: retries, caution: service.caution)
        let answer = try await delivery.answer(to: sent, service.repetition)
        let words = EscalationService.words(answer.body, secrets: sent.secrets)
        guard service.accepts(answer) else { throw refusal(answer, of: request, words) }
        return EscalationReceipt(
            target: request.target, status: answer.head.status, attempts: answer.attempts, words: words)
    }

    private func refusal(_ answer: Delivery.Answer, of request: EscalationRequest, _ words: String) -> Diagnostic {
        let service = request.service, status = answer.head.status
        let (problem, remedy) =
            switch status {
            case 200..<300:
                ("\(service.title) answered with status \(status), but did not take it", service.caution)
            case 400: ("\(service.title) found the notification invalid", "Check \(service.setting)")
            case 401, 403: ("\(service.title) refused the notification", "Make a new one, and set \(service.setting)")
            case 404, 410:
                ("\(service.title) no longer knows where it should go", "Make a new one, and set \(service.setting)")
            case 429: ("\(service.title) takes no more notifications for now", wait(answer.head))
            case 500...: ("\(service.title) failed", "The request may have been received. \(service.caution)")
            default: ("\(service.title) answered with something else", "Check \(service.setting)")
            }
        let text = (200..<300).contains(status) ? problem : "\(problem) (status \(status))"
        return Diagnostic(text + (words.isEmpty ? "" : ": \(words)"), remedy: remedy, kind: .unavailable)
    }

    private func wait(_ head: HTTPResponseHead) -> String {
        let asked = head.askedWait(now: retries.clock.now())?.components.seconds
        return asked.map { "Try again in \(max(1, $0)) s, which it asks for" } ?? "Try again in a few minutes"
    }
}
