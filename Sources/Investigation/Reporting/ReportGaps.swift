internal import Detection
internal import JSON
internal import Pipeline

/// What a session did not do, did not see, or cannot be certain of: said as plainly as the rest.
struct ReportGaps {
    let report: SessionReport

    init(_ report: SessionReport) { self.report = report }

    var sentences: [String] { record + input + detection + response + rules + actions + models }

    /// More of a kind are counted.
    private static let limit = 10

    private var record: [String] {
        guard let transcript = report.head.transcript else {
            return ["This session leaves no transcript, so nobody can verify it later; `--session NAME` keeps one."]
        }
        return transcript.fault.map { ["The transcript is not whole: \($0)."] } ?? []
    }

    private var input: [String] {
        let reading = report.reading, counts = reading.counts
        let changed = reading.inputs.compactMap(\.change).map { "After it was read: \($0)." }
        let stopped = reading.inputs.compactMap { input in
            input.readTo.map { "Reading \(input.name) was interrupted before byte \($0)." }
        }
        let lost = counts.rejected > 0
            ? "\(ReportSummary.count(counts.rejected, "line")) could not be read as events: "
                + (counts.problems.isEmpty ? "see the transcript" : counts.problems.joined(separator: "; "))
                + (counts.moreProblems > 0 ? "; and \(counts.moreProblems) more." : ".") : nil
        let outside = counts.outsideWindow > 0
            ? "\(ReportSummary.count(counts.outsideWindow, "event")) outside the window that was asked for "
                + "\(counts.outsideWindow == 1 ? "was" : "were") left out." : nil
        return Self.bounded(changed) + stopped + [lost, outside].compactMap { $0 }
    }

    private var detection: [String] {
        guard report.reading.events > 0 else { return [] }
        guard report.reading.isDetected else { return ["Detectors and rules were not run over all the events."] }
        let blind = report.reading.blind.map {
            "\($0.detector) saw nothing: no event has \($0.missing.joined(separator: ", "))."
        }
        let scored = Set(report.state.scores.map(\.findingID))
        let rest = report.state.findings.count { !scored.contains($0.id) }
        return Self.bounded(blind)
            + (rest > 0 ? ["\(ReportSummary.count(rest, "finding")) \(rest == 1 ? "was" : "were") not scored."] : [])
    }

    private var response: [String] {
        let state = report.state
        var sentences: [String] = []
        let unplanned = report.incidents.count { $0.plan == nil }
        if unplanned > 0 {
            let have = unplanned == 1 ? "has" : "have"
            sentences.append("\(ReportSummary.count(unplanned, "incident")) \(have) no plan.")
        }
        if !state.commands.isEmpty {
            sentences.append(
                "None of the suggested commands was executed by this program: a person reads, fills in and runs them.")
        }
        let dry = state.escalations.count { !$0.sent }
        if dry > 0 {
            sentences.append(
                "\(ReportSummary.count(dry, "notification")) \(dry == 1 ? "was" : "were") only shown and not sent.")
        }
        return sentences
    }

    private var rules: [String] {
        Self.bounded(report.rules.compactMap { rule in
            let name = rule["display_name"]?.string ?? "a rule"
            switch rule[path: "deployment.status"]?.string {
            case "created", "updated": return nil
            case nil: return "The rule \u{201C}\(name)\u{201D} was written, and not deployed."
            default:
                let reason = rule[path: "deployment.reason"]?.string
                return "The rule \u{201C}\(name)\u{201D} was not deployed" + (reason.map { ": \($0)" } ?? ".")
            }
        })
    }

    private var actions: [String] {
        guard !report.actions.isEmpty else { return ["No host was isolated, released or scanned."] }
        return Self.bounded(report.actions.compactMap { action in
            let status = action["status"]?.string ?? "unknown"
            guard status.lowercased() != "succeeded" else { return nil }
            let command = action[path: "asked.command"]?.string ?? "an action"
            let target = action["target"]?.string ?? action[path: "asked.host"]?.string ?? "a host"
            return "`\(command) \(target)` did not end well: \(status)"
                + (action["problem"]?.string.map { " (\($0))" } ?? "") + "."
        })
    }

    private var models: [String] {
        let fallbacks = report.state.scores.map(\.source).count { if case .fallback = $0 { true } else { false } }
        let spending = report.spending.total
        return [
            fallbacks > 0
                ? "The built-in analyst scored \(ReportSummary.count(fallbacks, "finding")) in place of a model." : nil,
            spending.failed > 0
                ? "\(spending.failed) of \(ReportSummary.count(spending.calls, "model call")) failed." : nil,
            spending.unsent > 0 ? "\(ReportSummary.count(spending.unsent, "model call")) not sent." : nil,
        ].compactMap { $0 }
    }

    private static func bounded(_ sentences: [String]) -> [String] {
        let more = sentences.count - limit
        return sentences.prefix(limit) + (more > 0 ? ["And \(more) more of the kind."] : [])
    }
}
