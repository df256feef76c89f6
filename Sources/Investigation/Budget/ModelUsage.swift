public import Models

/// What was spent on models: tokens, money and time.
public struct ModelUsage: Hashable, Sendable {
    /// Requests that were sent.
    public private(set) var calls = 0
    /// Tokens of requests, as the server counted them, else as estimated.
    public private(set) var tokensIn = 0
    /// Tokens of replies, as the server counted them, else as estimated.
    public private(set) var tokensOut = 0
    /// Whether a part of the tokens is estimated.
    public private(set) var isEstimated = false
    /// Where a tariff is known; one amount for each currency.
    public private(set) var costs: [ModelCost] = []
    /// How long the models took.
    public private(set) var seconds = 0.0
    /// The models that were asked, in the order in which they first were.
    public private(set) var models: [String] = []

    /// Nothing.
    public init() {}

    /// One call.
    init(
        model: String, tokensIn: Int = 0, tokensOut: Int = 0, isEstimated: Bool = false, cost: ModelCost? = nil,
        seconds: Double
    ) {
        calls = 1
        self.tokensIn = tokensIn
        self.tokensOut = tokensOut
        self.isEstimated = isEstimated
        costs = [cost].compactMap { $0 }
        self.seconds = seconds
        models = [model]
    }

    /// Of requests and replies.
    public var tokens: Int { tokensIn + tokensOut }

    mutating func add(_ other: ModelUsage) {
        calls += other.calls
        tokensIn += other.tokensIn
        tokensOut += other.tokensOut
        isEstimated = isEstimated || other.isEstimated
        costs.add(other.costs)
        seconds += other.seconds
        models += other.models.filter { !models.contains($0) }
    }
}

extension [ModelCost] {
    /// Adds amounts, currency by currency.
    mutating func add(_ costs: [ModelCost]) {
        for cost in costs {
            if let index = firstIndex(where: { $0.isIn(cost.currency) }) {
                self[index].amount += cost.amount
            } else {
                append(cost)
            }
        }
    }
}
