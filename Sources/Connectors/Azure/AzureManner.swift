public import HTTP

/// How requests to Microsoft's services wait; tests pass their own time.
public struct AzureManner: Sendable {
    /// Attempts at a request, its waits, and the clock; ``HTTP/RetryPolicy/longestWait`` is the longest wait of any
    /// kind that is begun.
    public var retries: RetryPolicy
    /// Told of each wait before a request is sent again: its length in seconds and its reason in words.
    public var watch: @Sendable (Double, String) -> Void

    /// The manner that suits Azure: a throttled query is let in again within three minutes at most (Azure Monitor
    /// query limits: at most three minutes in the queue).
    public init(
        retries: RetryPolicy = RetryPolicy(longestWait: .seconds(180)),
        watch: @escaping @Sendable (Double, String) -> Void = { _, _ in }
    ) {
        self.retries = retries
        self.watch = watch
    }
}
