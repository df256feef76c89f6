internal import Detection
internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import Pipeline
internal import Tables

// What is not to be told, and until when.
extension Session {
    /// The suppressions that there are now: those of a file that the user names, then those of the data folder, where
    /// `suppress remove` can take back either. Each is kept in the transcript, as other sessions write to that folder;
    /// a replay takes them from there.
    func suppressions(besides file: String?, watch: Watch) async throws -> Suppressions {
        var all = Suppressions()
        if let recorded {
            if let fault = recorded.fault, fault.problem.hasPrefix(Self.unreadable) { throw fault }
            for record in recorded.used(of: .suppressions) { all.put(try Suppression(json: record)) }
            return all
        }
        if let file { all.add(try Self.read(suppressions: file)) }
        if let path = store?.path(of: .suppressions), FileManager.default.fileExists(atPath: path) {
            all.add(try Self.read(suppressions: path))
        }
        say(all.problems, watch)
        try await keepUsed(all.kept.map(\.json), of: .suppressions)
        return all
    }

    private static func read(suppressions path: String) throws(Diagnostic) -> Suppressions {
        do throws(Diagnostic) {
            let source = try RawBytes.open(path: path)
            guard let problem = source.problems.first else {
                return Suppressions(jsonLines: source.withBytes { Array($0) }, file: path)
            }
            throw Diagnostic(problem.message, remedy: "Mend the file, or name another")
        } catch {
            throw Diagnostic(unreadable + error.problem, remedy: error.remedy, kind: error.kind)
        }
    }

    /// How the fault begins that a replay cannot meet by itself, as it reads no file of suppressions.
    private static let unreadable = "the suppressions cannot be read: "

    /// Tells of lines that are no records, the first ones by their place.
    private func say(_ problems: [Diagnostic], _ watch: Watch) {
        for problem in problems.prefix(5) { watch.onNotice(problem.inOneLine) }
        if !problems.isEmpty { watch.onNotice("lines that were skipped, and suppress nothing: \(problems.count)") }
    }

    /// The findings with their marks. Suppressions that have run out are said.
    func marked(_ findings: [DetectionFinding], by suppressions: Suppressions, watch: Watch) -> [DetectionFinding] {
        let expired = suppressions.expired(at: clock.time)
        if !expired.isEmpty {
            let some = expired.prefix(3).map { "\($0.id.prefix(8)) of \($0.owner) (\($0.scope.words))" }
            let more = expired.count > some.count ? " and \(expired.count - some.count) more" : ""
            watch.onNotice("run out, and counting no more: \(some.joined(separator: "; "))\(more)")
        }
        return suppressions.marked(findings, in: state.events, at: clock.time)
    }

    /// Marks the session's findings anew, and makes its incidents anew of what is left.
    private func markAgain(by suppressions: Suppressions, watch: Watch) async throws {
        let before = state.findings
        state.findings = suppressions.marked(before, in: state.events, at: clock.time)
        let changed = zip(before, state.findings).filter { $0 != $1 }.map(\.1)
        guard !changed.isEmpty else { return }
        try await keep(changed.map(\.json), as: .findings)
        if !state.scores.isEmpty { try await makeIncidents() }
    }
}

// MARK: The command

extension Session {
    func suppress(_ request: SuppressRequest, watch: Watch) async throws -> SuppressionsOutcome {
        if request.action == .test || request.action == .add && request.scope == nil {
            try await needFindings(for: "suppress", watch)
        }
        let known = try await suppressions(besides: state.detection.suppressions, watch: watch)
        switch request.action {
        case .list: return .list(known.kept, clock: clock.time)
        case .add: return try await add(request, to: known, watch: watch)
        case .remove: return try await remove(request, from: known, watch: watch)
        case .test:
            let scope = try scope(of: request, among: known)
            return .tested(scope, effect(of: scope))
        }
    }

    private func add(
        _ request: SuppressRequest, to known: Suppressions, watch: Watch
    ) async throws -> SuppressionsOutcome {
        guard let owner = request.owner, !owner.isEmpty, let reason = request.reason, !reason.isEmpty else {
            throw Diagnostic(
                "a suppression needs an owner and a reason", remedy: "Give --reason, and --owner where $USER is not set",
                kind: .usage)
        }
        let suppression = Suppression(
            try scope(of: request, among: Suppressions()), owner: owner, reason: reason, ticket: request.ticket,
            expires: try request.expiry(at: clock.time), createdAt: clock.time)
        let effect = effect(of: suppression.scope)
        try await keep([suppression.json], as: .suppressions)
        var all = known
        all.put(suppression)
        try await markAgain(by: all, watch: watch)
        if suppression.expires == nil { watch.onNotice("it never runs out: look at it again from time to time") }
        return .added(suppression, effect)
    }

    private func remove(
        _ request: SuppressRequest, from known: Suppressions, watch: Watch
    ) async throws -> SuppressionsOutcome {
        var suppression = try Self.suppression(request.id ?? "", among: known)
        suppression.removedAt = clock.time
        try await keep([suppression.json], as: .suppressions)
        var all = known
        all.put(suppression)
        let hidden = state.findings.filter(\.isSuppressed)
        try await markAgain(by: all, watch: watch)
        let shown = Set(state.findings.filter { !$0.isSuppressed }.map(\.id))
        return .removed(suppression, shown: hidden.filter { shown.contains($0.id) })
    }

    private static func suppression(_ name: String, among known: Suppressions) throws(Diagnostic) -> Suppression {
        let ids = known.kept.map(\.id)
        guard !ids.isEmpty else {
            throw Diagnostic("there are no suppressions", remedy: "`suppress add` makes one")
        }
        let id = try SessionState.resolve(name, among: ids, kind: "suppression")
        return known.kept.first { $0.id == id } ?? known.kept[0]
    }

    /// The scope that is given, or that of the suppression or finding that is named.
    private func scope(of request: SuppressRequest, among known: Suppressions) throws(Diagnostic) -> SuppressionScope {
        if let scope = request.scope { return scope }
        let ids = known.kept.map(\.id), name = request.id ?? ""
        if let id = try? SessionState.resolve(name, among: ids, kind: "suppression"),
            let suppression = known.kept.first(where: { $0.id == id })
        {
            return suppression.scope
        }
        let kind = request.action == .test ? "suppression or finding" : "finding"
        let id = try SessionState.resolve(name, among: state.findings.map(\.id) + ids, kind: kind)
        guard let finding = state.findings.first(where: { $0.id == id }) else {
            throw Diagnostic("there is no \(kind) `\(name)`", remedy: "`show findings` lists them")
        }
        return try scope(of: finding)
    }

    /// Rule and actor of a finding.
    private func scope(of finding: DetectionFinding) throws(Diagnostic) -> SuppressionScope {
        let scope = try SuppressionScope(rule: finding.findingType, actor: finding.userID.isEmpty ? nil : finding.userID)
        guard scope.covers(finding, in: state.events) else {
            throw Diagnostic(
                "this finding is about several accounts, so rule and actor do not say what is harmless in it",
                remedy: "Name its source: `suppress add --rule \(finding.findingType) --ip ADDRESS --reason TEXT`")
        }
        return scope
    }

    /// What a scope hides of what the session knows.
    private func effect(of scope: SuppressionScope) -> SuppressionEffect {
        let hidden = state.findings.filter { scope.covers($0, in: state.events) }, ids = Set(hidden.map(\.id))
        let promoted = promotedFindings
        let lost = state.incidents.filter { incident in
            let leading = promoted.intersection(incident.findingIDs)
            return !leading.isEmpty && leading.isSubset(of: ids)
        }
        let attacks = Set(state.verdicts.filter { $0.verdict == .truePositive }.map(\.subject))
        let led = promoted.intersection(state.incidents.filter { attacks.contains($0.id) }.flatMap(\.findingIDs))
        return SuppressionEffect(
            findings: hidden, lostIncidents: lost, verdicts: state.verdicts.filter { ids.contains($0.subject) },
            total: state.findings.count, truePositives: hidden.filter { attacks.contains($0.id) || led.contains($0.id) })
    }

    /// The ids of the findings that make incidents.
    private var promotedFindings: Set<String> {
        let scores = Dictionary(state.scores.map { ($0.findingID, $0) }) { _, last in last }
        let promoted = state.findings.filter { finding in
            scores[finding.id]?.promotes(finding, threshold: settings.promoteThreshold) ?? false
        }
        return Set(promoted.map(\.id))
    }
}
