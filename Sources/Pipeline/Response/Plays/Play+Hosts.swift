extension Play {
    /// Something that ran on a machine, which a hunt found.
    static let host = Play(
        "Find out what ran on the machine, cut it off without losing evidence, and see where else it was.",
        [
            CanonicalStep.collectHostActivity.line, CanonicalStep.isolateHost.line, CanonicalStep.scanHost.line,
            CanonicalStep.collectAuthLogs.because("Whoever has the machine has the tokens on it"),
            CanonicalStep.revokeSessions.because("Tokens on the machine may be in other hands"),
            CanonicalStep.forcePasswordReset.because("What was typed on the machine may be known"),
            CanonicalStep.notifyUser.because("The owner may know what it was, and must work elsewhere meanwhile"),
            CanonicalStep.forensicReview.because("What was fetched and left behind decides what must be cleaned"),
            CanonicalStep.updateIncidentStatus.line,
        ])
}
