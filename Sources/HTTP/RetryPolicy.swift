public import Diagnostics

/// When a failed request is sent again, and how long is waited before.
///
/// Status 429, 502, 503 and 504 and failed connections are tried again; an exhausted quota is not. The server's
/// `Retry-After` is the least that is waited; a wait beyond ``longestWait`` is not begun but told to the user.
///
/// ```swift
/// let stream = try await RetryPolicy().open(request, over: CurlTransport())
/// ```
public struct RetryPolicy: Sendable {
    /// How often a request is sent at most; 1 means never again.
    public var attempts: Int
    /// The wait before the second attempt when the server asks for none; doubled each time.
    public var firstWait: Duration
    /// The longest wait that is begun.
    public var longestWait: Duration
    /// A number from 0 to 1 that is spread over half of each wait.
    public var jitter: @Sendable () -> Double
    /// How time passes.
    public var clock: RetryClock

    /// A policy; tests pass their own time and chance.
    public init(
        attempts: Int = 3, firstWait: Duration = .milliseconds(500), longestWait: Duration = .seconds(20),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }, clock: RetryClock = .system
    ) {
        self.attempts = attempts
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.jitter = jitter
        self.clock = clock
    }

    /// Sends the request until an answer is worth reading or the attempts are used up.
    ///
    /// The request's total limit holds for all attempts and waits together. The last answer is returned whatever
    /// its status is.
    ///
    /// - Throws: As ``HTTPTransport/open(_:)``, and a `Diagnostic` that says how long the server asked to wait.
    public func open(_ request: HTTPRequest, over transport: any HTTPTransport) async throws -> HTTPStream {
        let deadline = ContinuousClock.now + request.limits.total
        var request = request
        var attempt = 1
        while true {
            let trial = try await Trial(request, transport)
            guard attempt < attempts, trial.isWorthRepeating else { return try trial.result.get() }
            let asked = trial.askedWait(now: clock.now())
            let wait = max(asked ?? .zero, self.wait(after: attempt))
            if let asked, wait > min(longestWait, deadline - .now) { throw trial.tooLong(asked, for: request) }
            guard wait < deadline - .now else { return try trial.result.get() }
            do { try await clock.sleep(wait) } catch { throw Diagnostic.interrupted }
            attempt += 1
            request.limits.total = max(deadline - .now, .milliseconds(1))
        }
    }

    /// How long is waited after an attempt, counted from 1, when the server asks for nothing.
    public func wait(after attempt: Int) -> Duration {
        firstWait * (1 << min(max(attempt, 1) - 1, 10)) * (0.5 + 0.5 * jitter())
    }

    /// Whether a failure of a request means that its server was not reached at all, which may pass; as against
    /// limits that were exceeded, refusals of this program's own, and answers that make no sense.
    public static func isPassing(_ failure: Diagnostic, of request: HTTPRequest) -> Bool {
        ConnectFault.explains(failure, of: request)
    }

    /// Whether a failure of a request means that its server cannot have received it, so that to send it again does
    /// nothing twice. After every other failure the request may have had its effect, although no answer came.
    public static func isUnreceived(_ failure: Diagnostic, of request: HTTPRequest) -> Bool {
        request.isUnreceived(failure)
    }
}

/// The parts of time that waiting for a server needs.
public struct RetryClock: Sendable {
    /// Waits; throws when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Seconds since 1970, to read the dates in `Retry-After`.
    public var now: @Sendable () -> Int

    /// A clock made of two functions.
    public init(sleep: @escaping @Sendable (Duration) async throws -> Void, now: @escaping @Sendable () -> Int) {
        self.sleep = sleep
        self.now = now
    }

    /// The real one.
    public static let system = RetryClock(
        sleep: { try await Task.sleep(for: $0) }, now: { WallTime.secondsSince1970 })
}
