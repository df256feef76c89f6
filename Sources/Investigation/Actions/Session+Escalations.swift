internal import Connectors
internal import Detection
internal import Diagnostics
internal import Foundation
internal import JSON
internal import Pipeline
internal import Tables

// Notifications about grave incidents: shown, or sent.
extension Session {
    /// One notification for each incident that is high or critical, with the requests that would be sent.
    func escalate(_ names: [String], watch: Watch) async throws -> EscalationsOutcome {
        let incidents = try await graveIncidents(named: names, watch: watch)
        let results = incidents.compactMap { orchestrator.escalate($0, in: caseFile) }
        var requests: [EscalationRequest] = []
        if let recorded {
            if let fault = recorded.fault { throw fault }
        } else {
            let targets = try services.escalationTargets()
            for incident in incidents {
                let notice = EscalationNotice(incident)
                for target in targets { requests.append(try target.request(for: notice, at: wallTime)) }
            }
        }
        try await keep(results)
        return EscalationsOutcome(results: results, requests: requests)
    }

    /// The same, sent to every target that is set up, each kept as soon as its service has answered.
    ///
    /// - Parameter again: Whether to send also what a target has taken before, in this session or another.
    func sendEscalations(_ names: [String], again: Bool, watch: Watch) async throws -> EscalationsOutcome {
        let incidents = try await graveIncidents(named: names, watch: watch)
        if let recorded { return try sentBefore(incidents, recorded) }
        let (targets, sender) = try escalationService()
        let taken = again ? [] : try takenEscalations()
        var results: [EscalationResult] = [], faults: [Diagnostic] = []
        for incident in incidents {
            for target in targets {
                if let earlier = taken.first(where: { $0.incidentID == incident.id && $0.target == target.name }) {
                    let when = earlier.at.description
                    watch.onNotice("\(incident.id.prefix(8)) went to \(target.name) at \(when); --again sends it again")
                    continue
                }
                let (result, fault) = try await send(incident, to: target, with: sender)
                results.append(result)
                if let fault { faults.append(fault) }
            }
        }
        return EscalationsOutcome(results: results, sends: true, failure: Self.failure(faults, of: results.count))
    }

    private func graveIncidents(named names: [String], watch: Watch) async throws -> [SecurityIncident] {
        try await needIncidents(for: "escalate", watch)
        let incidents = try state.incidents(named: names)
        for incident in incidents where !names.isEmpty && incident.severity < .high {
            let id = incident.id.prefix(8), severity = incident.severity.rawValue
            watch.onNotice("incident \(id) is not escalated: it is \(severity), and only high and critical ones are")
        }
        return worthEscalating(incidents.filter { $0.severity >= .high }, watch: watch)
    }

    private func escalationService() throws(Diagnostic) -> ([any EscalationTarget], EscalationSender) {
        guard let sender = services.escalationSender else {
            throw Diagnostic(
                "this session is offline, so nothing is sent", remedy: "Start without `--offline` to allow it",
                kind: .unavailable)
        }
        let targets = try services.escalationTargets()
        guard !targets.isEmpty else {
            throw Diagnostic(
                "no target for notifications is set up",
                remedy: "Set SLACK_WEBHOOK_URL, PAGERDUTY_ROUTING_KEY or WEBHOOK_URL", kind: .unavailable)
        }
        return (targets, sender)
    }

    /// What was taken, as the data folder has it.
    private func takenEscalations() throws -> [EscalationResult] {
        let stored = try store?.read(.escalations).records ?? []
        return stored.compactMap { try? EscalationResult(json: $0) }.filter(\.sent)
    }
}

// MARK: One notification

extension Session {
    private func send(
        _ incident: SecurityIncident, to target: any EscalationTarget, with sender: EscalationSender
    ) async throws -> (EscalationResult, Diagnostic?) {
        let request = try target.request(for: EscalationNotice(incident), at: wallTime)
        var status = "", fault: Diagnostic?
        do {
            let receipt = try await sender.send(request)
            status = "\(receipt.status) \(receipt.words)".trimmingCharacters(in: .whitespaces)
        } catch let failure as Diagnostic {
            (fault, status) = (failure, failure.problem)
        }
        let result = result(of: incident, target: target.name, sent: fault == nil, status: status, at: wallTime)
        try await transcript.append(.serviceCall, [
            JSONValue.Member("service", .string(target.name)), JSONValue.Member("request", request.http.json),
            JSONValue.Member("result", result.json),
        ])
        try await keep([result])
        if let fault, fault.kind == .interrupted { throw fault }
        return (result, fault)
    }

    private func result(
        of incident: SecurityIncident, target: String, sent: Bool, status: String, at: Timestamp
    ) -> EscalationResult {
        let shown = orchestrator.escalate(incident, in: caseFile)
        return EscalationResult(
            incidentID: incident.id, channel: shown?.channel ?? target, message: shown?.message ?? incident.title,
            sent: sent, target: target, status: status, at: at)
    }

    private static func failure(_ faults: [Diagnostic], of count: Int) -> Diagnostic? {
        guard let first = faults.first else { return nil }
        let head = count == 1 ? "" : "\(faults.count) of \(count) notifications were not taken: "
        return Diagnostic(head + first.problem, remedy: first.remedy, kind: first.kind)
    }

    /// In a replay: the same notifications anew, with the services' recorded answers.
    private func sentBefore(_ incidents: [SecurityIncident], _ recorded: Exchange) throws -> EscalationsOutcome {
        if let fault = recorded.fault { throw fault }
        let results = try recorded.serviceCalls.compactMap { call -> EscalationResult? in
            let old = try EscalationResult(json: call["result"] ?? .null)
            guard let incident = incidents.first(where: { $0.id == old.incidentID }) else { return nil }
            return result(
                of: incident, target: old.target ?? "", sent: old.sent, status: old.status, at: old.at)
        }
        for result in results { takeEscalation(result) }
        return EscalationsOutcome(results: results, sends: true)
    }
}

extension EscalationNotice {
    /// What is told of an incident.
    init(_ incident: SecurityIncident) {
        let names = incident.metadata["actor_names"]?.strings ?? incident.actors
        self.init(
            incidentID: incident.id, title: incident.title,
            severity: Severity(rawValue: incident.severity.rawValue) ?? .critical, score: incident.riskScore,
            actor: names.isEmpty ? nil : names.prefix(5).joined(separator: ", "),
            summary: incident.description.split(separator: "\n").map(String.init), attack: incident.attack,
            firstSeen: incident.firstSeen, lastSeen: incident.lastSeen)
    }
}
