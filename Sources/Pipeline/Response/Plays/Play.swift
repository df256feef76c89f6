internal import Detection
internal import JSON

/// What is done about one kind of attack: steps, each with a reason of its own where the step's is not enough.
struct Play: Sendable {
    struct Line: Sendable {
        let step: CanonicalStep
        /// `nil` for the step's own.
        let reason: String?
    }

    /// What the steps are to reach; `{who}` stands for the people.
    let goal: String
    let lines: [Line]

    init(_ goal: String, _ lines: [Line]) {
        self.goal = goal
        self.lines = lines
    }

    var steps: [CanonicalStep] { lines.map(\.step) }
}

extension CanonicalStep {
    /// The step as a play has it, with a reason of the play's own.
    func because(_ reason: String) -> Play.Line { Play.Line(step: self, reason: reason) }

    /// The step as a play has it, with its own reason.
    var line: Play.Line { Play.Line(step: self, reason: nil) }
}

// MARK: Which play

extension Play {
    /// The play for a finding: by its kind, else by its techniques, else by its tactics. What is low is asked about
    /// first.
    init(for finding: DetectionFinding) {
        if finding.severity == .low {
            self = .verify
        } else if !finding.hosts.isEmpty {
            self = .host
        } else if let play = Self.ofKinds[finding.findingType] {
            self = play(finding)
        } else if let play = finding.attack.lazy.compactMap(Self.ofTechnique).first {
            self = play
        } else {
            self = finding.tactics.lazy.compactMap(Self.ofTactic).first ?? .other
        }
    }

    private static let ofKinds: [String: @Sendable (DetectionFinding) -> Play] = [
        "impossible_travel": { _ in .travel }, "failed_login_burst": guessing, "brute_force_many_sources": guessing,
        "password_spray": spraying, "credential_stuffing": spraying,
        "password_spray_distributed": { _ in .distributedSpray }, "success_after_attack": { _ in .guessedPassword },
        "mfa_fatigue": { hasApproval($0) ? .approvedPush : .refusedPushes },
        "push_source_mismatch": { _ in .approvedPush },
        "mass_lockout": { _ in .lockout }, "application_burst": { _ in .applications },
        "session_hijack": { _ in .session }, "factor_change_then_new_place": { _ in .factorChange },
        "help_desk_takeover": { _ in .helpDesk }, "admin_role_then_new_place": { _ in .adminRole },
        "api_token_used_elsewhere": { _ in .token }, "identity_provider_backdoor": { _ in .provider },
        "defence_weakening": { _ in .defences }, "new_country": { _ in .verify }, "new_device": { _ in .verify },
        "dormant_account": { _ in .dormant }, "device_token_shared": { _ in .sharedBrowser },
        "shared_factor_device": { _ in .sharedFactor },
    ]

    private static func guessing(_ finding: DetectionFinding) -> Play {
        finding.metadata["success_followed"]?.string == nil ? .guessing : .guessedPassword
    }

    private static func spraying(_ finding: DetectionFinding) -> Play {
        finding.metadata["entered_users"]?.strings?.isEmpty == false ? .guessedPassword : .spray
    }

    private static func hasApproval(_ finding: DetectionFinding) -> Bool {
        finding.metadata["approved_event"]?.string != nil
    }

    /// The play against a technique that a rule names; `nil` where its tactic has to do.
    private static func ofTechnique(_ technique: String) -> Play? {
        let id = technique.uppercased()
        return switch id {
        case "T1098.003", "T1548.005": .adminRole
        case "T1098.005", "T1556.006": .factorChange
        case "T1098.001", "T1550.001", "T1528": .token
        case "T1484.002", "T1556.007": .provider
        case "T1556.009": .defences
        case "T1539", "T1550.004": .session
        case "T1110.003", "T1110.004": .spray
        case "T1621": .approvedPush
        case "T1531": .lockout
        case "T1656", "T1566.004": .helpDesk
        default:
            switch id.prefix(5) {
            case "T1110": .guessing
            case "T1484", "T1562": .defences
            case "T1136": .newAccount
            default: nil
            }
        }
    }

    private static func ofTactic(_ tactic: Tactic) -> Play? {
        switch tactic {
        case .initialAccess, .lateralMovement: .travel
        case .credentialAccess: .guessedPassword
        case .persistence, .privilegeEscalation: .adminRole
        case .defenseEvasion: .defences
        case .discovery, .collection, .exfiltration: .applications
        case .impact: .lockout
        case .reconnaissance, .resourceDevelopment, .execution, .commandAndControl: nil
        }
    }
}
