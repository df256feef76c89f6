// Steps that only look.
extension StepCard {
    static let collectAuthLogs = StepCard(
        "Collect all events of the account, from an hour before the first to an hour after the last",
        because: "Evidence first, before anything changes it", after: [], on: .log,
        StepCall(reading: "/api/v1/logs", scope: "okta.logs.read"),
        note: "A page has at most 1000 events; follow the `next` link of the reply's headers.")

    static let analyzeGeoAndDevices = StepCard(
        "See which devices and places the account was used from", because: "It tells the owner from a stranger",
        StepCall(reading: "/api/v1/users/{userId}/devices", scope: "okta.users.read"),
        note: "Compare with the addresses and user agents of the collected events.")

    static let listFactors = StepCard(
        "See which factors are enrolled, and since when", because: "A factor of the intruder's own is the way back in",
        StepCall(reading: "/api/v1/users/{userId}/factors", scope: "okta.users.read"),
        note: "Look for factors whose `created` or `lastUpdated` lies within the incident.")

    static let listUserRoles = StepCard(
        "See which administrator's roles the account has", because: "What it may do decides what it may have done",
        on: .role, StepCall(reading: "/api/v1/users/{userId}/roles", scope: "okta.roles.read"),
        note: "Roles that come with a group show their `assignmentType`.")

    static let listUserApps = StepCard(
        "See which applications the account opens", because: "It bounds what could be reached",
        StepCall(reading: "/api/v1/users/{userId}/appLinks", scope: "okta.users.read"),
        note: "Ask the owners of grave applications for their own logs.")

    static let listAPITokens = StepCard(
        "See which API tokens there are, and whose", because: "A token made by the intruder outlives everything else",
        on: .organisation, StepCall(reading: "/api/v1/api-tokens", scope: "okta.apiTokens.read"),
        note: "Look for tokens whose `created` or `lastUpdated` lies within the incident; `userId` names their owner.")

    static let enableMFA = StepCard(
        "See which factors are enrolled, and have the owner enrol a strong one",
        because: "A password alone was not enough", after: [[.resetFactors, .forcePasswordReset, .collectAuthLogs]],
        StepCall(reading: "/api/v1/users/{userId}/factors", scope: "okta.users.read"),
        note: "Reads only. Enrolling for the user would show its secret to you: let the owner enrol, or change the "
            + "enrolment policy.")

    static let notifyUser = StepCard(
        "Speak with the owner over a channel other than mail", because: "Only the owner knows what they did themselves",
        after: [[.revokeSessions, .analyzeGeoAndDevices, .collectAuthLogs]])

    static let forensicReview = StepCard(
        "Look for what was done in the sessions: grants, factors, rules, new accounts",
        because: "What was done inside decides what else must be undone")

    static let updateIncidentStatus = StepCard(
        "Record what was found and set the incident's status", because: "So that nobody does the work twice",
        after: [[.notifyUser, .forensicReview, .collectAuthLogs]])
}
