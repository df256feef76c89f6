// Changes that Okta's System Log tells of, by the event types of its public catalogue; where Entra's audit log tells of
// the same, its operation stands beside it.

extension HuntSubject {
    static let oktaChanges = [
        HuntSubject(
            "password resets and changes", "password+reset password+changed password+reset+user", isChange: true,
            ("OktaSystemLog", Meaning.type("user.account.reset_password", "user.account.update_password")),
            (
                "AuditLogs",
                Meaning.operation("Reset user password", "Reset password", "Change user password", "Change password")
            )),
        HuntSubject(
            "second factors reset", "mfa+reset mfa+reset+user", isChange: true,
            ("OktaSystemLog", Meaning.type("user.mfa.factor.reset_all")),
            ("AuditLogs", Meaning.operation("Admin deleted security info", "Disable Strong Authentication"))),
        HuntSubject(
            "second factors added",
            "mfa+created mfa+activated mfa+created+user mfa+changed mfa+method+created", isChange: true,
            ("OktaSystemLog", Meaning.type("user.mfa.factor.activate", "user.mfa.factor.update")),
            ("AuditLogs", Meaning.operation("User registered security info", "Admin registered security info"))),
        HuntSubject(
            "second factors removed", "mfa+deleted mfa+disabled", isChange: true,
            (
                "OktaSystemLog",
                Meaning.type("user.mfa.factor.deactivate", "user.mfa.factor.reset_all", "system.mfa.factor.deactivate")
            ),
            (
                "AuditLogs",
                Meaning.operation(
                    "User deleted security info", "Admin deleted security info", "Disable Strong Authentication")
            )),
        HuntSubject(
            "admin roles given",
            "admin+role admin+role+assigned role+assigned admin+assigned admin+created superadmin"
                + " superadmin+assigned|created superadmin+role+created|assigned admin+role+changed admin+changed"
                + " role+changed role+created admin+user+created user+role+created|assigned", isChange: true,
            (
                "OktaSystemLog",
                Meaning.type("user.account.privilege.grant", "group.privilege.grant", "iam.resourceset.bindings.add")
            ),
            ("AuditLogs", Meaning.operation("member to role", "member from role"))),
        HuntSubject(
            "admin roles taken away",
            "admin+role+deleted|revoked role+revoked|deleted admin+deleted|revoked", isChange: true,
            ("OktaSystemLog", Meaning.type("user.account.privilege.revoke", "group.privilege.revoke")),
            ("AuditLogs", Meaning.operation("member from role"))),
        HuntSubject(
            "API tokens", "api+token token+created api+token+created api+token+okta", isChange: true,
            ("OktaSystemLog", Meaning.type("system.api_token.create"))),
        HuntSubject(
            "API tokens taken away", "api+token+revoked|deleted", isChange: true,
            ("OktaSystemLog", Meaning.type("system.api_token.revoke"))),
        HuntSubject(
            "policy changes",
            "policy+changed policy+created|deleted|disabled|activated policy+okta policy+changed+created",
            isChange: true,
            ("OktaSystemLog", .text("eventType", .startsWith, ["policy."])),
            ("AuditLogs", Meaning.operation("policy"))),
        HuntSubject(
            "network zone changes", "zone+changed|created|deleted|disabled zone+okta", isChange: true,
            ("OktaSystemLog", .text("eventType", .startsWith, ["zone.", "network_zone."]))),
        HuntSubject(
            "identity provider changes", "idp+changed|created|deleted|disabled|activated idp", isChange: true,
            ("OktaSystemLog", .text("eventType", .startsWith, ["system.idp.lifecycle."])),
            ("AuditLogs", Meaning.operation("federation settings", "identity provider"))),
        HuntSubject(
            "users created", "user+created+!local user+created+okta+!local", isChange: true,
            ("OktaSystemLog", Meaning.type("user.lifecycle.create", "user.lifecycle.activate")),
            ("AuditLogs", .text("OperationName", .same, ["Add user", "Invite external user"]))),
        HuntSubject(
            "users deleted, deactivated or suspended",
            "user+deleted|disabled|suspended+!signin+!defender+!mfa"
                + " user+deleted|disabled+disabled|suspended+!signin+!defender+!mfa user+deleted+okta|entra+!signin",
            isChange: true,
            (
                "OktaSystemLog",
                Meaning.type(
                    "user.lifecycle.deactivate", "user.lifecycle.delete.initiated", "user.lifecycle.delete.completed",
                    "user.lifecycle.suspend")
            ),
            ("AuditLogs", .text("OperationName", .same, ["Delete user", "Disable account", "Hard Delete user"]))),
        HuntSubject(
            "users unlocked or reactivated", "user+unlocked unlocked unsuspended user+activated", isChange: true,
            (
                "OktaSystemLog",
                Meaning.type(
                    "user.account.unlock", "user.lifecycle.unsuspend", "user.lifecycle.reactivate",
                    "user.lifecycle.activate")
            ),
            ("AuditLogs", .text("OperationName", .same, ["Enable account"]))),
        HuntSubject(
            "group memberships",
            "group+member group+created|deleted|changed group+user+created|deleted"
                + " group+member+created|deleted|changed", isChange: true,
            ("OktaSystemLog", Meaning.type("group.user_membership.add", "group.user_membership.remove")),
            ("AuditLogs", Meaning.operation("member to group", "member from group"))),
        HuntSubject(
            "threat detections", "threat threat+okta security+threat threat+alert",
            ("OktaSystemLog", .text("eventType", .startsWith, ["security.threat."]))),
        HuntSubject(
            "admin console", "console console+okta console+signin admin+console console+activity",
            ("OktaSystemLog", Meaning.type("user.session.access_admin_app"))),
        HuntSubject(
            "support impersonation", "impersonation impersonation+session impersonation+okta", isChange: true,
            ("OktaSystemLog", .text("eventType", .startsWith, ["user.session.impersonation."]))),
        HuntSubject(
            "application changes",
            "app+created|deleted|changed|disabled|activated app+okta+created|deleted|changed", isChange: true,
            ("OktaSystemLog", .text("eventType", .startsWith, ["application.lifecycle."])),
            ("AuditLogs", Meaning.operation("application"))),
        HuntSubject(
            "application assignments", "app+assigned user+app+assigned", isChange: true,
            ("OktaSystemLog", .text("eventType", .startsWith, ["application.user_membership."])),
            ("AuditLogs", Meaning.operation("app role assignment"))),
        HuntSubject(
            "sessions ended", "session+revoked|deleted|cleared", isChange: true,
            ("OktaSystemLog", Meaning.type("user.session.clear", "user.session.end")),
            ("AuditLogs", Meaning.operation("Revoke", "refresh tokens"))),
        HuntSubject(
            "rate limits", "ratelimit ratelimit+okta",
            ("OktaSystemLog", .text("eventType", .startsWith, ["system.org.rate_limit."]))),
        HuntSubject(
            "Okta events", "okta okta+event|activity|log", ("OktaSystemLog", nil)),
    ]
}
