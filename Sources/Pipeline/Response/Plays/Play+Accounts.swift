// Plays for accounts that may be in other hands.
extension Play {
    /// Someone may be using the account right now.
    static let travel = Play(
        "Find out whether {who}'s account is in use by someone else, and stop it without losing evidence.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.lockAccount.line,
            CanonicalStep.revokeSessions.because(
                "A stranger's sessions and tokens outlive a lock; the owner only signs in again"),
            CanonicalStep.notifyUser.because("Only the owner knows whether they travelled"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    static let session = Play(
        "End the stolen session of {who}, and take back what was done in it.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.lockAccount.line,
            CanonicalStep.revokeSessions.because("The stolen cookie works until its session ends"),
            CanonicalStep.forcePasswordReset.because("Who takes a cookie from a device may take the password, too"),
            CanonicalStep.notifyUser.because("The owner's device, or a page they visited, gave the session away"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let factorChange = Play(
        "Put the intruder out of {who}'s account, and remove the factor that would let them back in.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.listFactors.line, CanonicalStep.lockAccount.line, CanonicalStep.revokeSessions.line,
            CanonicalStep.forcePasswordReset.line, CanonicalStep.unenrollFactor.line,
            CanonicalStep.notifyUser.because("The owner knows whether they have a new phone"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let helpDesk = Play(
        "Take {who}'s account back from whoever talked the help desk into a reset.",
        [
            CanonicalStep.collectAuthLogs.because("The reset, who asked for it and who did it stand in the log"),
            CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.listFactors.line, CanonicalStep.lockAccount.line,
            CanonicalStep.revokeSessions.line,
            CanonicalStep.forcePasswordReset.because("The new password went to the caller"),
            CanonicalStep.resetFactors.because("The factors since the reset are the caller's"),
            CanonicalStep.notifyUser.because("By a number from the staff list: the one on the ticket is the caller's"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let dormant = Play(
        "Find out who woke {who}'s unused account, and close it if nobody needs it.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.lockAccount.line,
            CanonicalStep.revokeSessions.line, CanonicalStep.forcePasswordReset.line,
            CanonicalStep.notifyUser.because("The owner, or who was in charge of them, knows whether they are back"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let applications = Play(
        "Stop whoever goes through {who}'s applications, and find out what they saw.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.listUserApps.line, CanonicalStep.revokeSessions.line, CanonicalStep.revokeGrants.line,
            CanonicalStep.notifyUser.line,
            CanonicalStep.forensicReview.because("The applications' own logs say what was read or taken"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    static let sharedBrowser = Play(
        "Find out who works with several people's accounts in one browser, and put them out.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.revokeSessions.line,
            CanonicalStep.forcePasswordReset.because("One browser that has them all has their passwords"),
            CanonicalStep.notifyUser.because("Owners know whether they share a workstation"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    static let sharedFactor = Play(
        "Take the phone or device that answers for several accounts out of their factors.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.listFactors.line, CanonicalStep.revokeSessions.line,
            CanonicalStep.suspendDevice.line,
            CanonicalStep.unenrollFactor.because("Who holds the device can answer for the account"),
            CanonicalStep.notifyUser.because("Owners know whether the device is theirs, or one at a counter"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    /// What is unusual and no more.
    static let verify = Play(
        "Ask {who} whether it was them.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.notifyUser.because("It is unusual, and mostly harmless: one question settles it"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    /// What nothing is known of but that a rule calls it bad.
    static let other = Play(
        "Find out whether {who}'s account is in use by someone else, and stop it without losing evidence.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.revokeSessions.because("Ends what may be going on, and can be borne"),
            CanonicalStep.notifyUser.because("The owner may know what it was"),
            CanonicalStep.forensicReview.because("The finding's own rule says what to look for"),
            CanonicalStep.updateIncidentStatus.line,
        ])
}
