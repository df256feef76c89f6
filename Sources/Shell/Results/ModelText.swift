import Diagnostics
import Investigation
import JSON
import Models

/// Which analyst answers, and what is known of its model.
struct ModelText {
    private let model: ModelInUse?
    private let budget: ModelBudget

    init(_ model: ModelInUse?, budget: ModelBudget) {
        self.model = model
        self.budget = budget
    }

    /// The limits and prices; null without a model.
    var record: JSONValue {
        guard let model else { return .null }
        let profile = model.profile, number = { (count: Int?) in count.map { JSONValue.integer(Int64($0)) } ?? .null }
        return [
            "name": .string(profile.name), "endpoint": JSONValue(budget.endpoint),
            "context": number(model.context?.tokens), "context_from": JSONValue(model.context?.origin),
            "input_price": profile.tariff.map { JSONValue($0.input) } ?? .null,
            "output_price": profile.tariff.map { JSONValue($0.output) } ?? .null,
            "currency": JSONValue(profile.tariff?.currency), "tokens_per_minute": number(profile.tokensPerMinute),
            "requests_per_minute": number(profile.requestsPerMinute), "reply_tokens": number(budget.replyTokens),
        ]
    }

    /// What is known, one sentence each; none without a model.
    var sentences: [String] {
        guard let model else { return [] }
        let profile = model.profile
        let unknown = model.isProbed
            ? "neither config.json nor the server says"
            : "not in config.json; the server is asked before the first call"
        let tier = [
            profile.tokensPerMinute.map { counted($0, "token") },
            profile.requestsPerMinute.map { counted($0, "request") },
        ].compactMap { $0 }
        return [
            "\(profile.name.visible)\(budget.endpoint.map { " @ \($0.visible)" } ?? "")",
            "context: " + (model.context.map { "\($0.tokens.grouped) tokens (\($0.origin))" } ?? unknown),
            "price of a million tokens: "
                + (profile.tariff.map { "\(SpendingText.price($0)) (config.json)" }
                    ?? "not in config.json, so its calls show no cost"),
            tier.isEmpty ? nil : "a minute: \(tier.joined(separator: " and ")) (config.json)",
            budget.replyTokens.map { "a reply: \($0.grouped) tokens at most (LLM_MAX_TOKENS)" },
        ].compactMap { $0 }
    }

    /// What the configuration says of a model, in one line; `nil` where it says nothing.
    static func brief(_ profile: ModelProfile) -> String? {
        let parts = [
            profile.context.map { "context \($0.grouped)" },
            profile.tariff.map { "a million tokens \(SpendingText.price($0))" },
            profile.tokensPerMinute.map { "\(counted($0, "token")) a minute" },
            profile.requestsPerMinute.map { "\(counted($0, "request")) a minute" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
