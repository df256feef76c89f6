internal import Detection
internal import Diagnostics
internal import Digests
internal import Events
internal import Foundation
internal import JSON
internal import Pipeline
internal import Sigma

// Running detectors and rules over what is loaded.
extension Session {
    /// Runs what a request names. Without names its findings replace those of an earlier run.
    func detect(_ request: DetectRequest, watch: Watch) async throws -> FindingsOutcome {
        try needEvents(for: "detect")
        let files = try RuleFiles(request.rules)
        let rules = RuleSet(
            (request.usesBuiltIn ? BuiltInRules.texts : []) + files.texts, placeholders: settings.placeholders)
        let choice = try DetectionChoice(request, detectors: settings.detectors, rules: rules)
        try await keep(files)
        let began = ContinuousClock.now
        let sweep = try await Sweep(state.events, with: choice.detectors, rules: choice.rules)
        let elapsed = ContinuousClock.now - began
        let refusals = files.faults + rules.refusals + sweep.refusals, skipped = rules.skipped + sweep.skipped
        for fault in refusals { watch.onNotice("refused: " + fault.inOneLine) }
        for reason in skipped { watch.onNotice("passed over: " + reason.inOneLine) }
        for note in sweep.notes { watch.onNotice("note: " + note.inOneLine) }
        let suppressions = try await suppressions(besides: request.suppressions, watch: watch)
        let findings = marked(sweep.findings, by: suppressions, watch: watch)
        try await take(findings, request, watch)
        return FindingsOutcome(
            findings: findings, sighted: sweep.sighted, blind: sweep.blind,
            ruleCount: choice.ruleCount - sweep.refusals.count - sweep.skipped.count, refusals: refusals, skipped: skipped,
            seconds: elapsed / .seconds(1))
    }

    /// Detects again as the last time, when a step needs findings.
    func detectAgain(watch: Watch) async throws -> FindingsOutcome { try await detect(state.detection, watch: watch) }

    /// Keeps findings and what was said of them. Where others are suppressed than before, the incidents are made anew.
    private func take(_ findings: [DetectionFinding], _ request: DetectRequest, _ watch: Watch) async throws {
        let hidden = state.suppressedIDs
        put(findings, request)
        try await keep(findings.map(\.json), as: .findings)
        try await readFeedback(on: findings)
        try await recallVerdicts(on: findings.map(\.id), watch: watch)
        if state.suppressedIDs != hidden, !state.scores.isEmpty { try await makeIncidents() }
    }

    private func put(_ findings: [DetectionFinding], _ request: DetectRequest) {
        guard request.only.isEmpty else {
            for finding in findings { state.findings.put(finding) { $0.id == $1.id } }
            return
        }
        let findings = findings + state.findings.filter(\.isOfHunt)
        let current = Set(findings.map(\.id))
        state.findings = findings
        state.scores.removeAll { !current.contains($0.findingID) }
        state.isDetected = true
        state.detection = request
    }

    /// The rules there are for a request; files that cannot be read are left out.
    func rules(of request: DetectRequest) throws(Diagnostic) -> RuleSet {
        RuleSet(
            (request.usesBuiltIn ? BuiltInRules.texts : []) + (try RuleFiles(request.rules)).texts,
            placeholders: settings.placeholders)
    }

    /// The query of a finding's rule, as its file has it now; `nil` where the rule is none, or is not there any more.
    func query(of finding: DetectionFinding) -> String? {
        guard let id = finding.metadata["rule_id"]?.string, finding.metadata["query_period_seconds"] != nil,
            let files = try? RuleFiles(state.detection.rules)
        else { return nil }
        return RuleSet(files.texts, placeholders: settings.placeholders).queries
            .first { $0.rule.id.utf8.elementsEqual(id.utf8) }?.query
    }

    /// Keeps the record of rule files, so that a replay notices when they have changed.
    private func keep(_ files: RuleFiles) async throws {
        for text in files.texts {
            let path = URL(filePath: text.name).standardizedFileURL.path
            let record = InputRecord(
                name: text.name, path: path, size: text.bytes.count, sha256: SHA256(text.bytes).hex, readTo: nil)
            try await transcript.append(.input, record.members + [JSONValue.Member("kind", "rules")])
        }
    }
}

/// The files of a user's own rules.
private struct RuleFiles {
    private(set) var texts: [RuleText] = []
    /// Why some could not be read.
    private(set) var faults: [Diagnostic] = []

    init(_ paths: [String]) throws(Diagnostic) {
        for path in paths {
            let read = try RuleText.read(path)
            texts += read.texts
            faults += read.faults
        }
    }
}

/// Which detectors and rules of those there are run.
private struct DetectionChoice {
    let detectors: [any Detector]
    /// `nil` where no rule runs.
    let rules: RuleSet?
    let ruleCount: Int

    init(_ request: DetectRequest, detectors: [any Detector], rules: RuleSet) throws(Diagnostic) {
        let detectors = request.usesBuiltIn ? detectors : []
        let reported = rules.reported + rules.queries.map(\.rule)
        let known = detectors.map(\.id) + reported.flatMap { [$0.id, $0.name].compactMap { $0 } }
        for id in request.only where !known.contains(id) {
            throw Diagnostic("there is no detector or rule `\(id)`", remedy: known.remedy(for: id), kind: .usage)
        }
        let names = Set(request.only)
        self.detectors = detectors.filter { names.isEmpty || names.contains($0.id) }
        let chosen = names.isEmpty
            ? rules : rules.reporting { names.contains($0.id) || $0.name.map(names.contains) == true }
        ruleCount = chosen.reported.count + chosen.queries.count
        self.rules = ruleCount == 0 ? nil : chosen
    }
}
