import Diagnostics
import Investigation
import JSON
import Models

/// What a session has spent on models, and what bounds it.
struct BudgetText {
    let spending: ModelSpending
    /// `nil` means the built-in analyst.
    let model: ModelInUse?
    let budget: ModelBudget

    /// For programs.
    var record: JSONValue {
        .object([
            JSONValue.Member("model", ModelText(model, budget: budget).record),
            JSONValue.Member("ask_tokens", budget.askTokens.map { .integer(Int64($0)) } ?? .null),
            JSONValue.Member("ask_cost", budget.askCost.map { JSONValue($0) } ?? .null),
        ] + (spending.json.members ?? []))
    }

    /// The tasks and their sum, one record each.
    var rows: [JSONValue] {
        spending.tasks.map { $0.figures.json(named: $0.name) } + [spending.total.json(named: "total")]
    }

    /// For people.
    func lines(on screen: Screen) -> [String] {
        var lines = spending.tasks.isEmpty ? [] : render(table, on: screen)
        for sentence in sentences { lines += wrap(sentence, width: screen.width, indent: 2).map { screen.paint($0, .dim) } }
        return lines
    }

    private var table: TextTable {
        let total = spending.total, all = spending.tasks + [("total", total)]
        var columns: [(TextTable.Column, (ModelSpending.Figures) -> String)] = [
            (.init("calls", alignment: .right), { $0.calls.grouped }),
            (.init("failed", alignment: .right, priority: 2), { $0.failed.grouped }),
        ]
        if total.unsent > 0 { columns.append((.init("not sent", alignment: .right, priority: 2), { $0.unsent.grouped })) }
        columns += [
            (.init("estimate", alignment: .right, priority: 2), { $0.estimatedIn.grouped }),
            (.init("in", alignment: .right), { $0.countedIn.grouped }),
            (.init("out", alignment: .right), { $0.countedOut.grouped }),
        ]
        if !total.costs.isEmpty { columns.append((.init("cost", alignment: .right), Self.cost)) }
        return TextTable(
            columns: [.init("task")] + columns.map(\.0),
            rows: all.map { task in [.init(task.name)] + columns.map { .init($0.1(task.figures)) } })
    }

    private static func cost(_ figures: ModelSpending.Figures) -> String {
        figures.costs.isEmpty ? "–" : figures.costs.map(SpendingText.money).joined(separator: " + ")
    }

    private var sentences: [String] {
        let total = spending.total
        var sentences: [String] = []
        if spending.tasks.isEmpty {
            sentences.append(
                model == nil
                    ? "nothing was spent: the built-in analyst answers, and it costs nothing"
                    : "nothing was spent: no model was asked in this session")
        } else {
            sentences.append("tokens; `estimate` is what was expected of the requests, `in` and `out` are the server's counts")
        }
        if total.uncounted > 0 { sentences.append("\(counted(total.uncounted, "reply", plural: "replies")) came without the server's count") }
        sentences += ModelText(model, budget: budget).sentences
        if model != nil { sentences.append(threshold) }
        return sentences
    }

    private var threshold: String {
        let cost = budget.askCost.map { ["\(SpendingText.money(ModelCost(amount: $0, currency: model?.profile.tariff?.currency))) (LLM_ASK_COST)"] } ?? []
        let limits = (budget.askTokens.map { ["\($0.grouped) tokens (LLM_ASK_TOKENS)"] } ?? []) + cost
        return limits.isEmpty
            ? "never asks before it spends (LLM_ASK_TOKENS is 0)"
            : "asks before one command spends more than \(limits.joined(separator: " or "))"
    }
}

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
            ? "neither config.json nor the server says" : "not in config.json; the server is asked before the first call"
        let tier = [
            profile.tokensPerMinute.map { counted($0, "token") }, profile.requestsPerMinute.map { counted($0, "request") },
        ].compactMap { $0 }
        return [
            "\(profile.name.visible)\(budget.endpoint.map { " @ \($0.visible)" } ?? "")",
            "context: " + (model.context.map { "\($0.tokens.grouped) tokens (\($0.origin))" } ?? unknown),
            "price of a million tokens: "
                + (profile.tariff.map { "\(SpendingText.price($0)) (config.json)" } ?? "not in config.json, so no cost is shown"),
            tier.isEmpty ? nil : "a minute: \(tier.joined(separator: " and ")) (config.json)",
            budget.replyTokens.map { "a reply: \($0.grouped) tokens at most (LLM_MAX_TOKENS)" },
        ].compactMap { $0 }
    }
}
