internal import Diagnostics
internal import HTTP

/// Sends a request that has an effect, and sends it again only where that cannot have the effect twice.
struct Delivery: Sendable {
    /// Which failures let a request be sent again.
    enum Repetition {
        /// The server cannot have received it, or refused it for its limits (status 429).
        case ifUnreceived
        /// Also after it may have been received: the service takes a repeated request for the same one.
        case always
    }

    /// What came back.
    struct Answer {
        let head: HTTPResponseHead
        /// As much as arrived.
        let body: [UInt8]
        /// Whether the answer broke off.
        let isCut: Bool
        /// How often the request was sent or tried.
        let attempts: Int
    }

    let transport: any HTTPTransport
    let retries: RetryPolicy
    /// What the user does when the request may have been received.
    let caution: String

    /// The last answer, whatever its status.
    ///
    /// - Throws: A `Diagnostic`; where the request may have had its effect its remedy says so.
    func answer(to request: HTTPRequest, _ repetition: Repetition) async throws -> Answer {
        var attempt = 1
        while true {
            if Task.isCancelled { throw Diagnostic.interrupted }
            let wait: Duration
            do {
                let answer = try await send(request, attempt)
                guard attempt < retries.attempts, repetition.covers(answer.head.status),
                    let pause = self.wait(after: attempt, answer.head)
                else { return answer }
                wait = pause
            } catch let failure as Diagnostic {
                guard attempt < retries.attempts, repetition.covers(failure, of: request) else {
                    throw explained(failure, of: request)
                }
                wait = retries.wait(after: attempt)
            }
            do { try await retries.clock.sleep(wait) } catch { throw Diagnostic.interrupted }
            attempt += 1
        }
    }

    private func send(_ request: HTTPRequest, _ attempt: Int) async throws -> Answer {
        let stream = try await transport.open(request)
        var body: [UInt8] = [], isCut = false
        do {
            for try await piece in stream.body { body += piece }
        } catch let failure as Diagnostic where failure.kind == .unavailable {
            // The status has arrived, and it is what says whether the request was taken.
            isCut = true
        }
        if Task.isCancelled { throw Diagnostic.interrupted }
        return Answer(head: stream.head, body: body, isCut: isCut, attempts: attempt)
    }

    /// How long is waited before another attempt; `nil` when the server asks for more than is worth it.
    private func wait(after attempt: Int, _ head: HTTPResponseHead) -> Duration? {
        let asked = head.askedWait(now: retries.clock.now()) ?? .zero
        return asked > retries.longestWait ? nil : max(asked, retries.wait(after: attempt))
    }

    private func explained(_ failure: Diagnostic, of request: HTTPRequest) -> Diagnostic {
        if failure.kind == .interrupted {
            return Diagnostic(
                "interrupted while the request was on its way, so it may have been received", remedy: caution,
                kind: .interrupted)
        }
        if RetryPolicy.isUnreceived(failure, of: request) { return failure }
        return Diagnostic(
            failure.problem, remedy: "The request may have been received. \(caution). \(failure.remedy)",
            kind: failure.kind)
    }
}

extension Delivery.Repetition {
    fileprivate func covers(_ status: Int) -> Bool { status == 429 || self == .always && status >= 500 }

    fileprivate func covers(_ failure: Diagnostic, of request: HTTPRequest) -> Bool {
        switch self {
        case .ifUnreceived:
            RetryPolicy.isUnreceived(failure, of: request) && RetryPolicy.isPassing(failure, of: request)
        case .always: RetryPolicy.isPassing(failure, of: request)
        }
    }
}
