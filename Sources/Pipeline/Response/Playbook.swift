internal import Detection
internal import Diagnostics
internal import Events
internal import JSON
internal import Tables

/// The commands for the steps of a plan. To add one: a case of ``CanonicalStep`` and its request here.
///
/// The paths are those of Okta's management API specification. Log text is written by attackers: ids and logins
/// enter a command only when every character of them is harmless.
struct Playbook: Sendable {
    /// Users whose commands are written out; the rest is named in a note.
    static let userLimit = 20

    private let org: String

    /// - Parameter orgURL: The org's address as configured; without one the line names the shell variable.
    init(orgURL: String? = nil) { org = OktaRequest.orgAddress(orgURL) }

    /// The commands in the plan's order, for each actor of the incident's promoted findings.
    func commands(
        for plan: ResponsePlan, incident: SecurityIncident, in file: CaseFile
    ) -> [CommandSuggestion] {
        let subjects = subjects(of: incident, in: file)
        let steps = plan.steps.compactMap { CanonicalStep(rawValue: $0.stepID) }.filter { $0.effect != nil }
        return steps.flatMap { step in
            subjects.prefix(Self.userLimit).compactMap { subject in
                guard step == .collectAuthLogs || subject.isUser else { return nil }
                return suggestion(step, subject, incident, left: max(0, subjects.count - Self.userLimit))
            }
        }
    }

    private func subjects(of incident: SecurityIncident, in file: CaseFile) -> [Subject] {
        let promoted = Set(incident.promotedFindingIDs)
        let keys = file.findings.filter { promoted.contains($0.id) }.map(\.userID)
        let known = Set(keys)
        let ordered = incident.actors.filter(known.contains)
        return (ordered.isEmpty ? incident.actors : ordered).map { Subject($0, incident, in: file) }
    }

    private func suggestion(
        _ step: CanonicalStep, _ subject: Subject, _ incident: SecurityIncident, left: Int
    ) -> CommandSuggestion {
        let request = Self.request(step, subject, incident).line(org: org, user: subject.id)
        var notes = [Self.prerequisite(step)]
        notes += step == .collectAuthLogs ? [subject.filterNote, subject.typeNote] : [lookUp(subject)]
        if left > 0 { notes.append("\(left) more actors have no commands here: see `show \(incident.id)`.") }
        return CommandSuggestion(
            incidentID: incident.id, stepID: step.rawValue, description: "\(step.description): \(subject.shown).",
            command: request, notes: notes.filter { !$0.isEmpty }.joined(separator: " "),
            effect: step.effect ?? .read, scope: step.scope, undo: undo(step, subject),
            verify: Self.verification(step, incident)?.line(org: org, user: subject.id) ?? "nothing to check: it only reads")
    }

    /// How to find the id of a user of whom the log has only a login.
    private func lookUp(_ subject: Subject) -> String {
        guard subject.id == nil else { return "" }
        guard let login = subject.login else {
            return "{userId} is unknown, and the login in the log is left out: it has characters that a shell could obey. "
                + "Look the account up in the Admin Console."
        }
        let request = OktaRequest("GET", "/api/v1/users/" + OktaRequest.encoded(login))
        return "{userId} is unknown: the log has only `\(login)`. Find the id with: \(request.line(org: org, user: nil))"
    }

    private func undo(_ step: CanonicalStep, _ subject: Subject) -> String {
        switch step {
        case .lockAccount:
            OktaRequest("POST", "/api/v1/users/{userId}/lifecycle/unsuspend").line(org: org, user: subject.id)
        case .revokeSessions: "the owner signs in again"
        case .forcePasswordReset: "none: the owner must finish the recovery"
        default: "nothing to undo: it only reads"
        }
    }
}

// MARK: The list

extension Playbook {
    /// The call that carries out a step.
    static func request(_ step: CanonicalStep, _ subject: Subject, _ incident: SecurityIncident) -> OktaRequest {
        switch step {
        case .collectAuthLogs: logs(subject.filter, incident)
        case .analyzeGeoAndDevices: OktaRequest("GET", "/api/v1/users/{userId}/devices")
        case .lockAccount: OktaRequest("POST", "/api/v1/users/{userId}/lifecycle/suspend")
        case .forcePasswordReset:
            OktaRequest(
                "POST", "/api/v1/users/{userId}/lifecycle/reset_password",
                [("sendEmail", "true"), ("revokeSessions", "true")])
        case .revokeSessions:
            OktaRequest(
                "DELETE", "/api/v1/users/{userId}/sessions", [("oauthTokens", "true"), ("forgetDevices", "true")])
        case .enableMFA: OktaRequest("GET", "/api/v1/users/{userId}/factors")
        case .notifyUser, .forensicReview, .updateIncidentStatus: OktaRequest("GET", "/api/v1/users/{userId}")
        }
    }

    /// The call that shows whether a change worked.
    static func verification(_ step: CanonicalStep, _ incident: SecurityIncident) -> OktaRequest? {
        switch step {
        case .lockAccount, .forcePasswordReset: OktaRequest("GET", "/api/v1/users/{userId}")
        case .revokeSessions:
            OktaRequest(
                "GET", "/api/v1/logs",
                [
                    ("since", (incident.lastSeen ?? Timestamp(ticks: 0)).description),
                    ("filter", "eventType eq \"user.session.clear\""), ("limit", "100"),
                ])
        default: nil
        }
    }

    private static func logs(_ filter: String?, _ incident: SecurityIncident) -> OktaRequest {
        var query: [(name: String, value: String)] = []
        if let first = incident.firstSeen { query.append(("since", first.advanced(bySeconds: -3600).description)) }
        if let last = incident.lastSeen { query.append(("until", last.advanced(bySeconds: 3600).description)) }
        if let filter { query.append(("filter", filter)) }
        return OktaRequest("GET", "/api/v1/logs", query + [("limit", "1000"), ("sortOrder", "ASCENDING")])
    }

    /// What must be so, or be known, before a step's command is run.
    static func prerequisite(_ step: CanonicalStep) -> String {
        switch step {
        case .collectAuthLogs: "A page has at most 1000 events; follow the `next` link of the reply's headers."
        case .analyzeGeoAndDevices: "Compare with the addresses and user agents of the collected events."
        case .lockAccount:
            "Only an account in the state ACTIVE can be suspended. Groups and apps stay; sessions of apps do not end by "
                + "it, so end sessions as well. It worked when the check shows \"status\":\"SUSPENDED\"."
        case .forcePasswordReset:
            "Mails a reset link and ends sessions. Not when an intruder may read the mailbox: then set a temporary "
                + "password and hand it over by another way. It worked when the check shows \"status\":\"RECOVERY\"."
        case .revokeSessions:
            "Also withdraws OAuth tokens and forgets remembered devices; sessions that apps keep by themselves stay. "
                + "It worked when the check lists a `user.session.clear`."
        case .enableMFA:
            "Reads only. Enrolling for the user would show its secret to you: let the owner enrol, or change the "
                + "enrolment policy."
        case .notifyUser, .forensicReview, .updateIncidentStatus: ""
        }
    }
}
