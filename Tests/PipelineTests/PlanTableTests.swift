import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The built-in plan")
struct PlanTableTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: String
        var severity = Severity.high
        var figures: [(String, JSONValue)] = []
        var attack: [String] = []
        /// The steps between the log and the records, in short.
        let steps: String

        var testDescription: String { "\(kind) \(severity) \(attack.joined())" }
        var finding: DetectionFinding { NamedDetector(id: kind, severity: severity, attack: attack).finding(figures) }
    }

    static let cases = [
        Case(kind: "impossible_travel", steps: "analyze_geo_and_devices lock_account revoke_sessions notify_user"),
        Case(kind: "failed_login_burst", severity: .medium, steps: "block_ip enable_mfa notify_user"),
        Case(
            kind: "failed_login_burst", severity: .medium, figures: [("success_followed", "e")],
            steps: "analyze_geo_and_devices lock_account revoke_sessions block_ip force_password_reset enable_mfa notify_user forensic_review"),
        Case(kind: "brute_force_many_sources", steps: "block_ip enable_mfa notify_user"),
        Case(kind: "password_spray", steps: "block_ip forensic_review"),
        Case(
            kind: "credential_stuffing", figures: [("entered_users", ["ann"])],
            steps: "analyze_geo_and_devices lock_account revoke_sessions block_ip force_password_reset enable_mfa notify_user forensic_review"),
        Case(kind: "password_spray_distributed", steps: "threatinsight_block forensic_review"),
        Case(
            kind: "success_after_attack",
            steps: "analyze_geo_and_devices lock_account revoke_sessions block_ip force_password_reset enable_mfa notify_user forensic_review"),
        Case(
            kind: "mfa_fatigue", severity: .medium,
            steps: "analyze_geo_and_devices revoke_sessions force_password_reset enable_mfa notify_user"),
        Case(
            kind: "mfa_fatigue", severity: .critical, figures: [("approved_event", "e")],
            steps: "analyze_geo_and_devices list_factors lock_account revoke_sessions force_password_reset reset_factors notify_user forensic_review"),
        Case(
            kind: "push_source_mismatch",
            steps: "analyze_geo_and_devices list_factors lock_account revoke_sessions force_password_reset reset_factors notify_user forensic_review"),
        Case(kind: "mass_lockout", steps: "block_ip threatinsight_block unlock_user notify_user"),
        Case(
            kind: "application_burst",
            steps: "analyze_geo_and_devices list_user_apps revoke_sessions revoke_user_grants notify_user forensic_review"),
        Case(
            kind: "session_hijack",
            steps: "analyze_geo_and_devices lock_account revoke_sessions force_password_reset notify_user forensic_review"),
        Case(
            kind: "factor_change_then_new_place",
            steps: "analyze_geo_and_devices list_factors lock_account revoke_sessions force_password_reset unenroll_factor notify_user forensic_review"),
        Case(
            kind: "help_desk_takeover",
            steps: "analyze_geo_and_devices list_factors lock_account revoke_sessions force_password_reset reset_factors notify_user forensic_review"),
        Case(
            kind: "admin_role_then_new_place",
            steps: "analyze_geo_and_devices list_user_roles lock_account revoke_sessions revoke_admin_role notify_user forensic_review"),
        Case(kind: "api_token_used_elsewhere", steps: "list_api_tokens revoke_api_token notify_user forensic_review"),
        Case(
            kind: "identity_provider_backdoor",
            steps: "analyze_geo_and_devices lock_account revoke_sessions deactivate_idp notify_user forensic_review"),
        Case(
            kind: "defence_weakening",
            steps: "analyze_geo_and_devices lock_account revoke_sessions restore_defences notify_user forensic_review"),
        Case(kind: "new_country", severity: .low, steps: "analyze_geo_and_devices notify_user"),
        Case(kind: "new_device", severity: .low, steps: "analyze_geo_and_devices notify_user"),
        Case(
            kind: "dormant_account",
            steps: "analyze_geo_and_devices lock_account revoke_sessions force_password_reset notify_user forensic_review"),
        Case(kind: "dormant_account", severity: .low, steps: "analyze_geo_and_devices notify_user"),
        Case(
            kind: "device_token_shared",
            steps: "analyze_geo_and_devices revoke_sessions force_password_reset notify_user forensic_review"),
        Case(
            kind: "shared_factor_device",
            steps: "list_factors revoke_sessions suspend_device unenroll_factor notify_user forensic_review"),
    ]

    /// Findings of rules: by technique, then by tactic.
    static let rules = [
        Case(
            kind: "rule", attack: ["T1098.003"],
            steps: "analyze_geo_and_devices list_user_roles lock_account revoke_sessions revoke_admin_role notify_user forensic_review"),
        Case(kind: "rule", attack: ["t1110.003"], steps: "block_ip forensic_review"),
        Case(kind: "rule", attack: ["T1110"], steps: "block_ip enable_mfa notify_user"),
        Case(kind: "rule", attack: ["T1562.007"], steps: cases[19].steps),
        Case(kind: "rule", attack: ["T1550.001"], steps: "list_api_tokens revoke_api_token notify_user forensic_review"),
        Case(kind: "rule", attack: ["T1136.003"], steps: "list_user_roles lock_account revoke_sessions notify_user forensic_review"),
        Case(kind: "rule", attack: ["T1078.004"], steps: "analyze_geo_and_devices lock_account revoke_sessions notify_user"),
        Case(
            kind: "rule", attack: ["exfiltration"],
            steps: "analyze_geo_and_devices list_user_apps revoke_sessions revoke_user_grants notify_user forensic_review"),
        Case(
            kind: "rule", attack: ["T9999", "T1530"],
            steps: "analyze_geo_and_devices list_user_apps revoke_sessions revoke_user_grants notify_user forensic_review"),
        Case(kind: "rule", attack: [], steps: "analyze_geo_and_devices revoke_sessions notify_user forensic_review"),
        Case(kind: "rule", attack: ["T9999"], steps: "analyze_geo_and_devices revoke_sessions notify_user forensic_review"),
        Case(kind: "rule", severity: .low, attack: ["T1098.003"], steps: "analyze_geo_and_devices notify_user"),
        Case(
            kind: "hunt", figures: [("indicators", [["type": "host", "value": "ws1"]])], attack: ["T1110"],
            steps: "collect_host_activity isolate_host scan_host revoke_sessions force_password_reset notify_user forensic_review"),
    ]

    @Test("has the steps that the kind of finding calls for", arguments: cases + rules)
    func steps(_ example: Case) {
        let steps = PlanTable.rows(for: [example.finding]).map(\.step.rawValue)
        #expect(steps.joined(separator: " ") == "collect_auth_logs \(example.steps) update_incident_status")
    }

    @Test("is there for every detector")
    func every() { #expect(Set(Self.cases.map(\.kind)) == Set(Detectors.all.map(\.id))) }

    @Test("of two findings is the union of both, in one order and with the first one's reasons", arguments: cases, cases)
    func unions(_ one: Case, _ other: Case) {
        let rows = PlanTable.rows(for: [one.finding, other.finding])
        let steps = rows.map(\.step), each = [one, other].map { PlanTable.rows(for: [$0.finding]) }
        #expect(steps == CanonicalStep.allCases.filter(Set(each.flatMap { $0.map(\.step) }).contains))
        for row in each[0] { #expect(rows.contains { $0.step == row.step && $0.rationale == row.rationale }) }
        // Whatever a step waits for stands before it, so that no circle can close.
        for (index, row) in rows.enumerated() { #expect(Set(row.after).isSubset(of: steps.prefix(index))) }
    }

    @Test("needs no correction by the guardrail, not even when everything happened")
    func guarded() {
        let rows = PlanTable.rows(for: (Self.cases + Self.rules).map(\.finding))
        let steps = rows.map {
            ResponseStep(
                stepID: $0.step.rawValue, description: "", rationale: "", requiresHumanApproval: $0.step.needsApproval,
                dependencies: $0.after.map(\.rawValue))
        }
        let plan = PlanGuardrail.apply(
            PlanProposal(overallGoal: "", steps: steps, notes: ""), to: PlanGuardrailTests.incident, source: .rules)
        #expect(steps.count == CanonicalStep.allCases.count)
        #expect(plan.steps == steps)
        #expect(plan.notes == "Planned by: built-in analyst.")
    }

    /// What was done in the events, and the steps that this adds to the plan against a stolen session.
    static let acts: [(act: String, added: [CanonicalStep])] = [
        ("system.api_token.create", [.listAPITokens, .revokeAPIToken]),
        ("user.account.privilege.grant", [.listUserRoles, .revokeAdminRole]),
        ("user.mfa.factor.activate", [.listFactors, .unenrollFactor]), ("zone.deactivate", [.restoreDefences]),
        ("system.idp.lifecycle.create", [.deactivateIdP]), ("app.oauth2.admin.consent.grant", [.revokeGrants]),
        ("user.session.start", []),
    ]

    @Test("takes back what was done", arguments: acts)
    func undoes(act: String, added: [CanonicalStep]) {
        let finding = NamedDetector(id: "session_hijack", severity: .high).finding()
        let before = Set(PlanTable.rows(for: [finding]).map(\.step))
        let after = PlanTable.rows(for: [finding], acts: [act]).map(\.step)
        #expect(after.filter { !before.contains($0) } == added)
    }

    @Test("says what it is for, about the worst finding's people")
    func goal() {
        let spray = NamedDetector(id: "password_spray", severity: .high).finding()
        let entered = NamedDetector(id: "success_after_attack", severity: .critical).finding()
        #expect(PlanTable.goal(for: [entered, spray], who: "ann") == "Find out whether ann's account is in use by someone else, and stop it without losing evidence.")
        #expect(PlanTable.goal(for: [spray], who: "ann and 11 more").hasPrefix("End the attack on the passwords of many accounts"))
    }

    @Test("asks for approval exactly where something is changed or somebody told")
    func approvals() {
        let free = CanonicalStep.allCases.filter { !$0.needsApproval }
        #expect(
            free == [
                .collectAuthLogs, .analyzeGeoAndDevices, .collectHostActivity, .listFactors, .listUserRoles, .listUserApps,
                .listAPITokens, .forensicReview, .updateIncidentStatus,
            ])
    }
}
