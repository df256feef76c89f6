internal import Detection
internal import Diagnostics

/// The rules that every route obeys, whoever proposed it.
///
/// Events: detector, then risk agent, nothing else. An incident: the planner; the command and escalation agents
/// always when it is high or critical; below that the command agent when it was asked for, and no escalation.
enum RouteGuardrail {
    /// What runs, and what was changed about the proposal.
    struct Decision: Hashable, Sendable {
        let phase: String
        let steps: [RouteStep]
        /// One sentence for each change, in a fixed order.
        let corrections: [String]
    }

    /// Applies the rules.
    static func apply(_ proposal: RouteProposal, to context: RouteContext) -> Decision {
        let phase: AgentProfile.Phase = context.kind == .rawEvents ? .ingest : .response
        let isGrave = (context.incident?.severity ?? .low) >= .high
        let required = requiredAgents(phase, isGrave: isGrave)
        var corrections: [String] = []
        if proposal.phase != phase.rawValue {
            corrections.append("The phase is \(phase.rawValue), not \(quoted(proposal.phase)).")
        }
        var kept: [String: RouteStep] = [:]
        for step in proposal.steps {
            if let objection = objection(to: step, phase, isGrave: isGrave, kept: kept) {
                corrections.append(objection)
            } else {
                kept[step.agentName] = step
            }
        }
        let proposed = proposal.steps.map(\.agentName).filter { kept[$0] != nil }
        for name in required where kept[name] == nil {
            kept[name] = RouteStep(agentName: name, reason: "required by the guardrails")
            corrections.append("Added \(name): \(necessity(of: name, isGrave: isGrave)).")
        }
        let ordered = Roster.all.map(\.name).filter { kept[$0] != nil }
        if distinct(proposed) != ordered.filter(proposed.contains) {
            corrections.append("Put the agents in order: \(ordered.joined(separator: ", ")).")
        }
        return Decision(phase: phase.rawValue, steps: ordered.compactMap { kept[$0] }, corrections: corrections)
    }

    private static func requiredAgents(_ phase: AgentProfile.Phase, isGrave: Bool) -> [String] {
        Roster.all.filter { agent in
            agent.phase == phase && (agent.criticality == .required || agent.criticality == .conditional && isGrave)
        }.map(\.name)
    }

    /// Why a proposed step cannot stay, or `nil` when it can.
    private static func objection(
        to step: RouteStep, _ phase: AgentProfile.Phase, isGrave: Bool, kept: [String: RouteStep]
    ) -> String? {
        guard let agent = Roster.agent(named: step.agentName) else {
            return "Dropped \(quoted(step.agentName)): there is no such agent."
        }
        if kept[agent.name] != nil { return "Dropped \(agent.name): it was named twice." }
        if agent.phase != phase {
            return "Dropped \(agent.name): it needs \(agent.consumes.joined(separator: " and ")), "
                + "and belongs to the \(agent.phase.rawValue) phase."
        }
        if agent.name == EscalationAgent.profile.name, !isGrave {
            return "Dropped \(agent.name): only high and critical incidents are escalated."
        }
        return nil
    }

    private static func necessity(of name: String, isGrave: Bool) -> String {
        switch name {
        case DetectorAgent.profile.name: "events are always looked through first"
        case RiskAgent.profile.name: "every finding is scored"
        case PlannerAgent.profile.name: "every incident has a plan"
        default: "the incident is high or critical"
        }
    }

    private static func quoted(_ text: String) -> String { "`\(text.visible(limit: 60))`" }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
