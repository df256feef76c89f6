// Sign-ins: Okta's System Log, Entra's sign-in log, the devices' logons.
// Okta's event types are those of its public event catalogue; Entra's result 0 is a success (Microsoft Learn,
// SigninLogs).

extension HuntSubject {
    static let signIns = [
        HuntSubject(
            "sign-ins",
            "signin signin+failed spray bruteforce failed+password|user|app spray+failed|password|user"
                + " conditionalaccess+failed signin+conditionalaccess risk+user|signin|event legacyauth singlefactor"
                + " rdp rdp+signin rdp+failed|success locked+signin+failed",
            ("OktaSystemLog", Meaning.type("user.session.start")), ("SigninLogs", nil), ("DeviceLogonEvents", nil)),
        HuntSubject(
            "application sign-ins", "signin+app+okta okta+sso okta+app+opened|activity|signin signin+app",
            ("OktaSystemLog", Meaning.type("user.authentication.sso")), ("SigninLogs", nil)),
        HuntSubject(
            "second factor checks", "mfa mfa+failed|success|activity|event|signin mfa+prompt",
            (
                "OktaSystemLog",
                Meaning.type(
                    "user.authentication.auth_via_mfa", "system.push.send_factor_verify_push",
                    "user.mfa.okta_verify.deny_push", "user.mfa.attempt_bypass")
            ),
            ("SigninLogs", .text("AuthenticationRequirement", .same, ["multiFactorAuthentication"]))),
        HuntSubject(
            "push prompts",
            "push+prompt mfa+push mfa+fatigue mfa+fatigue+push|prompt push fatigue mfa+push+prompt+fatigue"
                + " mfa+prompt+user",
            ("OktaSystemLog", Meaning.type("system.push.send_factor_verify_push")),
            ("SigninLogs", .text("ResultType", .same, ["500121", "50074", "50076"]))),
        HuntSubject(
            "denied push prompts",
            "push+denied mfa+denied mfa+push+denied mfa+denied+prompt push+prompt+denied", isChange: true,
            (
                "OktaSystemLog",
                Meaning.type("user.mfa.okta_verify.deny_push", "user.mfa.okta_verify.deny_push_upgrade_needed")
            ),
            ("SigninLogs", .text("ResultType", .same, ["500121"]))),
        HuntSubject(
            "lock-outs", "locked locked+user locked+signin locked+user+okta", isChange: true,
            ("OktaSystemLog", Meaning.type("user.account.lock", "user.account.lock.limit")),
            ("SigninLogs", .text("ResultType", .same, ["50053"]))),
    ]
}
