public import Detection
internal import Diagnostics

/// Runs the agents in two stages, each step also by itself.
///
/// Pure: it reads a case file and returns records; whoever calls it keeps them.
public struct Orchestrator: Sendable {
    /// Who is asked.
    public let analyst: any Analyst
    /// What the detector agent runs.
    public let detectors: [any Detector]
    /// The org's address for commands, as configured.
    public let orgURL: String?

    /// A pipeline; nothing runs yet.
    public init(
        analyst: any Analyst = RuleAnalyst(), detectors: [any Detector] = Detectors.all, orgURL: String? = nil
    ) {
        self.analyst = analyst
        self.detectors = detectors
        self.orgURL = orgURL
    }

    /// Asks for a route and applies the guardrails.
    public func route(_ context: RouteContext) async throws -> RoutePlan {
        let proposal = try await analyst.route(context)
        let decision = RouteGuardrail.apply(proposal.value, to: context)
        return RoutePlan(
            kind: context.kind, subject: context.incident?.id, asked: context.json, answered: proposal.answered,
            phase: decision.phase, steps: decision.steps, corrections: decision.corrections,
            notes: proposal.value.notes, source: proposal.source)
    }

    /// The detector agent's turn.
    public func detect(in file: CaseFile) async throws -> Sweep {
        try await DetectorAgent(detectors: detectors).run(file.events)
    }

    /// The risk agent's turn, for all findings of the case file unless some are named.
    ///
    /// - Parameters:
    ///   - maxModelCalls: Findings beyond this many are scored by the built-in analyst; the worst come first.
    ///   - onScore: Told each score as it is made, so that an interrupted run keeps what is done.
    public func score(
        _ findings: [DetectionFinding]? = nil, in file: CaseFile, maxModelCalls: Int = RiskJudgement.maxModelCalls,
        onScore: @Sendable (RiskScore) -> Void = { _ in }
    ) async throws -> [RiskScore] {
        try await RiskAgent(analyst: analyst)
            .run(findings ?? file.findings, in: file, maxModelCalls: maxModelCalls, onScore: onScore)
    }

    /// The incidents that the case file's findings and scores make.
    public func incidents(in file: CaseFile) -> [SecurityIncident] { IncidentBuilder.incidents(in: file) }

    /// The planner's turn.
    public func plan(
        _ incident: SecurityIncident, in file: CaseFile
    ) async throws -> (plan: ResponsePlan, source: Source) {
        try await PlannerAgent(analyst: analyst).run(incident, in: file)
    }

    /// The command agent's turn.
    public func commands(
        for plan: ResponsePlan, of incident: SecurityIncident, in file: CaseFile
    ) -> [CommandSuggestion] {
        CommandAgent(orgURL: orgURL).run(plan, for: incident, in: file)
    }

    /// The escalation agent's turn; `nil` for an incident below high.
    public func escalate(_ incident: SecurityIncident, in file: CaseFile) -> EscalationResult? {
        EscalationAgent().run(incident, at: file.clock)
    }
}

/// What the second stage makes of one incident.
public struct ResponseStageResult: Sendable {
    /// The route that was run.
    public let route: RoutePlan
    /// `nil` when the route has no planner, which the guardrails never allow.
    public let plan: ResponsePlan?
    /// None when the route has no command agent.
    public let commands: [CommandSuggestion]
    /// None or one.
    public let escalations: [EscalationResult]
}

extension Orchestrator {
    /// Incident → route, plan, commands, escalation: what the route names, and nothing else.
    public func responseStage(_ incident: SecurityIncident, in file: CaseFile) async throws -> ResponseStageResult {
        let route = try await route(RouteContext(incident: incident))
        var plan: ResponsePlan?, commands: [CommandSuggestion] = [], escalations: [EscalationResult] = []
        if route.runs(PlannerAgent.profile.name) { plan = try await self.plan(incident, in: file).plan }
        if route.runs(CommandAgent.profile.name), let plan {
            commands = self.commands(for: plan, of: incident, in: file)
        }
        if route.runs(EscalationAgent.profile.name) {
            escalations = [escalate(incident, in: file)].compactMap { $0 }
        }
        return ResponseStageResult(route: route, plan: plan, commands: commands, escalations: escalations)
    }
}
