public import Diagnostics
public import Models
internal import Pipeline
public import Prompts
internal import JSON

/// Turns a question into a plan: by the grammar, or by a model whose query must bind before it is of any use.
///
/// ```swift
/// let writer = HuntWriter(grammar: HuntGrammar(catalog: catalog))
/// let plan = try await writer.plan("failed logins by jdoe in the last 2 hours")
/// let limits = QueryLimits(rows: plan.query.rows, window: plan.query.range.window)
/// let result = try catalog.engine.run(plan.query.text, limits: limits)
/// ```
public struct HuntWriter: Sendable {
    let grammar: HuntGrammar
    let model: (any LanguageModel)?
    let prompts: PromptText
    let nonce: @Sendable () -> String
    let guardrail: HuntGuardrail

    /// - Parameters:
    ///   - model: Asked first; one elsewhere should be a `PseudonymousModel` that is told ``HuntGrammar/names(of:)``.
    ///   - nonce: Makes the word that fences the question in one request; it must not be foreseeable.
    public init(
        grammar: HuntGrammar, model: (any LanguageModel)? = nil, prompts: PromptText = PromptText(),
        nonce: @escaping @Sendable () -> String = { String(UInt64.random(in: UInt64.min...UInt64.max), radix: 36) }
    ) {
        self.grammar = grammar
        self.model = model
        self.prompts = prompts
        self.nonce = nonce
        guardrail = HuntGuardrail(catalog: grammar.catalog, limits: grammar.limits)
    }

    /// The plan for a question. Costs at most four calls of the model: one, and three with what was wrong.
    ///
    /// - Throws: Where neither the model nor the grammar makes a query of it; the interruption, when it was one.
    public func plan(_ question: String) async throws(Diagnostic) -> HuntPlan {
        if Task.isCancelled { throw .interrupted }
        guard let model else { return try ruled(question, source: .rules) }
        if let refusal = grammar.order(in: question) { throw refusal }
        var attempts: [HuntPlan.Attempt] = []
        do {
            return try await written(question, by: model, &attempts)
        } catch {
            if error.kind == .interrupted || Task.isCancelled { throw .interrupted }
            let reason = error.problem.visible(limit: 300)
            do { return try ruled(question, source: .fallback(reason), attempts) } catch {
                throw Diagnostic(
                    "\(error.problem.visible(limit: 500)); and the model was of no use: \(reason)",
                    remedy: error.remedy, kind: error.kind)
            }
        }
    }

    /// The plan by the grammar. Its query passes the same guardrail.
    private func ruled(
        _ question: String, source: Source, _ attempts: [HuntPlan.Attempt] = []
    ) throws(Diagnostic) -> HuntPlan {
        let draft = try grammar.draft(question)
        return HuntPlan(
            question: question, intent: draft.intent, query: try guardrail.checked(draft.query, draft.intent.range),
            source: source, notes: draft.intent.notes, attempts: attempts)
    }
}
