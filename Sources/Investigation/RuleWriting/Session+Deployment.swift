public import Connectors
public import Diagnostics
internal import Tables
internal import JSON

// Putting a rule into Sentinel, behind a typed confirmation; where that cannot be, it is kept in the data folder.
extension Session {
    /// Nothing is sent before the confirmation. In a replay nothing is sent at all: what happened is in the record.
    func deploy(_ written: WrittenRule, _ dryRun: RuleDryRun, watch: Watch) async throws -> RuleDeployment {
        if let recorded {
            guard let before = RuleDeployment(json: recorded.outcome?["result"]?["deployment"]) else {
                throw Self.unrecorded
            }
            return before
        }
        if let reason = dryRun.untried {
            return try save(written, because: "what was not tried is not deployed: " + reason)
        }
        if let obstacle = written.obstacle { return try save(written, because: "no workspace can run it: " + obstacle) }
        let violations = written.rule.violations
        guard violations.isEmpty else {
            return try save(written, because: violations.map { $0.problem + ": " + $0.remedy }.joined(separator: "; "))
        }
        let rules: SentinelRules, request: String
        do {
            rules = try sentinel()
            request = try rules.preview(written.rule, id: written.id)
        } catch let fault as Diagnostic {
            return try save(written, because: Self.words(fault))
        }
        let question = ConfirmationQuestion(target: written.title, request: shown(request, dryRun))
        let answer = await watch.confirm(question)
        guard answer.names(written.title, ignoringCase: false) else {
            let refusal = answer.refusal(of: written.title)
            if refusal.kind == .interrupted { throw refusal }
            return RuleDeployment(.cancelled, request: request, reason: refusal.problem)
        }
        // Ctrl-C may come while the answer is on its way; it means what it means at the question.
        if Task.isCancelled { throw ConfirmationAnswer.interrupted.refusal(of: written.title) }
        return try await send(written, request, to: rules)
    }

    private func shown(_ request: String, _ dryRun: RuleDryRun) -> String {
        let notes = [
            "Where a rule of this id is stored it is replaced; its etag is then sent with it.",
            "Dry run: \(dryRun.fired) of \(dryRun.runs) runs would have raised alerts"
                + (dryRun.alerts.isEmpty ? "." : ", on:"),
        ]
        return ([request] + notes + dryRun.subjects).joined(separator: "\n")
    }

    /// Each record is written before what it tells of may happen, so that one survives that the program does not.
    private func send(
        _ written: WrittenRule, _ request: String, to rules: SentinelRules
    ) async throws -> RuleDeployment {
        try await note(request, status: "sending", reason: nil)
        let deployment: RuleDeployment
        do {
            let stored = try await rules.stored(written.id)
            switch try await rules.deploy(written.rule, id: written.id, replacing: stored) {
            case .created: deployment = RuleDeployment(.created, request: request)
            case .updated: deployment = RuleDeployment(.updated, request: request)
            case .refused(let reasons):
                deployment = try save(written, because: reasons.map(Self.words).joined(separator: "; "), after: request)
            }
        } catch let fault as Diagnostic where fault.kind == .interrupted {
            deployment = RuleDeployment(
                .interrupted, request: request, reason: "interrupted while it was sent, so it may be stored all the same")
        } catch let fault as Diagnostic {
            deployment = try save(written, because: Self.words(fault), after: request)
        }
        try await note(request, status: deployment.status.rawValue, reason: deployment.reason)
        return deployment
    }

    private func note(_ request: String, status: String, reason: String?) async throws {
        try await transcript.append(
            .serviceCall,
            [
                JSONValue.Member("service", "sentinel"), JSONValue.Member("request", .string(request)),
                JSONValue.Member("confirmed", true), JSONValue.Member("status", .string(status)),
                JSONValue.Member("reason", JSONValue(reason)),
            ])
    }

    private func save(_ written: WrittenRule, because reason: String, after request: String? = nil) throws
        -> RuleDeployment
    {
        guard let store else { throw Diagnostic("this session writes nothing", remedy: "Start one that is kept") }
        let paths = try LocalRules(folder: store.folder).save(written, at: clockOfFiles, because: reason)
        return RuleDeployment(.saved, request: request, reason: reason, paths: paths)
    }

    /// What is written into files that other programs read bears the real time.
    private var clockOfFiles: Timestamp { commandTime ?? wallTime }

    private static func words(_ fault: Diagnostic) -> String { fault.problem + ". " + fault.remedy }

    private static var unrecorded: Diagnostic {
        Diagnostic(
            "the deployment was not recorded", remedy: "It failed then, and nothing is sent now", kind: .difference)
    }

    /// For sessions that reach no service.
    public static let noSentinel: @Sendable () throws(Diagnostic) -> SentinelRules = { () throws(Diagnostic) in
        throw Diagnostic(
            "this session has no connection to Microsoft Sentinel", remedy: "Start `watchfloor` with its settings",
            kind: .unavailable)
    }
}
