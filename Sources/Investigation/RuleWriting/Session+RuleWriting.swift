internal import Connectors
internal import Detection
internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import KQL
internal import Pipeline
internal import Tables

// Writing a rule, trying it, and putting it into Sentinel.
extension Session {
    /// Writes a rule of an incident, a finding or a hunt, runs it over what is loaded or where the hunt ran, and
    /// deploys it on request.
    func writeRule(_ request: RuleRequest, watch: Watch) async throws -> RuleOutcome {
        if let id = try huntID(request.subject), let hunt = state.hunt(withID: id) {
            return try await writeRule(ofHunt: hunt, subject: id, request, watch: watch)
        }
        // What a hunt found needs no events, and its ids can be named before anything was detected.
        if !(state.events.isEmpty && !state.hunts.isEmpty) { try await needFindings(for: "rule", watch) }
        let (finding, subject, all) = try found(request.subject)
        if let id = finding.metadata["hunt"]?.string {
            guard let hunt = state.hunt(withID: id) else {
                let question = finding.metadata["question"]?.string?.visible(limit: 120) ?? "…"
                throw Diagnostic(
                    "the hunt `\(id.visible(limit: 8))` of this finding is not in this session",
                    remedy: "Run it again: `hunt \(question)`")
            }
            let others = notes(on: all, besides: finding)
            return try await writeRule(ofHunt: hunt, subject: subject, notes: others, request, watch: watch)
        }
        let source = source(of: finding, subject: subject, all: all)
        let written = try RuleWriter.write(source, detectors: settings.detectors)
        let times = state.events.timeOrder.compactMap { state.events.time(at: $0) }
        let dryRun = try await tried(written, source, over: times)
        return try await finish(written, dryRun, subject: subject, deploys: request.deploys, watch: watch)
    }

    /// Deploys a rule that was tried, and keeps the record of it.
    func finish(
        _ written: WrittenRule, _ dryRun: RuleDryRun, subject: String, deploys: Bool, watch: Watch
    ) async throws -> RuleOutcome {
        let deployment = deploys ? try await deploy(written, dryRun, watch: watch) : nil
        let outcome = RuleOutcome(subject: subject, written: written, dryRun: dryRun, deployment: deployment)
        state.rules.put(outcome.json) { $0["id"] == $1["id"] }
        try await keep([outcome.json], as: .rules)
        if deployment?.status == .interrupted {
            throw Diagnostic(
                "interrupted while the rule was sent, so it may be stored all the same",
                remedy: "Look it up in Microsoft Sentinel, or deploy it again: it takes its own place", kind: .interrupted)
        }
        return outcome
    }

    // MARK: Source

    /// The hunt that a name stands for; `nil` where it stands for something else, or for nothing yet.
    private func huntID(_ name: String) throws(Diagnostic) -> String? {
        let hunts = state.huntIDs
        guard hunts.contains(where: { $0.hasPrefix(name) }) else { return nil }
        let id = try SessionState.resolve(name, among: state.ids + hunts, kind: "finding, incident or hunt")
        return hunts.contains(id) ? id : nil
    }

    /// What an id stands for; of an incident the worst of its promoted findings, the earliest of several.
    private func found(
        _ name: String
    ) throws(Diagnostic) -> (finding: DetectionFinding, subject: String, all: [DetectionFinding]) {
        let id = try SessionState.resolve(name, among: state.ids + state.huntIDs, kind: "finding, incident or hunt")
        if let finding = state.findings.first(where: { isSame($0.id, id) }) { return (finding, id, [finding]) }
        let incident = state.incidents.first { isSame($0.id, id) }
        let promoted = (incident?.promotedFindingIDs ?? []).compactMap { id in
            state.findings.first { isSame($0.id, id) }
        }
        guard let worst = promoted.map(\.severity).max(), let finding = promoted.first(where: { $0.severity == worst })
        else {
            throw Diagnostic(
                "the findings of `\(name.visible)` are not there", remedy: "Run `detect` and `score` again")
        }
        return (finding, id, promoted)
    }

    private func source(of finding: DetectionFinding, subject: String, all: [DetectionFinding]) -> RuleSource {
        let events = finding.oktaEventIDs.compactMap { state.events.row(ofID: $0) }
        let times = events.compactMap { state.events.time(at: $0) }.sorted()
        let names = events.flatMap { row -> [String?] in
            let event = state.events[row]
            return [event[.actorID], event.actorLogin, event.ipAddress, event.targetID, event[.targetAlternateID]]
        }
        var source = RuleSource(
            subject: subject, pattern: .finding(FindingPattern(finding, in: state.events)),
            severity: finding.severity.rawValue, attack: finding.attack,
            names: (names + [finding.userID, finding.metadata["actor"]?.string]).compactMap { $0 }.filter {
                !$0.isEmpty
            },
            span: times.first.flatMap { first in times.last.map { first...$0 } })
        source.notes = notes(on: all, besides: finding)
        return source
    }

    private func notes(on all: [DetectionFinding], besides finding: DetectionFinding) -> [String] {
        let others = Set(all.map(\.findingType)).subtracting([finding.findingType]).sorted()
        guard !others.isEmpty else { return [] }
        return ["The incident has more kinds of findings, each a rule of its own: \(others.joined(separator: ", "))."]
    }

    // MARK: Dry run

    /// Runs a rule at each of its times over the loaded tables.
    func tried(
        _ written: WrittenRule, _ source: RuleSource, over times: [Timestamp]
    ) async throws -> RuleDryRun {
        let tables = queryTables, time = settings.queryDuration, text = written.rule.query
        let trial = RuleTrial(rule: written, source: source) { now, window in
            let limits = QueryLimits(rows: 10_000, time: time, window: window)
            switch await QueryRun(engine: QueryEngine(tables: tables, now: now), limits: limits, seed: 0).run(text) {
            case .result(let result): return result
            case .fault(let fault): throw QueryFault(fault, in: text)
            case .cancelled: throw Diagnostic.interrupted
            }
        }
        return try await trial.run(over: times)
    }
}
