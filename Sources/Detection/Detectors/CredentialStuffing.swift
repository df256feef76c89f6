public import Events

/// Names and passwords from elsewhere, tried from one source.
///
/// An attack as ``PasswordSpray`` has it, whose windows, sources and severities are the same, in which each account is
/// tried at most twice on average and a third of the accounts at least are not the org's: Okta writes `unknown` for
/// their id, or gives `VERIFICATION_ERROR` as the reason.
public struct CredentialStuffing: Detector {
    public let id = "credential_stuffing"
    public let title = "Credential stuffing from one source"
    public let severity = Severity.medium
    /// Brute Force: Credential Stuffing.
    public let attack = ["T1110.004"]
    public let needs: [EventField] = [.outcomeResult, .actorID, .ipAddress]

    /// From how many accounts on it is an attack.
    public let limits: SprayLimits

    /// - Parameter limits: From how many accounts on it is an attack.
    public init(limits: SprayLimits = SprayLimits()) { self.limits = limits }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let attacks = SourceAttacks(events, SignInAttempts(events), limits: limits)
        return attacks.found.filter { $0.kind == .stuffing }
            .map { $0.finding(of: self, in: attacks, events, window: limits.window) }
    }
}
