internal import Detection
internal import Diagnostics
internal import Tables

/// Prepares the notification about a grave incident. Nothing is sent.
struct EscalationAgent: Sendable {
    static let profile = AgentProfile(
        name: "escalation_agent",
        description: "Prepares one notification about a high or critical incident; it is shown, not sent.",
        consumes: ["incident"], produces: ["escalation"], phase: .response, criticality: .conditional)

    /// Where notifications go.
    static let channel = "#soc-critical-alerts"

    init() {}

    /// The notification, or `nil` for an incident below high.
    func run(_ incident: SecurityIncident, at clock: Timestamp) -> EscalationResult? {
        guard incident.severity >= .high else { return nil }
        let lines = [
            "[\(incident.severity.rawValue.uppercased())] \(incident.title.visible)",
            "Risk score: \(RiskJudgement.twoDecimals(incident.riskScore))",
            incident.description.visible,
        ]
        return EscalationResult(
            incidentID: incident.id, channel: Self.channel, message: lines.joined(separator: "\n"), sent: false,
            target: nil, status: "dry-run", at: clock)
    }
}
