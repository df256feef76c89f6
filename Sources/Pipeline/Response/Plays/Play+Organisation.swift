// Plays against changes to the org.
extension Play {
    static let adminRole = Play(
        "Take the administrator's role from {who}, and take back what was done with it.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.listUserRoles.line, CanonicalStep.lockAccount.line, CanonicalStep.revokeSessions.line,
            CanonicalStep.revokeAdminRole.line,
            CanonicalStep.notifyUser.because("Whoever gave the role knows whether they meant to"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let token = Play(
        "Take the API token of {who} out of use, and find out what was done with it.",
        [
            CanonicalStep.collectAuthLogs.because("All that the token did stands in the log"),
            CanonicalStep.listAPITokens.because("It shows whose the token is and since when"),
            CanonicalStep.revokeAPIToken.line,
            CanonicalStep.notifyUser.because("The token's owner knows whether its program was moved"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let provider = Play(
        "Close the door that the identity provider opened, and end the sessions that came through it.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.lockAccount.line,
            CanonicalStep.revokeSessions.because("Sessions that came through the provider outlive it"),
            CanonicalStep.deactivateIdP.line,
            CanonicalStep.notifyUser.because("Whoever runs sign-in knows whether the provider is planned"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let defences = Play(
        "Put the defences back that {who} took down, and find out what they were to hide.",
        [
            CanonicalStep.collectAuthLogs.because("What was recorded before the logging went is all there is"),
            CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.lockAccount.line, CanonicalStep.revokeSessions.line,
            CanonicalStep.restoreDefences.line,
            CanonicalStep.notifyUser.because("A planned change has a ticket"),
            CanonicalStep.forensicReview.because("What happened while they were down is what they were in the way of"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    static let newAccount = Play(
        "Find out who made the account, what for, and shut it if nobody knows.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.listUserRoles.line,
            CanonicalStep.lockAccount.because("An account of the intruder's own is the way back in"),
            CanonicalStep.revokeSessions.line, CanonicalStep.notifyUser.because("Whoever made it knows what for"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])
}
