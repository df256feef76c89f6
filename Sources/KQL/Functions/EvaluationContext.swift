internal import Diagnostics
internal import RegularExpressions
internal import Synchronization

/// What a function may see beside its arguments.
struct EvaluationContext: Sendable {
    /// What `now()` is during the whole query, in ticks since 1970.
    let now: Int64
    /// Patterns that were compiled before.
    let patterns: PatternCache
    /// When the query has to be done.
    let deadline: ContinuousClock.Instant?
    /// 64 random bits: `rand()` and `new_guid()`.
    let random: @Sendable () -> UInt64

    init(
        now: Int64, patterns: PatternCache = PatternCache(), deadline: ContinuousClock.Instant? = nil,
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) {
        self.now = now
        self.patterns = patterns
        self.deadline = deadline
        self.random = random
    }

    /// For loops that may take long.
    ///
    /// - Throws: When the query's time is over.
    func checkTime() throws(FunctionFault) {
        guard let deadline, ContinuousClock.now > deadline else { return }
        throw FunctionFault(
            "RUN0001", "the query's time is over", suggestion: "Narrow the query to fewer rows or a shorter time.")
    }
}

/// What values may take, as Kusto limits them (Query limits, *limit on memory consumed by values*).
enum ValueLimits {
    /// Elements of an array that a function or an aggregation makes.
    static let elements = 1_048_576
    /// Bytes of a string that a function makes.
    static let bytes = 1 << 20
}

/// Compiled patterns by their text, so that a pattern that comes with every row is compiled once. Threads share it.
final class PatternCache: Sendable {
    private let compiled = Mutex<[Scalar: RegularExpression?]>([:])
    /// More patterns than this are computed from data, and then keeping them does not pay.
    private static let limit = 256

    /// `nil` for a text that is no pattern.
    func pattern(_ text: String) -> RegularExpression? {
        // A string by itself would be found by Unicode equivalence.
        let key = Scalar.string(text)
        if let known = compiled.withLock({ $0[key] }) { return known }
        let pattern = try? KustoPattern.compile(text)
        compiled.withLock { cache in
            if cache.count >= Self.limit { cache.removeAll() }
            cache[key] = .some(pattern)
        }
        return pattern
    }
}
