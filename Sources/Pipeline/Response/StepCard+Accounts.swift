// Steps that change what an account can do.
extension StepCard {
    private static let user = OktaRequest("GET", "/api/v1/users/{userId}")
    private static let factors = OktaRequest("GET", "/api/v1/users/{userId}/factors")

    static let lockAccount = StepCard(
        "Suspend the account, if the devices and places do not clear its owner",
        because: "Stops new sign-ins; it can be taken back", after: [[.analyzeGeoAndDevices, .collectAuthLogs]],
        StepCall(
            OktaRequest("POST", "/api/v1/users/{userId}/lifecycle/suspend"), .reversible, scope: "okta.users.manage",
            undo: .request(OktaRequest("POST", "/api/v1/users/{userId}/lifecycle/unsuspend")), verify: user),
        note: "Only an account in the state ACTIVE can be suspended. Groups and apps stay; sessions of apps do not end "
            + "by it, so end sessions as well. It worked when the check shows \"status\":\"SUSPENDED\".")

    /// Okta leaves OAuth tokens alone unless told otherwise.
    static let revokeSessions = StepCard(
        "End the account's sessions and withdraw its tokens", because: "A stranger's sessions outlive the password",
        StepCall(
            OktaRequest(
                "DELETE", "/api/v1/users/{userId}/sessions", [("oauthTokens", "true"), ("forgetDevices", "true")]),
            .reversible, scope: "okta.users.manage", undo: .words("the owner signs in again"), verify: nil),
        note: "Also withdraws OAuth tokens and forgets remembered devices; sessions that apps keep by themselves stay. "
            + "It worked when the check lists a `user.session.clear`.")

    static let forcePasswordReset = StepCard(
        "Have the owner set a new password", because: "The password is known to somebody else",
        after: [[.revokeSessions, .collectAuthLogs]],
        StepCall(
            OktaRequest(
                "POST", "/api/v1/users/{userId}/lifecycle/reset_password",
                [("sendEmail", "true"), ("revokeSessions", "true")]),
            .irreversible, scope: "okta.users.manage", undo: .words("none: the owner must finish the recovery"),
            verify: user),
        note: "Mails a reset link and ends sessions. Not when an intruder may read the mailbox: then set a temporary "
            + "password and hand it over by another way. It worked when the check shows \"status\":\"RECOVERY\".")

    static let unenrollFactor = StepCard(
        "Remove the factor that was enrolled in the incident", because: "It is the intruder's key",
        after: [[.listFactors], [.revokeSessions]], on: .factor,
        StepCall(
            OktaRequest("DELETE", "/api/v1/users/{userId}/factors/{factorId}"), .irreversible,
            scope: "okta.users.manage", undo: .words("none: the owner enrols the factor again"), verify: factors),
        note: "End sessions first, or the intruder enrols again. Removing an Okta Verify push also removes its codes.")

    static let resetFactors = StepCard(
        "Remove all factors, so that the owner enrols anew", because: "Nobody can say which of them are the owner's",
        after: [[.revokeSessions, .lockAccount]],
        StepCall(
            OktaRequest("POST", "/api/v1/users/{userId}/lifecycle/reset_factors"), .irreversible,
            scope: "okta.users.manage", undo: .words("none: the owner enrols every factor again"), verify: factors),
        note: "Not while an intruder has a session or the mailbox, who would then enrol first: do it when the owner is "
            + "on the line, known by face or voice.")

    static let revokeGrants = StepCard(
        "Withdraw what the account allowed applications to do", because: "Consent outlives sessions and passwords",
        after: [[.revokeSessions, .collectAuthLogs]],
        StepCall(
            OktaRequest("DELETE", "/api/v1/users/{userId}/grants"), .irreversible, scope: "okta.users.manage",
            undo: .words("none: the owner consents again"),
            verify: OktaRequest("GET", "/api/v1/users/{userId}/grants")),
        note: "Read the grants with the check's call first, and keep its answer as evidence.")

    static let unlockUser = StepCard(
        "Unlock the accounts, once the attack has ended", because: "Their owners are shut out",
        after: [[.blockIP], [.threatInsightBlock]], on: .lockedAccount,
        StepCall(
            OktaRequest("POST", "/api/v1/users/{userId}/lifecycle/unlock"), .irreversible, scope: "okta.users.manage",
            undo: .words("none: no call locks an account; suspend it where it must stay shut"), verify: user),
        note: "Only an account in the state LOCKED_OUT can be unlocked. It worked when the check shows "
            + "\"status\":\"ACTIVE\".")

    static let suspendDevice = StepCard(
        "Suspend the device", because: "It answers for accounts that are not its owner's",
        after: [[.analyzeGeoAndDevices, .collectAuthLogs]], on: .device,
        StepCall(
            OktaRequest("POST", "/api/v1/devices/{deviceId}/lifecycle/suspend"), .reversible,
            scope: "okta.devices.manage",
            undo: .request(OktaRequest("POST", "/api/v1/devices/{deviceId}/lifecycle/unsuspend")),
            verify: OktaRequest("GET", "/api/v1/devices/{deviceId}")),
        note: "Only a device that is registered with Okta Verify can be suspended.")
}
