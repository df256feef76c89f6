/// The steps that the program knows, in the order in which they stand in a plan: evidence, what stops an intruder, what
/// takes back what an intruder did, people, records.
public enum CanonicalStep: String, CaseIterable, Sendable {
    case collectAuthLogs = "collect_auth_logs"
    case analyzeGeoAndDevices = "analyze_geo_and_devices"
    case collectHostActivity = "collect_host_activity"
    case listFactors = "list_factors"
    case listUserRoles = "list_user_roles"
    case listUserApps = "list_user_apps"
    case listAPITokens = "list_api_tokens"
    case isolateHost = "isolate_host"
    case scanHost = "scan_host"
    case lockAccount = "lock_account"
    case revokeSessions = "revoke_sessions"
    case revokeAPIToken = "revoke_api_token"
    case deactivateIdP = "deactivate_idp"
    case blockIP = "block_ip"
    case threatInsightBlock = "threatinsight_block"
    case suspendDevice = "suspend_device"
    case forcePasswordReset = "force_password_reset"
    case unenrollFactor = "unenroll_factor"
    case resetFactors = "reset_factors"
    case revokeGrants = "revoke_user_grants"
    case revokeAdminRole = "revoke_admin_role"
    case restoreDefences = "restore_defences"
    case unlockUser = "unlock_user"
    case enableMFA = "enable_mfa"
    case notifyUser = "notify_user"
    case forensicReview = "forensic_review"
    case updateIncidentStatus = "update_incident_status"

    /// What is done.
    public var description: String { card.description }

    /// Whether a human must say yes first: it changes something, or tells someone.
    public var needsApproval: Bool {
        switch effect {
        case .reversible, .irreversible: true
        case .read: self == .enableMFA
        case nil: self == .notifyUser
        }
    }

    /// What its command would change; `nil` for a step without one.
    public var effect: Effect? { card.call?.effect ?? card.hostCall?.effect }
}

extension CanonicalStep {
    /// All that is known of the step. To add a step: its case above, its card, and its line here.
    var card: StepCard {
        switch self {
        case .collectAuthLogs: .collectAuthLogs
        case .analyzeGeoAndDevices: .analyzeGeoAndDevices
        case .collectHostActivity: .collectHostActivity
        case .listFactors: .listFactors
        case .listUserRoles: .listUserRoles
        case .listUserApps: .listUserApps
        case .listAPITokens: .listAPITokens
        case .isolateHost: .isolateHost
        case .scanHost: .scanHost
        case .lockAccount: .lockAccount
        case .revokeSessions: .revokeSessions
        case .revokeAPIToken: .revokeAPIToken
        case .deactivateIdP: .deactivateIdP
        case .blockIP: .blockIP
        case .threatInsightBlock: .threatInsightBlock
        case .suspendDevice: .suspendDevice
        case .forcePasswordReset: .forcePasswordReset
        case .unenrollFactor: .unenrollFactor
        case .resetFactors: .resetFactors
        case .revokeGrants: .revokeGrants
        case .revokeAdminRole: .revokeAdminRole
        case .restoreDefences: .restoreDefences
        case .unlockUser: .unlockUser
        case .enableMFA: .enableMFA
        case .notifyUser: .notifyUser
        case .forensicReview: .forensicReview
        case .updateIncidentStatus: .updateIncidentStatus
        }
    }
}
