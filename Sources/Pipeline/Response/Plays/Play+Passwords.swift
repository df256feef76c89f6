// Plays against attacks on passwords and factors.
extension Play {
    /// One account's password is tried, so far in vain.
    static let guessing = Play(
        "Keep whoever tries {who}'s password out, and see that they are not in already.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.blockIP.line,
            CanonicalStep.enableMFA.because("Then a guessed password is not enough"),
            CanonicalStep.notifyUser.because("The owner can tell which tries were theirs"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    /// Many accounts' passwords are tried from one place, so far in vain.
    static let spray = Play(
        "End the attack on the passwords of many accounts, and find out whether one of them was entered.",
        [
            CanonicalStep.collectAuthLogs.because("A success among the failures is what the attack was for"),
            CanonicalStep.blockIP.line,
            CanonicalStep.forensicReview.because("A sign-in that followed from elsewhere hides in other addresses"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    /// The same from many places.
    static let distributedSpray = Play(
        spray.goal,
        [
            CanonicalStep.collectAuthLogs.because("A success among the failures is what the attack was for"),
            CanonicalStep.threatInsightBlock.line, CanonicalStep.forensicReview.line,
            CanonicalStep.updateIncidentStatus.line,
        ])

    /// The password is known to someone else.
    static let guessedPassword = Play(
        "Find out whether {who}'s account is in use by someone else, and stop it without losing evidence.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line, CanonicalStep.lockAccount.line,
            CanonicalStep.revokeSessions.line, CanonicalStep.blockIP.line,
            CanonicalStep.forcePasswordReset.because("The password that was guessed must go"),
            CanonicalStep.enableMFA.line,
            CanonicalStep.notifyUser.because("The owner can tell which sign-ins were theirs"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    /// Pushes that the owner refused: the password is known, the account is not entered.
    static let refusedPushes = Play(
        "Take the password from whoever sends {who} pushes.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.revokeSessions.line,
            CanonicalStep.forcePasswordReset.because("Nobody can send a push without the password"),
            CanonicalStep.enableMFA.because("A factor with number matching, or one that cannot be phished, ends this"),
            CanonicalStep.notifyUser.because("The owner can say whether they asked for them, and must go on refusing"),
            CanonicalStep.updateIncidentStatus.line,
        ])

    /// A push that somebody else asked for was approved.
    static let approvedPush = Play(
        "Put whoever came in by {who}'s push out again, and take away what they left behind.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.analyzeGeoAndDevices.line,
            CanonicalStep.listFactors.line, CanonicalStep.lockAccount.line, CanonicalStep.revokeSessions.line,
            CanonicalStep.forcePasswordReset.because("Nobody can send a push without the password"),
            CanonicalStep.resetFactors.because("The intruder was in and may have enrolled a factor of their own"),
            CanonicalStep.notifyUser.because("The owner can say which push they meant to approve"),
            CanonicalStep.forensicReview.line, CanonicalStep.updateIncidentStatus.line,
        ])

    /// Many accounts are locked.
    static let lockout = Play(
        "End the attack that locks accounts, and let their owners in again.",
        [
            CanonicalStep.collectAuthLogs.line, CanonicalStep.blockIP.line, CanonicalStep.threatInsightBlock.line,
            CanonicalStep.unlockUser.line,
            CanonicalStep.notifyUser.because("Owners who are shut out call the help desk, and so does the attacker"),
            CanonicalStep.updateIncidentStatus.line,
        ])
}
