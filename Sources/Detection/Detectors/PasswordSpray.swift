public import Events

/// Failed sign-ins of many accounts from one source, a few for each.
///
/// The source is an address, or a device hash that several addresses share. A failure belongs to an attack when it lies
/// in some window in which enough accounts fail; windows that overlap make one attack, and an attack is one finding
/// of this detector or, when its names come from elsewhere, of ``CredentialStuffing``. The per-user bursts inside a
/// spray remain findings of their own: they need five tries of one user, more than a spray usually dares.
///
/// | severity | evidence |
/// |---|---|
/// | high | a source that mostly fails, and 25 accounts are attacked or an attacked one gets in |
/// | medium | a source that mostly fails; or 10 accounts |
/// | low | fewer accounts; a source that people share; an own login page or script with an API token |
/// | none | a source that people share, where those who fail sign in too, or are few |
///
/// A source mostly fails when one account at most signs in from it for four that fail. People share a source when as
/// many accounts sign in from it as fail, or half of those that fail: an office whose people mistype in the morning.
/// Okta does not log names that it does not know in every org, so counts are lower bounds.
public struct PasswordSpray: Detector {
    public let id = "password_spray"
    public let title = "Password spray from one source"
    public let severity = Severity.medium
    /// Brute Force: Password Spraying.
    public let attack = ["T1110.003"]
    public let needs: [EventField] = [.outcomeResult, .actorID, .ipAddress]

    /// From how many accounts on it is an attack.
    public let limits: SprayLimits

    /// - Parameter limits: From how many accounts on it is an attack.
    public init(limits: SprayLimits = SprayLimits()) { self.limits = limits }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let attacks = SourceAttacks(events, SignInAttempts(events), limits: limits)
        return attacks.found.filter { $0.kind == .spray }
            .map { $0.finding(of: self, in: attacks, events, window: limits.window) }
    }
}
