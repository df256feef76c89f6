internal import Diagnostics
internal import HTTP

/// Sends requests to an org: within its limits, again after passing failures, and counted.
struct OktaExchange: Sendable {
    /// What Okta counts a request against.
    enum Bucket {
        case logs, token
    }

    let transport: any HTTPTransport
    let retries: RetryPolicy
    let rate: OktaSharedRate
    let tally: OktaTally
    let messages: OktaMessages
    let watch: @Sendable (OktaFetchProgress) -> Void

    /// How often Okta may refuse one request because of its limits.
    private static let patience = 6
    /// A limit's period, for refusals that name no end.
    private static let period = 60

    /// Sends a request until an answer is worth reading.
    ///
    /// - Parameter make: Makes the request anew for each attempt, as its proofs are good for one use.
    /// - Returns: The last answer, whatever its status, and what must not be shown of it.
    func answer(
        _ bucket: Bucket, _ make: @Sendable () async throws -> HTTPRequest
    ) async throws -> (response: HTTPResponse, secrets: [String]) {
        var failures = 0, refusals = 0
        while true {
            if bucket == .logs { try await keepShare() }
            let request = try await make()
            let outcome = try await attempt(request, bucket)
            switch outcome {
            case .success(let response) where response.head.status == 429:
                refusals += 1
                if refusals >= Self.patience { return (response, request.secrets) }
                try await waitOut(response.head, refusals)
            case .success(let response)
            where Self.isPassing(response, request.secrets) && failures + 1 < retries.attempts:
                failures += 1
                let asked = response.head.askedWait(now: retries.clock.now()) ?? .zero
                try await pause(
                    max(asked, retries.wait(after: failures)), "Okta failed (status \(response.head.status))")
            case .success(let response): return (response, request.secrets)
            case .failure(let failure):
                failures += 1
                guard failures < retries.attempts else { throw failure }
                try await pause(retries.wait(after: failures), failure.problem)
            }
        }
    }

    /// A query that took too long would take as long again.
    private static func isPassing(_ response: HTTPResponse, _ secrets: [String]) -> Bool {
        response.head.status >= 500 && !OktaFault(response.body, secrets: secrets).isTimeout
    }

    /// One attempt: an answer, or a failure that may pass.
    private func attempt(_ request: HTTPRequest, _ bucket: Bucket) async throws -> Result<HTTPResponse, Diagnostic> {
        if Task.isCancelled { throw Diagnostic.interrupted }
        let now = retries.clock.now()
        tally.update { report in
            if bucket == .logs { report.requests += 1 } else { report.tokenRequests += 1 }
        }
        if bucket == .logs { rate.withLock { $0.noteRequest(now: now) } }
        let stream: HTTPStream
        do {
            stream = try await transport.open(request)
        } catch let failure as Diagnostic where RetryPolicy.isPassing(failure, of: request) {
            return .failure(failure)
        }
        if bucket == .logs { learn(stream.head) }
        do {
            return .success(try await stream.collect())
        } catch let failure as Diagnostic where failure.kind == .unavailable {
            return .failure(failure)
        }
    }

    private func learn(_ head: HTTPResponseHead) {
        let now = retries.clock.now()
        let limit = rate.withLock { share in
            share.learn(head, now: now)
            return share.limit
        }
        tally.update { $0.organizationLimit = limit }
    }

    // MARK: Waiting

    private func keepShare() async throws {
        let now = retries.clock.now()
        let (seconds, share) = rate.withLock { ($0.wait(now: now), $0.perMinute) }
        if seconds > 0 { try await pause(.seconds(seconds), "keeping to \(share) requests a minute") }
    }

    private func waitOut(_ head: HTTPResponseHead, _ refusals: Int) async throws {
        if OktaRateLimit(head).isConcurrency {
            return try await pause(retries.wait(after: refusals), "Okta has too many requests at once")
        }
        let now = retries.clock.now()
        let named = OktaRateLimit(head).wait(head, now: now).map { Duration.seconds($0) }
        try await pause(named ?? head.askedWait(now: now) ?? .seconds(Self.period), "Okta's request limit is used up")
    }

    /// Waits, and counts it.
    ///
    /// - Throws: `.interrupted`, and a `Diagnostic` that names the wait when it is longer than the policy begins.
    func pause(_ wait: Duration, _ reason: String) async throws {
        if wait > retries.longestWait {
            throw messages.tooLong(Int(wait.components.seconds) + (wait.components.attoseconds > 0 ? 1 : 0))
        }
        let seconds = wait / .seconds(1)
        watch(.waiting(seconds: seconds, reason: reason))
        tally.update { report in
            report.waits += 1
            report.secondsWaited += seconds
        }
        do { try await retries.clock.sleep(wait) } catch { throw Diagnostic.interrupted }
        if Task.isCancelled { throw Diagnostic.interrupted }
    }
}
