internal import Diagnostics
internal import Models

/// What the running command has spent on models, and how much it may spend before the next question.
struct CommandSpending {
    /// What was sent and came back, as the server counted it, else as estimated.
    private(set) var usage = ModelUsage()
    private var allowedTokens: Int?
    private var allowedCost: Double?
    /// Why no model is asked any more.
    var stopped: Diagnostic?

    private let askTokens: Int?
    private let askCost: Double?

    init(_ budget: ModelBudget) {
        askTokens = budget.askTokens
        askCost = budget.askCost
        allowedTokens = askTokens
        allowedCost = askCost
    }

    /// The limit that a call would pass; `nil` for one that may be made unasked.
    func limitPassed(by call: CallEstimate) -> SpendingLimit? {
        if let allowedTokens, usage.tokens + call.tokens > allowedTokens { return .tokens(allowedTokens) }
        guard let allowedCost, let cost = call.cost, spent(in: cost.currency) + cost.amount > allowedCost else {
            return nil
        }
        return .cost(ModelCost(amount: allowedCost, currency: cost.currency))
    }

    /// What was spent in a currency.
    func spent(in currency: String?) -> Double { usage.costs.first { $0.isIn(currency) }?.amount ?? 0 }

    /// Allows this call, and as much again as was allowed at first.
    mutating func allow(_ call: CallEstimate) {
        allowedTokens = nextTokens(after: call)
        if let askCost, let cost = call.cost {
            allowedCost = max(allowedCost ?? 0, spent(in: cost.currency) + cost.amount) + askCost
        }
    }

    /// How many tokens the command may have spent once a call was allowed.
    func nextTokens(after call: CallEstimate) -> Int? {
        askTokens.map { max(allowedTokens ?? 0, usage.tokens + call.tokens) + $0 }
    }

    mutating func add(_ call: ModelUsage) { usage.add(call) }
}

/// What one call may need.
struct CallEstimate {
    /// By ``TokenEstimate`` alone, from which the calibration is learnt.
    let raw: Int
    /// Of the request.
    let tokensIn: Int
    /// The most of the reply, where it is bounded.
    let tokensOut: Int?
    let tariff: ModelTariff?

    /// Both together, as far as they are known.
    var tokens: Int { tokensIn + (tokensOut ?? 0) }
    var cost: ModelCost? { tariff?.cost(input: tokensIn, output: tokensOut ?? 0) }
}
