/// Writes the commands that carry out a plan's steps. Nothing is run.
struct CommandAgent: Sendable {
    static let profile = AgentProfile(
        name: "command_agent",
        description: "Writes the Okta commands for a plan's steps, for a human to read and run.",
        consumes: ["plan"], produces: ["commands"], phase: .response, criticality: .conditional)

    /// The org's address, as configured.
    let orgURL: String?

    init(orgURL: String? = nil) { self.orgURL = orgURL }

    /// The commands in the plan's order; a step about users has one for each user.
    func run(_ plan: ResponsePlan, for incident: SecurityIncident, in file: CaseFile) -> [CommandSuggestion] {
        Playbook(orgURL: orgURL).commands(for: plan, incident: incident, in: file)
    }
}
