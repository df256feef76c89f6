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
    private let state: Mutex<State>
    /// Hides names toward a model elsewhere.
    private let wrap: @Sendable (any LanguageModel) -> any LanguageModel

    private struct State {
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

// MARK: Before a call

extension BudgetedModel {
    /// Waits until a request may be sent, and to the model that the user wants.
    ///
    /// - Throws: Why it is not sent, of kind `.unavailable`; the interruption, when it was one.
    private func admit(_ request: ModelRequest, _ call: inout BudgetedCall) async throws -> CallEstimate {
        while true {
            if let stopped = state.withLock({ $0.command.stopped }) { throw stopped }
            let model = try await known(name)
            let estimate = estimate(request, model.profile)
            call.model = model.profile.name
            call.estimate = estimate.tokensIn
            try fits(estimate, model)
            if let limit = state.withLock({ $0.command.limitPassed(by: estimate) }) {
                let switched = try await decide(request, model, estimate, limit, &call)
                if switched { continue }
            }
            try await waitForMinute(estimate, model.profile)
            return estimate
        }
    }

    /// What is known of a model; the first time its server is asked for what the configuration does not say.
    private func known(_ name: String) async throws(Diagnostic) -> ModelInUse {
        let profile = budget.profile(of: name), probed = state.withLock { $0.contexts[name] }
        guard profile.context == nil, probed == nil else { return ModelInUse(profile: profile, probed: probed) }
        let reading = await budget.probe(name)
        if Task.isCancelled { throw .interrupted }
        state.withLock { $0.contexts[name] = .some(reading) }
        return ModelInUse(profile: profile, probed: .some(reading))
    }

    private func estimate(_ request: ModelRequest, _ profile: ModelProfile) -> CallEstimate {
        let raw = TokenEstimate.tokens(of: request)
        let calibration = state.withLock { $0.calibrations[profile.name] } ?? TokenCalibration()
        return CallEstimate(
            raw: raw, tokensIn: calibration.tokens(raw), tokensOut: request.maxTokens ?? budget.replyTokens,
            tariff: profile.tariff)
    }

    private func fits(_ call: CallEstimate, _ model: ModelInUse) throws(Diagnostic) {
        let name = model.profile.name
        if let context = model.context, call.tokensIn + max(1, call.tokensOut ?? 0) > context.tokens {
            throw BudgetMessages.tooLong(call, name, context)
        }
        if let limit = model.profile.tokensPerMinute, call.tokens > limit {
            throw BudgetMessages.tooMuchForAMinute(call, name, limit)
        }
    }

    /// Asks the user.
    ///
    /// - Returns: Whether another model is to be asked.
    private func decide(
        _ request: ModelRequest, _ model: ModelInUse, _ estimate: CallEstimate, _ limit: SpendingLimit,
        _ call: inout BudgetedCall
    ) async throws(Diagnostic) -> Bool {
        let (watch, command) = state.withLock { ($0.watch, $0.command) }
        let answer = await watch.approve(question(request, model, estimate, limit, command))
        // Ctrl-C may come while the answer is on its way; it means what it means at the question.
        if Task.isCancelled { throw .interrupted }
        call.decision = answer.word
        switch answer {
        case .interrupted: throw .interrupted
        case .proceed: state.withLock { $0.command.allow(estimate) }
        case .other(let name):
            guard let make = budget.model else { break }
            state.withLock { state in
                state.model = wrap(make(name))
                state.command.allow(estimate)
            }
            watch.onNotice("\(name.visible) is asked from here on, until this session ends")
            return true
        case .stop: throw stop(BudgetMessages.stopped(command.usage))
        case .unavailable: throw stop(BudgetMessages.nobody(limit, command, estimate))
        }
        return false
    }

    private func stop(_ reason: Diagnostic) -> Diagnostic {
        state.withLock { $0.command.stopped = reason }
        return reason
    }

    private func question(
        _ request: ModelRequest, _ model: ModelInUse, _ call: CallEstimate, _ limit: SpendingLimit,
        _ command: CommandSpending
    ) -> SpendingQuestion {
        SpendingQuestion(
            task: request.purpose, model: model, endpoint: budget.endpoint, tokensIn: call.tokensIn,
            tokensOut: call.tokensOut, cost: call.cost, spentTokens: command.usage.tokens,
            spentCost: call.cost.map { ModelCost(amount: command.spent(in: $0.currency), currency: $0.currency) },
            limit: limit, nextTokens: command.nextTokens(after: call), others: budget.others(than: model.profile.name))
    }

    /// Keeps to what the model's tier allows in a minute.
    private func waitForMinute(_ call: CallEstimate, _ profile: ModelProfile) async throws(Diagnostic) {
        guard profile.tokensPerMinute != nil || profile.requestsPerMinute != nil else { return }
        var now = budget.clock.now()
        while true {
            let (seconds, watch) = state.withLock { state in
                let wait = state.minute.wait(
                    for: call.tokens, tokenLimit: profile.tokensPerMinute, requestLimit: profile.requestsPerMinute,
                    now: now)
                if wait == 0 { state.minute.add(tokens: call.tokens, at: now) }
                return (wait, state.watch)
            }
            guard seconds > 0 else { return }
            watch.onNotice("waiting \(seconds) s: \(BudgetMessages.tier(of: profile))")
            do { try await budget.clock.sleep(.seconds(seconds)) } catch { throw .interrupted }
            now = max(budget.clock.now(), now + seconds)
        }
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
