internal import Diagnostics
internal import Models

/// All that is said of calls that are not made, in one place. The problems stand behind `rules:` in results.
enum BudgetMessages {
    static func tooLong(_ call: CallEstimate, _ model: String, _ context: ContextReading) -> Diagnostic {
        let reply = call.tokensOut.map { " and \($0) for the reply" } ?? ""
        return refusal(
            "about \(call.tokensIn) tokens\(reply) do not fit the context of \(model.visible), "
                + "\(context.tokens) tokens (\(context.origin))",
            "Give the model a larger context, lower LLM_MAX_TOKENS, or narrow the question")
    }

    static func tooMuchForAMinute(_ call: CallEstimate, _ model: String, _ limit: Int) -> Diagnostic {
        refusal(
            "about \(call.tokens) tokens are more than \(model.visible) may get in a minute, \(limit) (config.json)",
            "Raise tokens_per_minute, or narrow the question")
    }

    static func stopped(_ usage: ModelUsage) -> Diagnostic {
        refusal(
            "the analyst stopped asking the model after \(usage.tokens) tokens",
            "Run it again, and go on at the question")
    }

    static func nobody(_ limit: SpendingLimit, _ command: CommandSpending, _ call: CallEstimate) -> Diagnostic {
        let passed = switch limit {
        case .tokens(let tokens):
            "about \(command.usage.tokens + call.tokens) tokens would pass LLM_ASK_TOKENS (\(tokens))"
        case .cost(let cost): "the call would pass LLM_ASK_COST (\(cost.amount) \(cost.currency ?? ""))"
        }
        return refusal(
            "\(passed), and there is no terminal to ask at; `--yes` goes on without asking",
            "Add `--yes`, or raise \(limit.setting)")
    }

    static func tier(of profile: ModelProfile) -> String {
        let limits = [
            profile.tokensPerMinute.map { "\($0) token\($0 == 1 ? "" : "s")" },
            profile.requestsPerMinute.map { "\($0) request\($0 == 1 ? "" : "s")" },
        ]
        return "\(profile.name.visible) may get \(limits.compactMap { $0 }.joined(separator: " and ")) a minute"
    }

    static func shortfall(_ counted: Int, _ call: CallEstimate, _ model: String) -> String {
        "\(model.visible) counted \(counted) of about \(call.tokensIn) tokens: its server may have cut the request; "
            + "give the model a larger context"
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }
}
