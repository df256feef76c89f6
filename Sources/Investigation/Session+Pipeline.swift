internal import Detection
internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import Pipeline
internal import Synchronization

// The steps of the pipeline, each alone and all together. A step whose input is missing has it made first.
extension Session {
    func route(incident name: String?) async throws -> [RoutePlan] {
        try needEvents(for: "route")
        let subjects = try name.map { try state.incidents(named: [$0]) } ?? state.incidents
        let contexts = subjects.isEmpty ? [RouteContext(events: state.events)] : subjects.map(RouteContext.init(incident:))
        var routes: [RoutePlan] = []
        for context in contexts { routes.append(try await orchestrator.route(context)) }
        try await keep(routes)
        return routes
    }

    private func keep(_ routes: [RoutePlan]) async throws {
        for route in routes { state.routes.put(route) { $0.id == $1.id } }
        try await keep(routes.map(\.json), as: .routes)
    }

    func score(_ names: [String], maxModelCalls: Int, watch: Watch) async throws -> ScoresOutcome {
        try await needFindings(for: "score", watch)
        let findings = try state.findings(named: names)
        let done = Mutex<[RiskScore]>([])
        let scores: [RiskScore]
        do {
            scores = try await orchestrator.score(findings, in: caseFile, maxModelCalls: maxModelCalls) { score in
                let count = done.withLock { done in
                    done.append(score)
                    return done.count
                }
                watch.onScore(count, findings.count)
            }
        } catch let fault as Diagnostic where fault.kind == .interrupted {
            try await take(done.withLock { $0 })
            throw fault
        }
        try await take(scores)
        return ScoresOutcome(
            scores: scores, findings: state.findings, incidents: state.incidents, threshold: settings.promoteThreshold)
    }

    /// Keeps scores and makes the incidents that follow from all scores there are.
    private func take(_ scores: [RiskScore]) async throws {
        for score in scores { state.scores.put(score) { $0.findingID == $1.findingID } }
        try await keep(scores.map(\.json), as: .riskScores)
        try await makeIncidents()
    }

    /// Makes the incidents that follow from all findings and scores there are, and keeps them.
    func makeIncidents() async throws {
        rebuildIncidents()
        try await keep(state.incidents.map(\.json), as: .incidents)
        try await recallVerdicts(on: state.incidents.map(\.id))
    }

    /// The same, without a trace. What belongs to an incident that is no more goes with it.
    func rebuildIncidents() {
        state.incidents = orchestrator.incidents(in: caseFile).map(withKnownStatus)
        let open = Set(state.incidents.map(\.id))
        state.plans.removeAll { !open.contains($0.incidentID) }
        state.commands.removeAll { !open.contains($0.incidentID) }
    }

    /// An incident keeps the status that an analyst gave it, in this session or an earlier one.
    private func withKnownStatus(_ incident: SecurityIncident) -> SecurityIncident {
        var incident = incident
        if let known = state.incidents.first(where: { $0.id == incident.id }) {
            incident.status = known.status
        } else if let recordedStatuses {
            incident.status = recordedStatuses[incident.id] ?? incident.status
        } else if let stored = try? store?.read(.incidents).records.last(where: { $0["id"]?.string == incident.id }) {
            incident.status = stored["status"]?.string.flatMap(SecurityIncident.Status.init) ?? incident.status
        }
        return incident
    }

    func plan(_ names: [String], watch: Watch) async throws -> [ResponsePlan] {
        try await needIncidents(for: "plan", watch)
        var plans: [ResponsePlan] = []
        for incident in try state.incidents(named: names) {
            plans.append(try await orchestrator.plan(incident, in: caseFile).plan)
        }
        try await keep(plans)
        return plans
    }

    private func keep(_ plans: [ResponsePlan]) async throws {
        for plan in plans { state.plans.put(plan) { $0.incidentID == $1.incidentID } }
        try await keep(plans.map(\.json), as: .plans)
    }

    func commands(_ names: [String], watch: Watch) async throws -> [CommandSuggestion] {
        try await needIncidents(for: "commands", watch)
        let incidents = try state.incidents(named: names)
        let unplanned = incidents.filter { incident in !state.plans.contains { $0.incidentID == incident.id } }
        if !unplanned.isEmpty {
            watch.onNotice("planned first: \(unplanned.count) of \(incidents.count) had no plan")
            _ = try await plan(unplanned.map(\.id), watch: watch)
        }
        var suggestions: [CommandSuggestion] = []
        for incident in incidents {
            for plan in state.plans where plan.incidentID == incident.id {
                suggestions += orchestrator.commands(for: plan, of: incident, in: caseFile)
            }
        }
        try await keep(suggestions)
        return suggestions
    }

    private func keep(_ suggestions: [CommandSuggestion]) async throws {
        let touched = Set(suggestions.map(\.incidentID))
        state.commands.removeAll { touched.contains($0.incidentID) }
        state.commands += suggestions
        try await keep(suggestions.map(\.json), as: .commands)
    }

    func keep(_ escalations: [EscalationResult]) async throws {
        for result in escalations { takeEscalation(result) }
        try await keep(escalations.map(\.json), as: .escalations)
    }

    func takeEscalation(_ result: EscalationResult) {
        state.escalations.put(result) { $0.incidentID == $1.incidentID && $0.target == $1.target }
    }

    /// Both stages. Without an incident there is no second stage, and a notice says so.
    func run(maxModelCalls: Int, watch: Watch) async throws -> RunOutcome {
        try needEvents(for: "run")
        var routes = [try await orchestrator.route(RouteContext(events: state.events))]
        try await keep(routes)
        let found = try await detectAgain(watch: watch)
        let scored = try await score([], maxModelCalls: maxModelCalls, watch: watch)
        var plans: [ResponsePlan] = [], suggestions: [CommandSuggestion] = [], escalations: [EscalationResult] = []
        if scored.incidents.isEmpty { watch.onNotice("no finding was promoted, so there is no response stage") }
        for incident in scored.incidents {
            let stage = try await orchestrator.responseStage(incident, in: caseFile)
            routes.append(stage.route)
            plans += [stage.plan].compactMap { $0 }
            suggestions += stage.commands
            let isEscalated = stage.escalations.isEmpty || !worthEscalating([incident], watch: watch).isEmpty
            escalations += isEscalated ? stage.escalations : []
            try await keep([stage.route])
            try await keep([stage.plan].compactMap { $0 })
            try await keep(stage.commands)
            try await keep(isEscalated ? stage.escalations : [])
        }
        return RunOutcome(
            ingest: state.ingest, routes: routes, found: found, scored: scored, plans: plans, commands: suggestions,
            escalations: escalations)
    }
}

// MARK: What must be there first

extension Session {
    func needEvents(for command: String) throws(Diagnostic) {
        guard state.events.isEmpty else { return }
        throw Diagnostic("there are no events, so there is nothing to \(command)", remedy: "Load some first: `ingest FILE`")
    }

    func needFindings(for command: String, _ watch: Watch) async throws {
        // What a hunt found elsewhere needs no events.
        if state.events.isEmpty, state.findings.contains(where: \.isOfHunt) { return }
        try needEvents(for: command)
        guard !state.isDetected else { return }
        let found = try await detectAgain(watch: watch)
        watch.onNotice("detected first: \(found.findings.count) findings")
    }

    func needIncidents(for command: String, _ watch: Watch) async throws {
        try await needFindings(for: command, watch)
        let scored = Set(state.scores.map(\.findingID))
        if state.findings.contains(where: { !scored.contains($0.id) }) {
            let outcome = try await score([], maxModelCalls: RiskJudgement.maxModelCalls, watch: watch)
            watch.onNotice("scored first: \(outcome.incidents.count) of \(outcome.scores.count) findings promoted")
        }
        if state.incidents.isEmpty { watch.onNotice("no finding was promoted, so there is nothing to \(command)") }
    }
}
