internal import Detection
internal import JSON

/// What the built-in analyst thinks of a kind of finding before it looks at the figures.
struct RiskKind {
    /// A sentence for the rationale.
    let words: String
    /// Above 0 for what is rather likely than costly, below for what is rather costly.
    let lean: Double
    /// The severity that its detector gives as a rule; `nil` for a rule's finding.
    let severity: Severity?
    /// Whether the last of its reasons says what could explain it, when its severity is less than usual.
    let endsInExcuse: Bool

    init(of finding: DetectionFinding) {
        let row = Self.rows[finding.findingType]
        words = Self.particular(finding) ?? row?.words ?? "Its rule calls it \(finding.severity.rawValue)."
        lean = row?.lean ?? 0
        severity = Self.severities[finding.findingType]
        endsInExcuse = ["impossible_travel", "failed_login_burst"].contains(finding.findingType)
    }

    /// Where the same kind reads differently by its figures.
    private static func particular(_ finding: DetectionFinding) -> String? {
        let figures = finding.metadata
        switch finding.findingType {
        case "failed_login_burst" where figures["success_followed"]?.string == nil:
            return "Failures only: no success followed within the hour."
        // The detector gives reasons wherever it knows more than countries.
        case "impossible_travel" where finding.severity >= .high && figures["why"] == nil:
            return "Two countries inside an hour, and no shared device to explain it."
        default: return nil
        }
    }

    private static let severities = Dictionary(Detectors.all.map { ($0.id, $0.severity) }) { first, _ in first }

    private static let rows: [String: (lean: Double, words: String)] = [
        "impossible_travel": (0.05, "One actor in two places, and too little time for the way between them."),
        "failed_login_burst": (0.05, "Many failures in a short time."),
        "password_spray": (0.05, "One source tried its guesses on many accounts."),
        "credential_stuffing": (0.05, "One source tried names and passwords that were stolen elsewhere."),
        "password_spray_distributed": (0, "Many sources tried their guesses on many accounts."),
        "brute_force_many_sources": (0.05, "No one person fails from so many sources."),
        "success_after_attack": (-0.05, "An attack on the password was followed by a sign-in."),
        "mfa_fatigue": (0, "Who sends pushes has the password already."),
        "push_source_mismatch": (0, "Whoever asked for the push was not where it was approved."),
        "mass_lockout": (0.05, "Accounts that lock together were tried together, and their owners are shut out."),
        "application_burst": (0, "An intruder looks at everything that the account opens."),
        "session_hijack": (0, "A stolen session needs neither password nor factor."),
        "factor_change_then_new_place": (0, "A factor of the intruder's own opens the account again and again."),
        "help_desk_takeover": (-0.05, "A reset gives the account to whoever talked the help desk into it."),
        "admin_role_then_new_place": (-0.05, "An administrator's account can change the whole org."),
        "api_token_used_elsewhere": (-0.05, "A token acts without a sign-in, and outlives passwords and sessions."),
        "identity_provider_backdoor": (-0.05, "Who controls an identity provider signs in as anybody."),
        "defence_weakening": (-0.05, "What is taken down neither protects nor records any more."),
        "new_country": (0, "New by itself is what every journey looks like."),
        "new_device": (0, "New by itself is what every new phone looks like."),
        "dormant_account": (0, "Nobody misses what an unused account does."),
        "device_token_shared": (0, "One browser is in use for the accounts of several people."),
        "shared_factor_device": (0, "Who holds the device can answer for all who enrolled it."),
    ]
}
