internal import Connectors
internal import Detection
internal import Diagnostics
internal import Hunting
internal import JSON
internal import KQL
internal import Models
internal import Pipeline
internal import Tables

// Hunts: a question, the query for it, its rows, and what they show.
extension Session {
    /// Writes the query, shows it, has it confirmed, runs it, and keeps what the rows show as findings.
    ///
    /// Nothing is sent to a service before the confirmation.
    func hunt(_ request: HuntRequest, watch: Watch) async throws -> HuntOutcome {
        let ground = try HuntGround(request, tables: queryTables, now: clock.time, limits: settings.huntLimits)
        names.add(ground.grammar.names(of: request.question))
        let writer = HuntWriter(grammar: ground.grammar, model: huntModel, prompts: services.prompts)
        // First, so that a service which is not set up costs no call of a model.
        let steps = try await huntSteps(ground.place, watch)
        let drafted = try await ground.plan(by: writer)
        let (plan, confirmation) = try await confirmed(drafted, ground, steps)
        let began = ContinuousClock.now
        let found = try await rows(of: plan, ground, steps)
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        let (judgement, notes) = try await judged(found.rows, plan, steps)
        let hunt = Hunt(
            plan: plan, place: ground.place, rows: found.rows, judgement: judgement, notes: found.notes + notes)
        let findings = try await take(hunt.detectionFindings(found.rows), watch)
        let outcome = HuntOutcome(
            hunt: hunt, confirmation: confirmation, rows: found.rows, findings: findings, planNotes: plan.notes,
            seconds: seconds)
        state.hunts.put(outcome.record) { $0["id"] == $1["id"] }
        try await keep([outcome.record], as: .hunts)
        return outcome
    }

    private func huntSteps(_ place: Hunt.Place, _ watch: Watch) async throws -> HuntSteps {
        if let recorded { return try HuntSteps(recorded: recorded) }
        let engine = place == .local ? nil : try services.remoteEngine(place)
        return try await HuntSteps(place, engine, hidesNames: hidesNames, transcript: transcript, watch: watch)
    }

    // MARK: Before it runs

    /// The plan as it may run, edited or not, and who said so.
    private func confirmed(
        _ drafted: HuntPlan, _ ground: HuntGround, _ steps: HuntSteps
    ) async throws -> (HuntPlan, by: String) {
        var plan = drafted, fault: Diagnostic?
        while true {
            let isConfirmed = ground.request.isConfirmed
            let decision = try await steps.decide(
                HuntProposal(
                    plan: plan, place: ground.place, service: steps.service, fault: fault, isConfirmed: isConfirmed))
            fault = nil
            // Ctrl-C may come while the answer is on its way; it means what it means at the question.
            if Task.isCancelled { throw Diagnostic.interrupted }
            switch decision {
            case .interrupted: throw Diagnostic.interrupted
            case _ where isConfirmed: return (plan, "--yes")
            case .run: return (plan, "terminal")
            case .decline:
                throw Diagnostic("not confirmed, so the query was not run", remedy: "Ask in other words, or edit it")
            case .edited(let text):
                do { plan = try ground.edited(plan, to: text) } catch { fault = error }
            case .unavailable:
                guard ground.place != .local else { return (plan, "nobody") }
                throw Self.unconfirmed(steps.service)
            }
        }
    }

    private static func unconfirmed(_ service: String?) -> Diagnostic {
        Diagnostic(
            "there is no terminal to confirm the query at, so \(service ?? "the service") was not asked",
            remedy: "Read the query, then add `--yes`")
    }

    // MARK: Rows

    private func rows(of plan: HuntPlan, _ ground: HuntGround, _ steps: HuntSteps) async throws -> RemoteRows {
        guard ground.place == .local else {
            do { return try await steps.rows(plan.query) } catch let fault as Diagnostic {
                throw HuntGround.failure(fault)
            }
        }
        let limits = QueryLimits(
            rows: plan.query.rows, time: settings.queryDuration, window: plan.query.range.window)
        // One seed for all: what a query samples is the same again.
        let run = QueryRun(engine: ground.grammar.catalog.engine, limits: limits, seed: 0)
        switch await run.run(plan.query.text) {
        case .result(let result):
            let left = result.totalCount - result.count
            let note = left > 0 ? ["a hunt reads \(result.count) rows at most: \(left) more were left out"] : []
            return RemoteRows(rows: HuntRows(result), notes: result.notes + note)
        case .fault(let fault): throw QueryFault(fault, in: plan.query.text)
        case .cancelled: throw Diagnostic.interrupted
        }
    }

    /// What the rows show. A model elsewhere judges those of the events alone, whose names are known and hidden.
    private func judged(
        _ rows: HuntRows, _ plan: HuntPlan, _ steps: HuntSteps
    ) async throws -> (HuntAnalyst.Judgement, notes: [String]) {
        let known = Set(QueryTables.builtIn).subtracting(state.tables.map(\.name))
        let isKnown = steps.service == nil && plan.query.tables.allSatisfy(known.contains)
        let model = steps.hidesNames && !isKnown ? nil : huntModel
        let notes = model == nil && huntModel != nil
            ? ["the model was not shown these rows, as their names cannot be hidden (`--send-raw` shows them)"] : []
        let analyst = HuntAnalyst(model: rows.count > 0 ? model : nil, prompts: services.prompts)
        return (try await analyst.judge(rows, of: plan), notes)
    }

    // MARK: Findings

    /// Keeps the findings beside the others, and what was said of them before.
    private func take(_ findings: [DetectionFinding], _ watch: Watch) async throws -> [DetectionFinding] {
        guard !findings.isEmpty else { return [] }
        let marked = marked(findings, by: try await suppressions(besides: nil, watch: watch), watch: watch)
        for finding in marked { state.findings.put(finding) { $0.id == $1.id } }
        try await keep(marked.map(\.json), as: .findings)
        try await recallVerdicts(on: marked.map(\.id), watch: watch)
        return marked
    }
}

extension DetectionFinding {
    /// Whether a hunt made it: then detecting again neither makes it anew nor takes it away.
    var isOfHunt: Bool { metadata["hunt"]?.string != nil }
}
