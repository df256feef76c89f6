import Diagnostics
import Foundation
import Investigation
import Models

/// The words of a question about spending, and of money.
struct SpendingText {
    private let question: SpendingQuestion

    init(_ question: SpendingQuestion) { self.question = question }

    /// The limit with its setting.
    var limit: String {
        switch question.limit {
        case .tokens(let tokens): "\(tokens.grouped) tokens (LLM_ASK_TOKENS)"
        case .cost(let cost): "\(Self.money(cost)) (LLM_ASK_COST)"
        }
    }

    var lines: [String] {
        let name = question.model.profile.name.visible
        return [
            "\(question.task.visible) would spend more than \(limit)",
            "  \(name)\(question.endpoint.map { " @ \($0)" } ?? "")",
            "  this call: about \(counted(question.tokensIn, "token")) in, \(reply)",
            question.cost.map { "  cost: at \(question.tokensOut == nil ? "least" : "most") \(Self.money($0))" },
            "  spent by this command: \(counted(question.spentTokens, "token"))"
                + (question.spentCost.map { ", \(Self.money($0))" } ?? ""),
            "  context: "
                + (question.model.context.map { "\($0.tokens.grouped) tokens (\($0.origin))" } ?? "not known"),
            help,
        ].compactMap { $0 }
    }

    private var reply: String {
        question.tokensOut.map { "at most \($0.grouped) out" } ?? "and the reply (LLM_MAX_TOKENS is not set)"
    }

    /// What each choice does.
    var help: String {
        let next = question.nextTokens.map { " and asks again at \($0.grouped) tokens" } ?? ""
        let other = question.others.isEmpty ? "" : "; `o` asks another model from here on"
        return "`c` goes on\(next)\(other); `s` leaves the rest of this command to the built-in analyst"
    }

    var choices: String {
        question.others.isEmpty ? "Continue or stop? [c/s]" : "Continue, other, or stop? [c/o/s]"
    }

    /// Models to choose from.
    static func table(of models: [ModelProfile]) -> TextTable {
        TextTable(
            columns: [
                .init("#", alignment: .right), .init("model", canShrink: true), .init("context", alignment: .right),
                .init("price"),
            ],
            rows: models.enumerated().map { index, model in
                [
                    .init("\(index + 1)", .dim), .init(model.name), .init(model.context?.grouped ?? "not known"),
                    .init(model.tariff.map(price) ?? "not known"),
                ]
            })
    }

    // MARK: Money

    /// An amount with its currency: `1.20 USD`, `0.0017 USD`, `< 0.0001 USD`.
    static func money(_ cost: ModelCost) -> String {
        let amount = cost.amount
        let digits = String(format: amount < 1 ? "%.4f" : "%.2f", amount)
        let number = amount == 0 ? "0" : amount < 0.00005 ? "< 0.0001" : digits
        return number + (cost.currency.map { " \($0.visible)" } ?? "")
    }

    /// Prices for a million tokens: `0.1 in, 0.4 out USD`.
    static func price(_ tariff: ModelTariff) -> String {
        let number = { (price: Double) in price == price.rounded() && price < 1e9 ? "\(Int(price))" : "\(price)" }
        let currency = tariff.currency.map { " \($0.visible)" } ?? ""
        return "\(number(tariff.input)) in, \(number(tariff.output)) out\(currency)"
    }
}
