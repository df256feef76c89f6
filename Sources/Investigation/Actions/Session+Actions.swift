internal import Connectors
internal import Diagnostics
internal import JSON
internal import Pipeline
internal import Tables

// Actions on hosts, each behind a typed confirmation.
extension Session {
    /// Looks the host up, shows the exact request, asks for the machine's name, sends, and watches to the end.
    ///
    /// Nothing but the look-up is sent before the confirmation. A record is kept however it ends, and once before the
    /// request leaves, so that one survives that the program does not.
    ///
    /// - Throws: A `Diagnostic`; of kind `interrupted` when the user stopped it, also while watching.
    func act(_ request: ActionRequest, watch: Watch) async throws -> ActionRecord {
        let steps = try recorded.map { try HostActions(recorded: $0) }
            ?? HostActions(try defender(), at: wallTime, transcript: transcript, watch: watch)
        var record = ActionRecord(request, reason: reason(for: request), at: steps.at, session: name)
        do {
            let prepared = try await prepare(&record, steps)
            try await confirm(prepared, &record, steps)
            record.status = .sending
            try await keep(record)
            try await carryOut(prepared, &record, steps, watch: watch)
        } catch {
            record.problem = (error as? Diagnostic)?.problem ?? Diagnostic.interrupted.problem
            try await keep(record)
            throw error
        }
        try await keep(record)
        return record
    }

    private func prepare(_ record: inout ActionRecord, _ steps: HostActions) async throws -> DefenderRequest {
        let machine = try await steps.machine(record.request.host)
        record.machine = machine
        let prepared = try DefenderRequest(
            record.request.action, on: machine, comment: record.reason, at: steps.address)
        record.shown = prepared.http.json
        return prepared
    }

    private func confirm(_ prepared: DefenderRequest, _ record: inout ActionRecord, _ steps: HostActions) async throws {
        record.status = .notConfirmed
        let target = prepared.machine.target
        let answer = try await steps.confirm(ConfirmationQuestion(target: target, request: prepared.http.text, facts: prepared.facts))
        record.confirmation = answer
        guard answer.names(target) else { throw answer.refusal(of: target) }
        // Ctrl-C may come while the answer is on its way; it means what it means at the question.
        if Task.isCancelled { throw ConfirmationAnswer.interrupted.refusal(of: target) }
    }

    private func carryOut(
        _ prepared: DefenderRequest, _ record: inout ActionRecord, _ steps: HostActions, watch: Watch
    ) async throws {
        record.status = .failed
        switch try await steps.send(prepared) {
        case .started(let action): record.action = action
        case .alreadyRunning(let action):
            record.wasRunning = true
            record.action = action
            let isSame = action.map { $0.type.lowercased().utf8.elementsEqual(prepared.action.type.lowercased().utf8) }
            guard isSame == true else { return record.status = .alreadyRunning }
            watch.onNotice("such an action runs already, and nothing new was started")
        }
        guard let action = record.action else { return }
        record.status = .taken(action.status)
        let last = try await steps.follow(action)
        record.action = last
        record.status = .taken(last.status)
    }

    /// The user's own reason, the title of the worst incident that is not closed, or the session's name.
    private func reason(for request: ActionRequest) -> String {
        if let reason = request.reason { return reason }
        let open = state.incidents.filter { $0.status != .closed }
        return open.max { ($0.severity, $0.riskScore) < ($1.severity, $1.riskScore) }?.title ?? "session \(name)"
    }

    private func keep(_ record: ActionRecord) async throws {
        state.actions.put(record.json) { $0["id"] == $1["id"] }
        try await keep([record.json], as: .actions)
    }
}
