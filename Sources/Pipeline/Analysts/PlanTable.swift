internal import Detection
internal import JSON

/// The built-in plans: the plays of all that was found and done, in one order and without duplicates.
enum PlanTable {
    struct Row: Sendable {
        let step: CanonicalStep
        let after: [CanonicalStep]
        let rationale: String
    }

    /// The rows for the findings of an incident.
    ///
    /// - Parameters:
    ///   - findings: The worst first: where several have a reason for one step, the first one's stands.
    ///   - acts: The types of events that prove them; what an intruder did is taken back whatever the kind of finding.
    static func rows(for findings: [DetectionFinding], acts: [String] = []) -> [Row] {
        let planned = plays(for: findings).flatMap(\.lines)
        // Who loses all factors need not lose one of them first.
        let isReset = planned.contains { $0.step == .resetFactors }
        let answers = acts.flatMap(CanonicalStep.answers).filter { !isReset || $0 != .unenrollFactor }
        let lines = planned + answers.map(\.line)
        let reasons = Dictionary(lines.map { ($0.step, $0.reason ?? $0.step.card.reason) }) { first, _ in first }
        let steps = CanonicalStep.allCases.filter { reasons[$0] != nil }
        return steps.map { step in
            let after = step.card.after.compactMap { $0.first { reasons[$0] != nil } }
            return Row(step: step, after: after, rationale: reasons[step] ?? step.card.reason)
        }
    }

    /// What the plan for findings is to reach.
    static func goal(for findings: [DetectionFinding], who: String) -> String {
        (plays(for: findings).first ?? .other).goal.replacing("{who}", with: who)
    }

    private static func plays(for findings: [DetectionFinding]) -> [Play] {
        findings.isEmpty ? [.other] : findings.map { Play(for: $0) }
    }
}

extension CanonicalStep {
    /// The steps that look at an act of an intruder and take it back. Names from Okta's event catalogue, release
    /// 2026.08.1.
    static func answers(to act: String) -> [CanonicalStep] {
        if DefenceChange.isChange(act) { return [.restoreDefences] }
        return switch act {
        case "system.api_token.create", "system.api_token.enable": [.listAPITokens, .revokeAPIToken]
        case "user.account.privilege.grant", "group.privilege.grant", "iam.resourceset.bindings.add":
            [.listUserRoles, .revokeAdminRole]
        case "user.mfa.factor.activate", "device.enrollment.create", "device.user.add": [.listFactors, .unenrollFactor]
        case "app.oauth2.admin.consent.grant", "app.oauth2.as.consent.grant": [.revokeGrants]
        case "system.idp.lifecycle.create", "system.idp.lifecycle.activate", "system.idp.lifecycle.update",
            "system.idp.key.create", "system.idp.key.update":
            [.deactivateIdP]
        default: []
        }
    }
}
