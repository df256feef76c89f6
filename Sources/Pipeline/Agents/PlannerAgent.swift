/// Writes the response plan for an incident.
public struct PlannerAgent: Sendable {
    public static let profile = AgentProfile(
        name: "planner_agent",
        description: "Orders the response steps for one incident, with reasons, dependencies and approvals.",
        consumes: ["incident"], produces: ["plan"], phase: .response, criticality: .required)

    public let analyst: any Analyst

    public init(analyst: any Analyst) { self.analyst = analyst }

    /// The plan after the guardrail, and who proposed it.
    public func run(_ incident: SecurityIncident, in file: CaseFile) async throws -> (plan: ResponsePlan, source: Source) {
        let proposal = try await analyst.plan(incident, in: file)
        return (PlanGuardrail.apply(proposal.value, to: incident, source: proposal.source), proposal.source)
    }
}
