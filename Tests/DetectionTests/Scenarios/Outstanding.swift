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
        .recall("new_device", .easy),
        .recall("new_device", .noisy),
        .recall("password_spray_distributed", .stealthy),
        .recall("credential_stuffing", .stealthy),
        .recall("brute_force_many_sources", .stealthy),
        .recall("success_after_attack", .stealthy),
        .recall("mfa_fatigue", .stealthy),
        .recall("push_source_mismatch", .stealthy),
        .recall("impossible_travel", .stealthy),
        .recall("session_hijack", .stealthy),
        .recall("application_burst", .stealthy),
        .recall("help_desk_takeover", .stealthy),
        .recall("identity_provider_backdoor", .stealthy),
        .recall("defence_weakening", .stealthy),
        .recall("new_device", .stealthy),
        .noise("impossible_travel"),
    ]
}
