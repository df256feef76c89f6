internal import Detection
internal import Diagnostics
internal import JSON
internal import Tables

/// The commands for the steps of a plan. To add one: a case of ``CanonicalStep`` and its ``StepCard``.
///
/// Log text is written by attackers: ids, logins and addresses enter a command only when every character of them is
/// harmless.
struct Playbook: Sendable {
    /// Subjects of one step whose commands are written out; the rest is named in a note.
    static let subjectLimit = 20

    private let org: String

    /// - Parameter orgURL: The org's address as configured; without one the line names the shell variable.
    init(orgURL: String? = nil) { org = OktaRequest.orgAddress(orgURL) }

    /// The commands in the plan's order, each step's for all that the incident's promoted findings aim it at.
    func commands(
        for plan: ResponsePlan, incident: SecurityIncident, in file: CaseFile
    ) -> [CommandSuggestion] {
        let aims = CommandAims(incident, in: file, org: org)
        let steps = plan.steps.compactMap { CanonicalStep(rawValue: $0.stepID) }.filter { $0.effect != nil }
        return steps.flatMap { step in
            if let call = step.card.hostCall { return suggestions(step, call, aims.hosts, incident) }
            let subjects = aims.subjects(of: step)
            let left = max(0, subjects.count - Self.subjectLimit)
            var seen: Set<String> = []
            return subjects.prefix(Self.subjectLimit).compactMap { suggestion(step, $0, incident, left: left) }
                .filter { seen.insert($0.command).inserted }
        }
    }

    /// The program's own commands about hosts; a host whose name is not safe in a line is told, and left out.
    private func suggestions(
        _ step: CanonicalStep, _ call: HostCall, _ hosts: [String], _ incident: SecurityIncident
    ) -> [CommandSuggestion] {
        let safe = hosts.compactMap { HostCall.name($0) }
        let left = hosts.count - min(safe.count, Self.subjectLimit)
        let rest = left > 0 ? " \(left) more have no command here: see `show \(incident.id)`." : ""
        return safe.prefix(Self.subjectLimit).map { host in
            CommandSuggestion(
                incidentID: incident.id, stepID: step.rawValue, description: "\(step.description): \(host).",
                command: call.line(host), system: "watchfloor", notes: step.card.note + rest, effect: call.effect,
                scope: call.scope, undo: call.undo.replacing("{host}", with: host),
                verify: call.effect == .read
                    ? "nothing to check: it only reads" : "it waits for Defender's answer and shows it")
        }
    }

    private func suggestion(
        _ step: CanonicalStep, _ subject: CommandSubject, _ incident: SecurityIncident, left: Int
    ) -> CommandSuggestion? {
        guard let call = call(step, subject, incident) else { return nil }
        var notes = [step.card.note] + subject.notes
        notes += call.request.gaps(subject.values).compactMap { Self.whereToFind($0, org: org, subject.values) }
        if left > 0 { notes.append("\(left) more have no command here: see `show \(incident.id)`.") }
        let deed = subject.deed ?? step.description
        return CommandSuggestion(
            incidentID: incident.id, stepID: step.rawValue,
            description: subject.shown.isEmpty ? "\(deed)." : "\(deed): \(subject.shown).",
            command: call.request.line(org: org, subject.values),
            notes: notes.filter { !$0.isEmpty }.joined(separator: " "), effect: call.effect, scope: call.scope,
            undo: undo(call, subject),
            verify: call.verify?.line(org: org, subject.values) ?? "nothing to check: it only reads")
    }

    private func undo(_ call: StepCall, _ subject: CommandSubject) -> String {
        switch call.undo {
        case .request(let request): request.line(org: org, subject.values)
        case .words(let words): words
        }
    }
}

// MARK: Calls that depend on the incident

extension Playbook {
    private func call(_ step: CanonicalStep, _ subject: CommandSubject, _ incident: SecurityIncident) -> StepCall? {
        guard let call = subject.call ?? step.card.call else { return nil }
        switch step {
        case .collectAuthLogs:
            return StepCall(reading: call.request.path, Self.logQuery(subject.filter, incident), scope: call.scope)
        case .revokeSessions:
            let since = (incident.lastSeen ?? Timestamp(ticks: 0)).description
            let verify = OktaRequest(
                "GET", "/api/v1/logs",
                [("since", since), ("filter", "eventType eq \"user.session.clear\""), ("limit", "100")])
            return StepCall(call.request, call.effect, scope: call.scope, undo: call.undo, verify: verify)
        default: return call
        }
    }

    private static func logQuery(_ filter: String?, _ incident: SecurityIncident) -> [OktaRequest.Parameter] {
        var query: [OktaRequest.Parameter] = []
        if let first = incident.firstSeen { query.append(("since", first.advanced(bySeconds: -3600).description)) }
        if let last = incident.lastSeen { query.append(("until", last.advanced(bySeconds: 3600).description)) }
        if let filter { query.append(("filter", filter)) }
        return query + [("limit", "1000"), ("sortOrder", "ASCENDING")]
    }

    /// How to find the id that a log seldom has; `nil` for a user's, of which the subject itself says it.
    private static func whereToFind(_ placeholder: String, org: String, _ values: [String: String]) -> String? {
        let holder = values["groupId"] == nil ? "/api/v1/users/{userId}" : "/api/v1/groups/{groupId}"
        let lists = [
            "apiTokenId": "/api/v1/api-tokens", "factorId": "/api/v1/users/{userId}/factors",
            "roleAssignmentId": holder + "/roles", "deviceId": "/api/v1/users/{userId}/devices",
            "zoneId": "/api/v1/zones", "logStreamId": "/api/v1/logStreams", "eventHookId": "/api/v1/eventHooks",
            "ruleId": "/api/v1/policies/{policyId}/rules",
        ]
        if placeholder == "userId" { return nil }
        guard let path = lists[placeholder] else {
            return "{\(placeholder)} is not in the log: look it up in the Admin Console."
        }
        return "{\(placeholder)} is not in the log: take it from the answer to: "
            + OktaRequest("GET", path).line(org: org, values)
    }
}
