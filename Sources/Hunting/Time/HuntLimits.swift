/// How far a hunt may reach. Both windows and the rows hold whatever the question or a model says.
public struct HuntLimits: Hashable, Sendable {
    /// Seconds before the clock that are read when a question names no time.
    public var defaultWindow: Double
    /// The most seconds that one hunt reads.
    public var maximumWindow: Double
    /// The most rows that a query of the built-in analyst gives.
    public var rows: Int
    /// What a time without a zone is in: `UTC`, an offset, an abbreviation, or a name such as `Europe/Berlin`.
    public var zone: String

    /// - Parameters:
    ///   - defaultWindow: 24 hours.
    ///   - maximumWindow: 30 days.
    public init(
        defaultWindow: Double = 86_400, maximumWindow: Double = 30 * 86_400, rows: Int = 1000, zone: String = "UTC"
    ) {
        self.defaultWindow = Self.bounded(defaultWindow)
        self.maximumWindow = Self.bounded(maximumWindow)
        self.rows = max(1, rows)
        self.zone = zone
    }

    /// A hundred years at most: times beyond cannot be written.
    private static func bounded(_ seconds: Double) -> Double { seconds.isNaN ? 1 : min(max(1, seconds), 3.2e9) }
}
