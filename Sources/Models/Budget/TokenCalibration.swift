/// How a model's own counts compare with ``TokenEstimate``, learnt from what its server counted.
///
/// ```swift
/// var calibration = TokenCalibration()
/// calibration.learn(estimated: 1_000, counted: 1_200)
/// calibration.tokens(2_000)  // 2,400
/// ```
public struct TokenCalibration: Hashable, Sendable {
    /// What one count of a server says.
    public enum Lesson: Hashable, Sendable {
        /// It was learnt from.
        case learnt
        /// Far fewer than were sent: the server cut the request, or left out what it knew already.
        case shortfall
        /// No count that can be meant: not a number above 0, or many times what was sent.
        case ignored
    }

    private var estimated = 0.0, counted = 0.0
    private var lessons = 0

    /// Nothing learnt: estimates are taken as they are.
    public init() {}

    /// Below so many tokens a shortfall says nothing.
    static let leastTokens = 400
    /// How much of the older counts stays with each new one.
    private static let memory = 0.8
    /// A factor beyond these is the server's own way of counting, and no tokenizer's.
    private static let range = 0.5...2.5

    /// What an estimate is to be multiplied with.
    public var factor: Double {
        lessons == 0 ? 1 : min(max(counted / estimated, Self.range.lowerBound), Self.range.upperBound)
    }

    /// An estimate, corrected.
    public func tokens(_ estimate: Int) -> Int { Int((Double(min(estimate, 1 << 40)) * factor).rounded(.up)) }

    /// Takes what the server counted for a request of so many tokens by ``TokenEstimate``.
    ///
    /// Ollama cuts a request to its context without a word (its issue 3839): only the count tells.
    @discardableResult
    public mutating func learn(estimated estimate: Int, counted count: Int) -> Lesson {
        guard estimate > 0, count > 0, count / 20 <= estimate else { return .ignored }
        let expected = Double(estimate) * factor
        if estimate >= Self.leastTokens, Double(count) < expected * (lessons > 1 ? 0.6 : 0.5) { return .shortfall }
        estimated = estimated * Self.memory + Double(estimate)
        counted = counted * Self.memory + Double(count)
        lessons = min(lessons + 1, 1_000)
        return .learnt
    }
}
