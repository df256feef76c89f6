public import HTTP

/// How Defender is asked and waited for, which tests pass in.
public struct DefenderManner: Sendable {
    /// Attempts at a request, its waits, and the clock; ``RetryPolicy/longestWait`` is the longest `Retry-After` that
    /// is waited for.
    public var retries: RetryPolicy
    /// How long is waited between two looks at a running action.
    public var pollInterval: Duration
    /// How long an action is watched before it is left to itself.
    public var timeLimit: Duration
    /// How long one answer may take, and how large it may be.
    public var limits: HTTPLimits

    /// The manner that suits Defender, which allows 100 calls a minute and 1500 an hour.
    public init(
        retries: RetryPolicy = RetryPolicy(longestWait: .seconds(60)), pollInterval: Duration = .seconds(10),
        timeLimit: Duration = .seconds(600), limits: HTTPLimits = HTTPLimits(maxBody: 16 << 20)
    ) {
        self.retries = retries
        self.pollInterval = pollInterval
        self.timeLimit = timeLimit
        self.limits = limits
    }
}
