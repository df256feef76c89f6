internal import Diagnostics
internal import HTTP
internal import Models
internal import Synchronization

// What is settled before a call: whether it fits, and whether the user wants it.
extension BudgetedModel {
    /// Waits until a request may be sent, and to the model that the user wants.
    ///
    /// - Throws: Why it is not sent, of kind `.unavailable`; the interruption, when it was one.
    func admit(_ request: ModelRequest, _ call: inout BudgetedCall) async throws(Diagnostic) -> CallEstimate {
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
            guard let make = budget.model else { throw stop(BudgetMessages.stopped(command.usage)) }
            state.withLock { state in
                state.model = wrap(make(name))
                // Another model has minutes of its own.
                state.minute = MinuteWindow()
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
