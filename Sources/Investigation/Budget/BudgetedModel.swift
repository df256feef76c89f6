internal import Diagnostics
internal import HTTP
internal import JSON
internal import Models
internal import Synchronization

/// A model that is asked only what fits it and what the user allows.
///
/// Calls follow one another; each begins where the one before left the budget.
final class BudgetedModel: Sendable {
    let budget: ModelBudget
    let state: Mutex<State>
    /// Hides names toward a model elsewhere.
    let wrap: @Sendable (any LanguageModel) -> any LanguageModel

    /// What changes from call to call.
    struct State {
        var model: any LanguageModel
        var watch = Session.Watch()
        var command: CommandSpending
        var minute = MinuteWindow()
        var calibrations: [String: TokenCalibration] = [:]
        /// What the server said of each model's context, once it was asked.
        var contexts: [String: ContextReading?] = [:]
        /// Models that a shortfall was told of.
        var toldShort: Set<String> = []
    }

    init(
        _ model: any LanguageModel, budget: ModelBudget,
        wrap: @escaping @Sendable (any LanguageModel) -> any LanguageModel
    ) {
        self.budget = budget
        self.wrap = wrap
        state = Mutex(State(model: wrap(model), command: CommandSpending(budget)))
    }

    /// The model that is asked at present.
    var name: String { state.withLock { $0.model.name } }

    /// What is known of the model that is asked at present.
    var inUse: ModelInUse {
        let (name, contexts) = state.withLock { ($0.model.name, $0.contexts) }
        return ModelInUse(profile: budget.profile(of: name), probed: contexts[name])
    }

    /// What the running command, or the last one, has spent.
    var usage: ModelUsage { state.withLock { $0.command.usage } }

    /// Begins a command, which may spend what a command may.
    func begin(_ watch: Session.Watch) {
        state.withLock { state in
            state.watch = watch
            state.command = CommandSpending(budget)
        }
    }

    /// Asks once, unless the request does not fit or may not be spent.
    func ask(
        _ request: ModelRequest, onText: @escaping @Sendable (String) -> Void
    ) async -> (call: BudgetedCall, outcome: Result<ModelReply, any Error>) {
        var call = BudgetedCall(model: name)
        do {
            let estimate = try await admit(request, &call)
            let model = state.withLock { $0.model }
            call.isSent = true
            let began = ContinuousClock.now
            let outcome = await Self.outcome { try await model.reply(to: request, onText: onText) }
            settle(estimate, &call, try? outcome.get(), seconds: (ContinuousClock.now - began) / .seconds(1))
            return (call, outcome)
        } catch {
            return (call, .failure(error))
        }
    }

    private static func outcome(
        _ body: () async throws -> ModelReply
    ) async -> Result<ModelReply, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}

// MARK: After a call

extension BudgetedModel {
    /// Counts what a call took. One that failed counts nothing: most servers charge nothing for it, and one that
    /// cannot be reached must not use up what the command may spend.
    private func settle(_ estimate: CallEstimate, _ call: inout BudgetedCall, _ reply: ModelReply?, seconds: Double) {
        let counted = reply?.usage.flatMap { $0.isPlausible && $0.prompt > 0 ? $0 : nil }
        let usage = usage(estimate, call.model, reply, counted, seconds)
        call.cost = usage.costs.first
        let name = call.model
        let notice = state.withLock { state -> (Session.Watch, String)? in
            state.command.add(usage)
            if reply != nil { state.minute.settle(tokens: usage.tokens) }
            guard let counted else { return nil }
            let lesson = state.calibrations[name, default: TokenCalibration()]
                .learn(estimated: estimate.raw, counted: counted.prompt)
            guard lesson == .shortfall, state.toldShort.insert(name).inserted else { return nil }
            return (state.watch, BudgetMessages.shortfall(counted.prompt, estimate, name))
        }
        if let (watch, text) = notice { watch.onNotice(text) }
    }

    private func usage(
        _ estimate: CallEstimate, _ model: String, _ reply: ModelReply?, _ counted: TokenUsage?, _ seconds: Double
    ) -> ModelUsage {
        guard let reply else { return ModelUsage(model: model, seconds: seconds) }
        let tokensIn = counted?.prompt ?? estimate.tokensIn
        let tokensOut = counted?.completion ?? TokenEstimate.tokens(of: reply.text + reply.reasoning)
        return ModelUsage(
            model: model, tokensIn: tokensIn, tokensOut: tokensOut, isEstimated: counted == nil,
            cost: estimate.tariff?.cost(input: tokensIn, output: tokensOut), seconds: seconds)
    }
}
