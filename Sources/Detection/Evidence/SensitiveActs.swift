internal import Events
internal import Tables

/// Acts that give power, take protection or read secrets: what an intruder wants an account for. Names from Okta's
/// event catalogue, release 2026.08.1.
struct SensitiveActs {
    private let types: [UInt32], outcomes: [UInt32]
    private let isSensitive: [Bool], isRefused: [Bool]

    init(_ events: EventTable) {
        let types = events.column(.eventType), outcomes = events.column(.outcomeResult)
        self.types = types.codes
        self.outcomes = outcomes.codes
        isSensitive = types.marks(Self.names, prefixes: Self.prefixes)
        isRefused = outcomes.marks(["FAILURE", "DENY"])
    }

    func contains(_ row: Int) -> Bool { isSensitive[Int(types[row])] && !isRefused[Int(outcomes[row])] }

    func among(_ rows: [Int]) -> [Int] { rows.filter(contains) }

    private static let names = [
        "user.account.privilege.grant", "group.privilege.grant", "system.api_token.create", "system.api_token.enable",
        "user.session.access_admin_app", "user.session.impersonation.grant", "user.lifecycle.create",
        "application.user_membership.show_password", "app.oauth2.client.read_client_secret",
        "app.oauth2.client.privilege.grant", "app.oauth2.admin.consent.grant", "system.mfa.factor.deactivate",
        "security.threat.configuration.update", "network_zone.rule.disabled", "application.lifecycle.create",
        "security.protected_action.settings.update", "policy.rule.add", "policy.rule.activate",
        "policy.rule.deactivate", "policy.rule.delete", "policy.rule.update", "event_hook.deactivated",
        "event_hook.deleted", "system.agent.ad.create",
    ]
    private static let prefixes = [
        "policy.lifecycle.", "zone.", "system.idp.lifecycle.", "system.idp.key.", "system.log_stream.lifecycle.",
        "iam.role.", "iam.resourceset.", "security.authenticator.lifecycle.",
    ]
}
