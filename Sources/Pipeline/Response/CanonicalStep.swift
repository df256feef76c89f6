/// The steps that the program knows, in the order in which they stand in a plan.
public enum CanonicalStep: String, CaseIterable, Sendable {
    case collectAuthLogs = "collect_auth_logs"
    case analyzeGeoAndDevices = "analyze_geo_and_devices"
    case lockAccount = "lock_account"
    case forcePasswordReset = "force_password_reset"
    case revokeSessions = "revoke_sessions"
    case enableMFA = "enable_mfa"
    case notifyUser = "notify_user"
    case forensicReview = "forensic_review"
    case updateIncidentStatus = "update_incident_status"

    /// What is done.
    public var description: String {
        switch self {
        case .collectAuthLogs: "Collect all events of the account, from an hour before the first to an hour after the last"
        case .analyzeGeoAndDevices: "See which devices and places the account was used from"
        case .lockAccount: "Suspend the account, if the devices and places do not clear its owner"
        case .forcePasswordReset: "Have the owner set a new password"
        case .revokeSessions: "End the account's sessions and withdraw its tokens"
        case .enableMFA: "See which factors are enrolled, and have the owner enrol a strong one"
        case .notifyUser: "Speak with the owner over a channel other than mail"
        case .forensicReview: "Look for what was done in the sessions: grants, factors, rules, new accounts"
        case .updateIncidentStatus: "Record what was found and set the incident's status"
        }
    }

    /// Whether a human must say yes first: it changes something, or tells someone.
    public var needsApproval: Bool {
        switch self {
        case .collectAuthLogs, .analyzeGeoAndDevices, .forensicReview, .updateIncidentStatus: false
        case .lockAccount, .forcePasswordReset, .revokeSessions, .enableMFA, .notifyUser: true
        }
    }

    /// What its command would change; `nil` for a step without one.
    public var effect: Effect? {
        switch self {
        case .collectAuthLogs, .analyzeGeoAndDevices, .enableMFA: .read
        case .lockAccount, .revokeSessions: .reversible
        case .forcePasswordReset: .irreversible
        case .notifyUser, .forensicReview, .updateIncidentStatus: nil
        }
    }

    /// The OAuth scope its command needs.
    var scope: String {
        switch self {
        case .collectAuthLogs: "okta.logs.read"
        case .analyzeGeoAndDevices, .enableMFA: "okta.users.read"
        default: "okta.users.manage"
        }
    }
}
