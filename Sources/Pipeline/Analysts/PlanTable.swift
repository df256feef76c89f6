internal import Detection

/// The built-in plans: which steps an incident needs, by what was found.
enum PlanTable {
    struct Row: Sendable {
        let step: CanonicalStep
        let after: [CanonicalStep]
        let rationale: String
    }

    /// Someone may be using the account right now.
    static let takeover: [Row] = [
        Row(step: .collectAuthLogs, after: [], rationale: "Evidence first, before anything changes it"),
        Row(step: .analyzeGeoAndDevices, after: [.collectAuthLogs], rationale: "It tells the owner from a stranger"),
        Row(step: .lockAccount, after: [.analyzeGeoAndDevices], rationale: "Stops new sign-ins; it can be taken back"),
        Row(step: .revokeSessions, after: [.collectAuthLogs],
            rationale: "A stranger's sessions and tokens outlive a lock; the owner only signs in again"),
        Row(step: .notifyUser, after: [.revokeSessions], rationale: "Only the owner knows whether they travelled"),
        Row(step: .updateIncidentStatus, after: [.notifyUser], rationale: "So that nobody does the work twice"),
    ]

    /// The password is known to someone else.
    static let guessedPassword: [Row] = [
        Row(step: .collectAuthLogs, after: [], rationale: "Evidence first, before anything changes it"),
        Row(step: .analyzeGeoAndDevices, after: [.collectAuthLogs], rationale: "It tells the owner from a stranger"),
        Row(step: .lockAccount, after: [.analyzeGeoAndDevices], rationale: "Stops new sign-ins; it can be taken back"),
        Row(step: .forcePasswordReset, after: [.revokeSessions], rationale: "The password that was guessed must go"),
        Row(step: .revokeSessions, after: [.collectAuthLogs], rationale: "A stranger's sessions outlive the password"),
        Row(step: .enableMFA, after: [.forcePasswordReset], rationale: "A password alone was not enough"),
        Row(step: .notifyUser, after: [.revokeSessions], rationale: "The owner can tell which sign-ins were theirs"),
        Row(step: .forensicReview, after: [.collectAuthLogs],
            rationale: "What was done inside decides what else must be undone"),
        Row(step: .updateIncidentStatus, after: [.notifyUser], rationale: "So that nobody does the work twice"),
    ]

    /// Anything else.
    static let other: [Row] = [
        Row(step: .collectAuthLogs, after: [], rationale: "Evidence first, before anything changes it"),
        Row(step: .analyzeGeoAndDevices, after: [.collectAuthLogs], rationale: "It tells the owner from a stranger"),
        Row(step: .revokeSessions, after: [.analyzeGeoAndDevices], rationale: "Ends what may be going on, and can be borne"),
        Row(step: .notifyUser, after: [.analyzeGeoAndDevices], rationale: "The owner may know what it was"),
        Row(step: .forensicReview, after: [.collectAuthLogs], rationale: "The finding's own rule says what to look for"),
        Row(step: .updateIncidentStatus, after: [.forensicReview], rationale: "So that nobody does the work twice"),
    ]

    /// The rows for the findings of an incident; a guessed password outweighs the rest.
    static func rows(for findings: [DetectionFinding]) -> [Row] {
        let types = Set(findings.map(\.findingType))
        if types.contains("failed_login_burst") { return guessedPassword }
        return types.contains("impossible_travel") ? takeover : other
    }
}
