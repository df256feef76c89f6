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
        for sentence in sentences {
            lines += wrap(sentence, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
        }
        return lines
    }

    private var table: TextTable {
        let total = spending.total, all = spending.tasks + [("total", total)]
        var columns: [(TextTable.Column, (ModelSpending.Figures) -> String)] = [
            (.init("calls", alignment: .right), { $0.calls.grouped }),
            (.init("failed", alignment: .right, priority: 2), { $0.failed.grouped }),
        ]
        if total.unsent > 0 {
            columns.append((.init("not sent", alignment: .right, priority: 2), { $0.unsent.grouped }))
        }
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
            sentences.append(
                "tokens; `estimate` is what was expected of the requests, `in` and `out` are the server's counts")
        }
        if !total.costs.isEmpty, total.unpriced > 0 {
            sentences.append("\(counted(total.unpriced, "reply")) came from a model without a price")
        }
        if total.uncounted > 0 { 
            let cost = total.costs.isEmpty ? "" : "; what they cost is estimated"
            sentences.append("\(counted(total.uncounted, "reply")) came without the server's count\(cost)")
        }
        sentences += ModelText(model, budget: budget).sentences
        if model != nil { sentences.append(threshold) }
        return sentences
    }

    private var threshold: String {
        let currency = model?.profile.tariff?.currency
        let limits = [
            budget.askTokens.map { "\($0.grouped) tokens (LLM_ASK_TOKENS)" },
            budget.askCost.map { "\(SpendingText.money(ModelCost(amount: $0, currency: currency))) (LLM_ASK_COST)" },
        ].compactMap { $0 }
        return limits.isEmpty
            ? "never asks before it spends (LLM_ASK_TOKENS is 0)"
            : "asks before one command spends more than \(limits.joined(separator: " or "))"
    }
}
