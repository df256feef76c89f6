public import HTTP
public import Models

/// What models may spend without a question, and what is known of them before they are asked.
public struct ModelBudget: Sendable {
    /// Tokens that one command may spend before the user is asked; `nil` means any number.
    public var askTokens: Int?
    /// Money that one command may spend before the user is asked, in the currency of the model's tariff; `nil` means
    /// any amount.
    public var askCost: Double?
    /// What the configuration says of models, in its order.
    public var profiles: [ModelProfile]
    /// Where the models are served, as the user knows it, such as `localhost:1234`.
    public var endpoint: String?
    /// The most tokens of a reply, where the request names no number; `nil` means that the model decides.
    public var replyTokens: Int?
    /// Makes another model of the same endpoint.
    public var model: (@Sendable (String) -> any LanguageModel)?
    /// Asks the server how long a model's context is.
    public var probe: @Sendable (String) async -> ContextReading?
    /// How a minute passes.
    public var clock: RetryClock

    /// A budget; without arguments nothing is limited and nothing is asked.
    public init(
        askTokens: Int? = nil, askCost: Double? = nil, profiles: [ModelProfile] = [], endpoint: String? = nil,
        replyTokens: Int? = nil, model: (@Sendable (String) -> any LanguageModel)? = nil,
        probe: @escaping @Sendable (String) async -> ContextReading? = { _ in nil }, clock: RetryClock = .system
    ) {
        self.askTokens = askTokens
        self.askCost = askCost
        self.profiles = profiles
        self.endpoint = endpoint
        self.replyTokens = replyTokens
        self.model = model
        self.probe = probe
        self.clock = clock
    }

    /// What the configuration says of a model.
    public func profile(of name: String) -> ModelProfile {
        profiles.last { $0.name.utf8.elementsEqual(name.utf8) } ?? ModelProfile(name: name)
    }

    /// The models that could be asked in the place of this one.
    func others(than name: String) -> [ModelProfile] {
        model == nil ? [] : profiles.filter { !$0.name.utf8.elementsEqual(name.utf8) }
    }
}

/// The model that is asked, and what is known of it.
public struct ModelInUse: Sendable {
    public let profile: ModelProfile
    /// How long its context is; `nil` while nobody has said.
    public let context: ContextReading?
    /// Whether the server was asked for the context.
    public let isProbed: Bool

    /// - Parameter probed: What the server said, once it was asked.
    public init(profile: ModelProfile, probed: ContextReading?? = nil) {
        self.profile = profile
        context = profile.context.map { ContextReading(tokens: $0, origin: "config.json") } ?? probed.flatMap { $0 }
        isProbed = probed != nil
    }
}
