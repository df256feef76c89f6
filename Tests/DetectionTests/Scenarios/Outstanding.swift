/// What the limits of the scenario do not hold for yet: the one list of it, which only shrinks.
///
/// An entry whose reason is gone fails a test until it is removed; where a detector comes that falls short, its
/// ``noDetector`` entry is replaced by what it falls short of.
enum Outstanding: Hashable {
    /// Nothing looks for it yet: its attacks are not judged.
    case noDetector(String)
    /// The attacks that a detector is there for are not judged in a variant.
    case recall(String, Variant)
    /// A detector's findings in benign events are not judged.
    case noise(String)

    static let list: Set<Outstanding> = [
        .noDetector("password_spray"),
        .noDetector("password_spray_distributed"),
        .noDetector("credential_stuffing"),
        .noDetector("brute_force_many_sources"),
        .noDetector("success_after_attack"),
        .noDetector("mass_lockout"),
        .noDetector("mfa_fatigue"),
        .noDetector("push_source_mismatch"),
        .noDetector("session_hijack"),
        .noDetector("application_burst"),
        .noDetector("device_token_shared"),
        .noDetector("shared_factor_device"),
        .noDetector("factor_change_then_new_place"),
        .noDetector("help_desk_takeover"),
        .noDetector("admin_role_then_new_place"),
        .noDetector("api_token_used_elsewhere"),
        .noDetector("identity_provider_backdoor"),
        .noDetector("defence_weakening"),
        .noDetector("dormant_account"),
        .noDetector("new_country"),
        .noDetector("new_device"),
        // Looks at countries alone: misses what is far within one, and takes a shared egress abroad for a journey.
        .recall("impossible_travel", .stealthy),
        .noise("impossible_travel"),
        // Takes a telephone with an old password, and people back from vacation, for attackers.
        .noise("failed_login_burst"),
    ]
}
