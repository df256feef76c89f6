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
    /// Writes a rule of an incident or a finding, runs it over the loaded events, and deploys it on request.
    func writeRule(_ request: RuleRequest, watch: Watch) async throws -> RuleOutcome {
        try await needFindings(for: "rule", watch)
        return try await writeRule(of: try ruleSource(request.subject), deploys: request.deploys, watch: watch)
    }

    /// The same of anything that a rule can be written of.
    func writeRule(of source: RuleSource, deploys: Bool, watch: Watch) async throws -> RuleOutcome {
        let written = try RuleWriter.write(source, detectors: settings.detectors)
        let dryRun = try await tryRule(written, source)
        let deployment = deploys ? try await deploy(written, dryRun, watch: watch) : nil
        let outcome = RuleOutcome(subject: source.subject, written: written, dryRun: dryRun, deployment: deployment)
        try await keep([outcome.json], as: .rules)
        return outcome
    }

    // MARK: Source

    /// What an id stands for; of an incident the worst of its promoted findings, the earliest of several.
    private func ruleSource(_ name: String) throws(Diagnostic) -> RuleSource {
        let id = try SessionState.resolve(name, among: state.ids, kind: "finding or incident")
        if let finding = state.findings.first(where: { isSame($0.id, id) }) {
            return source(of: finding, subject: id, all: [finding])
        }
        let incident = state.incidents.first { isSame($0.id, id) }
        let promoted = (incident?.promotedFindingIDs ?? []).compactMap { id in
            state.findings.first { isSame($0.id, id) }
        }
        guard let worst = promoted.map(\.severity).max(), let finding = promoted.first(where: { $0.severity == worst })
        else {
            throw Diagnostic(
                "the findings of `\(name.visible)` are not there", remedy: "Run `detect` and `score` again")
        }
        return source(of: finding, subject: id, all: promoted)
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
        let others = Set(all.map(\.findingType)).subtracting([finding.findingType]).sorted()
        if !others.isEmpty {
            source.notes = [
                "The incident has more kinds of findings, each a rule of its own: \(others.joined(separator: ", "))."
            ]
        }
        return source
    }

    // MARK: Dry run

    private func tryRule(_ written: WrittenRule, _ source: RuleSource) async throws -> RuleDryRun {
        let times = state.events.timeOrder.compactMap { state.events.time(at: $0) }
        let tables = queryTables, seconds = settings.queryTime, text = written.rule.query
        let trial = RuleTrial(rule: written, source: source) { now, window in
            let limits = QueryLimits(rows: 10_000, time: .seconds(seconds), window: window)
            switch await QueryRun(engine: QueryEngine(tables: tables, now: now), limits: limits, seed: 0).run(text) {
            case .result(let result): return result
            case .fault(let fault): throw QueryFault(fault, in: text)
            case .cancelled: throw Diagnostic.interrupted
            }
        }
        return try await trial.run(over: times)
    }
}
