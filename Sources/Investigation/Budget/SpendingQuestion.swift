public import Models

/// A call of a model that would spend more than the user allowed without a question.
public struct SpendingQuestion: Sendable {
    /// What the call is for: `route`, `score`, `plan`, `answer`, `hunt` or `hunt_analysis`.
    public let task: String
    /// The model that would be asked.
    public let model: ModelInUse
    /// Where it is served, as the user knows it.
    public let endpoint: String?
    /// Tokens of the request, estimated.
    public let tokensIn: Int
    /// The most tokens of the reply; `nil` where only the context bounds it.
    public let tokensOut: Int?
    /// What the call costs at most, or at least where ``tokensOut`` is not known; `nil` without a price.
    public let cost: ModelCost?
    /// What the running command has spent.
    public let spentTokens: Int
    /// In the currency of ``cost``.
    public let spentCost: ModelCost?
    /// The limit that would be passed.
    public let limit: SpendingLimit
    /// How many tokens the command may have spent when it is asked again, should it go on.
    public let nextTokens: Int?
    /// The models that could be asked in its place.
    public let others: [ModelProfile]
}

/// A limit of what one command may spend without a question, as it stands for the running command.
public enum SpendingLimit: Hashable, Sendable {
    case tokens(Int)
    case cost(ModelCost)

    /// The setting behind it.
    public var setting: String {
        switch self {
        case .tokens: "LLM_ASK_TOKENS"
        case .cost: "LLM_ASK_COST"
        }
    }
}

/// What is answered to a ``SpendingQuestion``.
public enum SpendingAnswer: Hashable, Sendable {
    /// The command may go on, and spend as much again before the next question.
    case proceed
    /// The same, with another model of the same endpoint for the rest of the session.
    case other(String)
    /// No model is asked any more in this command.
    case stop
    /// Ctrl-C.
    case interrupted
    /// There is nobody to ask.
    case unavailable

    /// The word for it in records.
    var word: String {
        switch self {
        case .proceed: "continue"
        case .other: "other model"
        case .stop: "stop"
        case .interrupted: "interrupted"
        case .unavailable: "nobody to ask"
        }
    }
}
