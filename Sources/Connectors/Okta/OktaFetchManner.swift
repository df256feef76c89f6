internal import Foundation
public import HTTP

/// How fetches behave: their waits, limits and identifiers, which tests pass in.
public struct OktaFetchManner: Sendable {
    /// Attempts at a request, its waits, and the clock; ``RetryPolicy/longestWait`` is the longest wait of any kind
    /// that is begun.
    public var retries: RetryPolicy
    /// How long a fetch that follows waits when there is nothing new.
    public var pollInterval: Duration
    /// How long one answer may take, and how large it may be.
    public var limits: HTTPLimits
    /// Makes the `jti` of each signed statement, which no two may share.
    public var identifier: @Sendable () -> String

    /// The manner that suits Okta: a limit's period is a minute, and a query may take 30 seconds.
    public init(
        retries: RetryPolicy = RetryPolicy(longestWait: .seconds(120)), pollInterval: Duration = .seconds(30),
        limits: HTTPLimits = HTTPLimits(), identifier: (@Sendable () -> String)? = nil
    ) {
        self.retries = retries
        self.pollInterval = pollInterval
        self.limits = limits
        self.identifier = identifier ?? { UUID().uuidString }
    }
}
