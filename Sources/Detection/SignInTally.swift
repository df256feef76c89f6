public import Events
public import Tables

/// How often signing in succeeded and failed.
///
/// What counts is what the detectors count: one for each attempt, however many events it left; answers to a push,
/// service accounts and events without a time or an actor are left out.
public struct SignInTally: Hashable, Sendable {
    /// Attempts that got in.
    public let succeeded: Int
    /// Attempts that did not.
    public let failed: Int
    /// UTC; `nil` where none succeeded.
    public let lastSuccess: Timestamp?
    /// UTC; `nil` where none failed.
    public let lastFailure: Timestamp?

    /// Counts some rows of a table, which are given in time order. Linear in the rows and the table's distinct texts.
    public init(_ events: EventTable, rows: some Sequence<Int>) {
        let attempts = SignInAttempts(events, rows: rows)
        succeeded = attempts.successes.count
        failed = attempts.failures.count
        lastSuccess = attempts.successes.last.map { Timestamp(ticks: $0.time) }
        lastFailure = attempts.failures.last.map { Timestamp(ticks: $0.time) }
    }
}
