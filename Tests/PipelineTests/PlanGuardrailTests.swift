import Detection
import Testing

@testable import Pipeline

@Suite("The plan guardrail")
struct PlanGuardrailTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `id`, `!` where the proposal says approval, and the ids it waits for: `lock_account! < collect_auth_logs`.
        let proposed: [String]
        let planned: [String]
        let corrections: String
    }

    static let cases = [
        Case(
            testDescription: "leaves a right plan alone",
            proposed: ["collect_auth_logs", "lock_account! < collect_auth_logs"],
            planned: ["collect_auth_logs", "lock_account! < collect_auth_logs"], corrections: ""),
        Case(
            testDescription: "demands approval for every change",
            proposed: ["collect_auth_logs", "lock_account", "revoke_sessions", "enable_mfa", "notify_user"],
            planned: ["collect_auth_logs", "lock_account!", "revoke_sessions!", "enable_mfa!", "notify_user!"],
            corrections: "`lock_account` needs approval. `revoke_sessions` needs approval. `enable_mfa` needs approval. "
                + "`notify_user` needs approval."),
        Case(
            testDescription: "keeps approval that nothing demands", proposed: ["collect_auth_logs!"],
            planned: ["collect_auth_logs!"], corrections: ""),
        Case(
            testDescription: "puts canonical steps first and in order",
            proposed: ["call_lawyer!", "revoke_sessions!", "collect_auth_logs"],
            planned: ["collect_auth_logs", "revoke_sessions!", "call_lawyer!"],
            corrections: "`call_lawyer` is no known step: it has no command. Put the steps in their order."),
        Case(
            testDescription: "lets unknown steps happen only with approval", proposed: ["delete_everything"],
            planned: ["delete_everything!"],
            corrections: "`delete_everything` is no known step: it has no command. `delete_everything` needs approval."),
        Case(
            testDescription: "drops duplicates", proposed: ["collect_auth_logs", "collect_auth_logs!"],
            planned: ["collect_auth_logs"], corrections: "Dropped a second `collect_auth_logs`."),
        Case(
            testDescription: "drops dependencies on nothing", proposed: ["collect_auth_logs < prepare"],
            planned: ["collect_auth_logs"],
            corrections: "`collect_auth_logs` cannot wait for `prepare`: it is not in the plan."),
        Case(
            testDescription: "breaks circles where they close",
            proposed: [
                "collect_auth_logs < forensic_review", "analyze_geo_and_devices < collect_auth_logs",
                "forensic_review < analyze_geo_and_devices",
            ],
            planned: [
                "collect_auth_logs < forensic_review", "analyze_geo_and_devices < collect_auth_logs", "forensic_review",
            ],
            corrections: "`forensic_review` cannot wait for `analyze_geo_and_devices`: they would wait in a circle."),
        Case(
            testDescription: "knows that nothing waits for itself", proposed: ["collect_auth_logs < collect_auth_logs"],
            planned: ["collect_auth_logs"],
            corrections: "`collect_auth_logs` cannot wait for `collect_auth_logs`: they would wait in a circle."),
    ]

    @Test("corrects a plan", arguments: cases)
    func corrects(_ example: Case) {
        let proposal = PlanProposal(overallGoal: "g", steps: example.proposed.map(step), notes: "")
        let plan = PlanGuardrail.apply(proposal, to: Self.incident, source: .model("m"))
        #expect(plan.steps.map(text) == example.planned)
        #expect(plan.notes == "Planned by: model m." + (example.corrections.isEmpty ? "" : " " + example.corrections))
    }

    @Test("bounds the number of steps")
    func bounded() {
        let steps = (1...40).map { step("own_\($0)!") }
        let plan = PlanGuardrail.apply(
            PlanProposal(overallGoal: "", steps: steps, notes: ""), to: Self.incident, source: .rules)
        #expect(plan.steps.count == 30)
    }

    static let incident = SecurityIncident(
        id: "i", findingID: "f", title: "t", description: "d", severity: .high, riskScore: 0.7, createdAt: nil,
        findingIDs: ["f"], actors: ["bob"], ips: [], firstSeen: nil, lastSeen: nil)

    private func step(_ text: String) -> ResponseStep {
        let parts = text.split(separator: " ").map(String.init)
        return ResponseStep(
            stepID: parts[0].replacing("!", with: ""), description: "", rationale: "",
            requiresHumanApproval: parts[0].hasSuffix("!"), dependencies: Array(parts.dropFirst(2)))
    }

    private func text(_ step: ResponseStep) -> String {
        let name = step.stepID + (step.requiresHumanApproval ? "!" : "")
        return step.dependencies.isEmpty ? name : "\(name) < \(step.dependencies.joined(separator: " "))"
    }
}
