/// Writes the response plan for an incident.
struct PlannerAgent: Sendable {
    static let profile = AgentProfile(
        name: "planner_agent",
        description: "Orders the response steps for one incident, with reasons, dependencies and approvals.",
        consumes: ["incident"], produces: ["plan"], phase: .response, criticality: .required)

    let analyst: any Analyst

    init(analyst: any Analyst) { self.analyst = analyst }

    /// The plan after the guardrail, and who proposed it.
    func run(_ incident: SecurityIncident, in file: CaseFile) async throws -> (plan: ResponsePlan, source: Source) {
        let proposal = try await analyst.plan(incident, in: file)
        return (PlanGuardrail.apply(proposal.value, to: incident, source: proposal.source), proposal.source)
    }
}
