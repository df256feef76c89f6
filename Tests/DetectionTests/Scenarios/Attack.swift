import Detection

/// How an attack is carried out.
enum Variant: String, CaseIterable {
    /// As in a textbook: fast, from abroad, with tools that nobody here uses.
    case easy
    /// Slow, few, from the victim's own country, with the victim's browser.
    case stealthy
    /// As easy, with much innocent activity of the same people and addresses around it; delivered twice, in no order.
    case noisy
}

/// A sort of attack. The raw value is its name in the table.
enum AttackKind: String, CaseIterable {
    case passwordSpray = "password_spray"
    case distributedSpray = "password_spray_distributed"
    case credentialStuffing = "credential_stuffing"
    case failedLoginBurst = "failed_login_burst"
    case bruteForceManySources = "brute_force_many_sources"
    case successAfterAttack = "success_after_attack"
    case massLockout = "mass_lockout"
    case fatigueApproved = "mfa_fatigue (approved)"
    case fatigueRefused = "mfa_fatigue (refused)"
    case pushSourceMismatch = "push_source_mismatch"
    case impossibleTravel = "impossible_travel"
    case sessionHijack = "session_hijack"
    case applicationBurst = "application_burst"
    case deviceTokenShared = "device_token_shared"
    case sharedFactorDevice = "shared_factor_device"
    case factorChange = "factor_change_then_new_place"
    case helpDeskTakeover = "help_desk_takeover"
    case adminRole = "admin_role_then_new_place"
    case tokenElsewhere = "api_token_used_elsewhere"
    case identityProviderBackdoor = "identity_provider_backdoor"
    case defenceWeakening = "defence_weakening"
    case dormantAccount = "dormant_account"
    case newCountry = "new_country"
    case newDevice = "new_device"

    /// The detector that is there for it; the part of the name before a space.
    var detector: String { rawValue.split(separator: " ").first.map(String.init) ?? rawValue }

    /// The types of findings that tell an analyst of it: its own, and those that say as much or more.
    var accepted: [String] { [detector] + equivalents + rules }

    private var equivalents: [String] {
        switch self {
        case .passwordSpray, .distributedSpray, .credentialStuffing, .deviceTokenShared:
            ["password_spray", "password_spray_distributed", "credential_stuffing", "success_after_attack"]
        case .failedLoginBurst, .bruteForceManySources:
            ["failed_login_burst", "brute_force_many_sources", "success_after_attack"]
        case .massLockout: ["password_spray", "password_spray_distributed", "credential_stuffing"]
        case .fatigueApproved: ["success_after_attack", "push_source_mismatch"]
        case .pushSourceMismatch, .sessionHijack, .newCountry: ["impossible_travel"]
        case .applicationBurst: ["session_hijack", "impossible_travel"]
        case .helpDeskTakeover: ["factor_change_then_new_place"]
        default: []
        }
    }

    /// The built-in rules that name the behaviour itself, not only something that goes along with it.
    private var rules: [String] {
        switch self {
        case .deviceTokenShared: ["device_token_shared_behind_proxy"]
        case .sessionHijack: ["session_with_many_device_tokens"]
        case .newCountry: ["sign_in_new_country_and_device"]
        case .helpDeskTakeover: ["new_place_then_device_enrolled"]
        case .identityProviderBackdoor: ["identity_provider_created", "identity_provider_changed"]
        case .defenceWeakening:
            [
                "policy_rule_factors_lowered", "network_zone_deactivated_or_deleted", "log_stream_stopped",
                "new_place_then_critical_change",
            ]
        default: []
        }
    }

    /// A finding below it does not count: nobody would look at it.
    var leastSeverity: Severity { self == .newCountry || self == .newDevice ? .low : .medium }
}

/// What was done, and which events tell of it.
struct Attack {
    let kind: AttackKind
    let variant: Variant
    let events: Set<String>
}
