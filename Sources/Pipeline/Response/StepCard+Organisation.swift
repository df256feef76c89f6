internal import JSON

// Steps that change the org itself.
extension StepCard {
    static let revokeAdminRole = StepCard(
        "Take back the administrator's role", because: "Each hour with the role can change the whole org",
        after: [[.listUserRoles]], on: .role,
        StepCall(
            OktaRequest("DELETE", "/api/v1/users/{userId}/roles/{roleAssignmentId}"), .reversible,
            scope: "okta.roles.manage",
            undo: .request(OktaRequest("POST", "/api/v1/users/{userId}/roles", body: ["type": "{roleType}"])),
            verify: OktaRequest("GET", "/api/v1/users/{userId}/roles")),
        note: "Keep type and targets of the role: the undo needs them. It worked when the check lists it no more.")

    static let revokeAPIToken = StepCard(
        "Revoke the API token", because: "Whoever has its text acts with it, from anywhere", after: [[.listAPITokens]],
        on: .token,
        StepCall(
            OktaRequest("DELETE", "/api/v1/api-tokens/{apiTokenId}"), .irreversible, scope: "okta.apiTokens.manage",
            undo: .words("none: the token's text is gone; its program needs a new one"),
            verify: OktaRequest("GET", "/api/v1/api-tokens")),
        note: "Programs that use it stop at once: ask its owner which. It worked when the check lists it no more.")

    static let deactivateIdP = StepCard(
        "Deactivate the identity provider", because: "It lets in whomever its holder vouches for", on: .provider,
        StepCall(
            OktaRequest("POST", "/api/v1/idps/{idpId}/lifecycle/deactivate"), .reversible, scope: "okta.idps.manage",
            undo: .request(OktaRequest("POST", "/api/v1/idps/{idpId}/lifecycle/activate")),
            verify: OktaRequest("GET", "/api/v1/idps/{idpId}")),
        note: "Nobody signs in through it any more, nor do honest users. It worked when the check shows "
            + "\"status\":\"INACTIVE\".")

    static let blockIP = StepCard(
        "Block the addresses of the attack in a network zone of their own", because: "It ends the guessing at once",
        on: .addresses,
        StepCall(
            OktaRequest("POST", "/api/v1/zones"), .reversible, scope: "okta.networkZones.manage",
            undo: .request(OktaRequest("POST", "/api/v1/zones/{zoneId}/lifecycle/deactivate")),
            verify: OktaRequest("GET", "/api/v1/zones", [("filter", "usage eq \"BLOCKLIST\"")])),
        note: "See first that none of them is a way out of your own. {zoneId} of the undo stands in the answer. A new "
            + "zone leaves other block lists as they are; it takes effect after about a minute.")

    static let threatInsightBlock = StepCard(
        "Have ThreatInsight block addresses that Okta knows as hostile",
        because: "There are too many addresses to block one by one", on: .organisation,
        StepCall(
            OktaRequest("POST", "/api/v1/threats/configuration", body: ["action": "block"]), .reversible,
            scope: "okta.threatInsights.manage",
            undo: .request(OktaRequest("POST", "/api/v1/threats/configuration", body: ["action": "{previousAction}"])),
            verify: OktaRequest("GET", "/api/v1/threats/configuration")),
        note: "Run the check's call first: its `action` is {previousAction} of the undo, and its `excludeZones` belong "
            + "into the body where there are any.")

    /// Each change has a call of its own: see ``DefenceChange``. The card's only says that the step changes something.
    static let restoreDefences = StepCard(
        "Put back what was taken down: policies, zones, log streams, hooks",
        because: "Without them the next act is neither stopped nor recorded", on: .defence,
        StepCall(
            OktaRequest("GET", "/api/v1/logs"), .reversible, scope: "okta.policies.manage", undo: .words("none"),
            verify: nil))
}
