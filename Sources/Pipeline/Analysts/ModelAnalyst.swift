public import Detection
public import Models
public import Prompts
internal import Diagnostics
internal import Events
internal import JSON
internal import Synchronization

/// An analyst that asks a language model, checks what comes back, and answers by the rules when it is of no use.
///
/// ```swift
/// let analyst = ModelAnalyst(model: endpoint)
/// let proposal = try await analyst.score(finding, in: file)
/// proposal.source.words  // "model gpt-oss-20b", or "model unavailable: …"
/// ```
public struct ModelAnalyst: Analyst {
    /// Who is asked.
    public let model: any LanguageModel
    private let prompts: PromptText
    private let rules: RuleAnalyst
    private let nonce: @Sendable () -> String

    public var name: String { model.name }
    public let asksModel = true

    /// An analyst; nothing is asked yet.
    ///
    /// - Parameter nonce: Makes the word that fences the evidence of one request; it must not be foreseeable.
    public init(
        model: any LanguageModel, prompts: PromptText = PromptText(), fallback: RuleAnalyst = RuleAnalyst(),
        nonce: @escaping @Sendable () -> String = { String(UInt64.random(in: UInt64.min...UInt64.max), radix: 36) }
    ) {
        self.model = model
        self.prompts = prompts
        rules = fallback
        self.nonce = nonce
    }

    public func route(_ context: RouteContext) async throws -> Proposal<RouteProposal> {
        let material = "agents:\n\(Roster.json.text)\n\ncontext:\n\(Evidence(context.json).block(nonce: nonce()))"
        return try await ask(
            .router, "route", material, ReplyForms.route, asked: context.json, ReplyForms.readRoute
        ) { rules.routing(context) }
    }

    public func score(_ finding: DetectionFinding, in file: CaseFile) async throws -> Proposal<RiskProposal> {
        let baseline = rules.risk(of: finding, in: file)
        let evidence = Evidence(for: finding, baseline: baseline, in: file)
        return try await ask(
            .riskAgent, "score", evidence.block(nonce: nonce()), ReplyForms.risk, asked: finding.json,
            ReplyForms.readRisk
        ) { baseline }
    }

    public func plan(_ incident: SecurityIncident, in file: CaseFile) async throws -> Proposal<PlanProposal> {
        let known = CanonicalStep.allCases.map { "\($0.rawValue): \($0.description)" }.joined(separator: "\n")
        let evidence = Evidence(for: incident, in: file).block(nonce: nonce())
        return try await ask(
            .plannerAgent, "plan", "known_steps:\n\(known)\n\n\(evidence)", ReplyForms.plan, asked: incident.json,
            ReplyForms.readPlan
        ) { rules.planning(incident, in: file) }
    }

    /// Asks a typed question; any trouble but an interruption is answered by the rules.
    private func ask<Value: Sendable>(
        _ prompt: PromptText.Name, _ purpose: String, _ material: String, _ schema: ReplySchema, asked: JSONValue,
        _ decode: @Sendable (JSONValue) throws(Diagnostic) -> Value, otherwise: () -> Value
    ) async throws -> Proposal<Value> {
        do {
            let request = ModelRequest(
                purpose: purpose,
                messages: [ChatMessage(.system, try prompts.text(prompt)), ChatMessage(.user, material)],
                schema: schema)
            let repair = try prompts.text(.repair)
            let reply = try await model.structured(
                request,
                repairPrompt: { repair.replacing("{reason}", with: $0.visible(limit: EvidenceCaps.text)) },
                decode: decode)
            return Proposal(reply.value, source: .model(model.name), asked: asked, answered: reply.raw)
        } catch {
            return Proposal(otherwise(), source: .fallback(try Self.reason(error)), asked: asked)
        }
    }

    /// Why the model's answer is not used, for `source`.
    ///
    /// - Throws: The interruption, when it was one.
    private static func reason(_ error: any Error) throws -> String {
        if error is CancellationError || Task.isCancelled { throw Diagnostic.interrupted }
        guard let diagnostic = error as? Diagnostic else { return "the model could not be asked" }
        if diagnostic.kind == .interrupted { throw diagnostic }
        return diagnostic.problem.visible(limit: 300)
    }
}

// MARK: Questions in words

extension ModelAnalyst {
    public func answer(
        _ question: String, in file: CaseFile, onText: @escaping @Sendable (String) -> Void
    ) async throws -> Answer {
        let evidence = Evidence(for: question, in: file)
        let gate = StreamGate(known: evidence.ids, onText: onText)
        do {
            guard file.events.count > 0 else { return try await rules.answer(question, in: file, onText: onText) }
            let request = ModelRequest(
                purpose: "answer",
                messages: [
                    ChatMessage(.system, try prompts.text(.answer)),
                    ChatMessage(
                        .user, "\(evidence.block(nonce: nonce()))\n\nQuestion: \(question.visible(limit: 4000))"),
                ])
            let reply = try await model.reply(to: request) { gate.pass($0) }
            let answer = try checked(reply, question, evidence)
            gate.finish(answer.text)
            return answer
        } catch {
            let reason = try Self.reason(error)
            let answer = rules.reply(to: question, in: file).with(source: .fallback(reason))
            gate.replace(with: answer.text)
            return answer
        }
    }

    /// The reply as an answer: citations checked, and what does not agree with the evidence said at the end.
    private func checked(_ reply: ModelReply, _ question: String, _ evidence: Evidence) throws(Diagnostic) -> Answer {
        try Self.refuseUnusable(reply)
        var gate = CitationGate(known: evidence.ids)
        var text = gate.pass(reply.text)
        text += gate.finish()
        let foreign = gate.citations.filter { !$0.verified }.map(\.id)
        if !foreign.isEmpty { text += "\nNot in the evidence: \(foreign.joined(separator: ", "))." }
        let values = ValueCheck(evidence, question: question).unverified(in: text).filter { !foreign.contains($0) }
        if !values.isEmpty { text += "\nCould not be verified against the events: \(values.joined(separator: ", "))." }
        return Answer(question: question, text: text, citations: gate.citations, source: .model(model.name))
    }

    private static func refuseUnusable(_ reply: ModelReply) throws(Diagnostic) {
        let problem: String? =
            switch reply.finish {
            case .interrupted: throw .interrupted
            case .length: "the answer was cut at its length limit"
            case .truncated: "the answer was cut short by the server"
            case .filtered: "the model refused to answer"
            case .complete: reply.text.contains { !$0.isWhitespace } ? nil : "the answer was empty"
            }
        if let problem { throw Diagnostic(problem, remedy: "Ask again, or use another model", kind: .unavailable) }
    }
}

/// Shows a streamed answer through a ``CitationGate``, then whatever the finished answer has beyond it.
private final class StreamGate: Sendable {
    private let state: Mutex<(gate: CitationGate, shown: String)>
    private let onText: @Sendable (String) -> Void

    init(known: Set<String>, onText: @escaping @Sendable (String) -> Void) {
        state = Mutex((CitationGate(known: known), ""))
        self.onText = onText
    }

    func pass(_ piece: String) {
        show { gate in gate.pass(piece) }
    }

    /// Shows what the answer has after all that was shown; a different answer is shown whole.
    func finish(_ answer: String) {
        show { gate in gate.finish() }
        let shown = state.withLock { $0.shown }
        if answer.hasPrefix(shown) { onText(String(answer.dropFirst(shown.count))) } else { replace(with: answer) }
    }

    /// Shows another answer on lines of its own.
    func replace(with answer: String) {
        let begun = state.withLock { !$0.shown.isEmpty }
        onText((begun ? "\n" : "") + answer)
    }

    private func show(_ step: (inout CitationGate) -> String) {
        let text = state.withLock { state in
            let text = step(&state.gate)
            state.shown += text
            return text
        }
        if !text.isEmpty { onText(text) }
    }
}

extension Answer {
    func with(source: Source) -> Answer {
        Answer(question: question, text: text, citations: citations, source: source)
    }
}
