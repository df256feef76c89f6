import Detection
import Diagnostics
import Investigation
import JSON
import Pipeline
import Tables

/// The tables of the pipeline's results.
struct ResultTables {
    let screen: Screen

    /// Findings as they are listed: the worst first, then by time.
    static func ranked(_ findings: [DetectionFinding]) -> [DetectionFinding] {
        findings.sorted { ($1.severity, $0.createdAt?.ticks ?? .max, $0.id) < ($0.severity, $1.createdAt?.ticks ?? .max, $1.id) }
    }

    /// How many findings a table of them shows; the others are counted by kind.
    private static let findingLimit = 40

    func findings(_ outcome: FindingsOutcome) -> [String] {
        let table = TextTable(
            columns: [
                .init("#", alignment: .right), .init("severity"), .init("finding", priority: 2), .init("who", canShrink: true),
                .init("when (UTC)", priority: 3), .init("evidence", priority: 4),
            ],
            rows: Self.ranked(outcome.findings).prefix(Self.findingLimit).enumerated().map { index, finding in
                [
                    .init("\(index + 1)", .dim), finding.isSuppressed ? .init(finding.severity.rawValue, .dim) : severity(finding.severity),
                    .init(finding.findingType),
                    .init(finding.metadata["actor"]?.string ?? finding.userID, .bold), .init(span(of: finding)),
                    .init(suppression(of: finding) + Self.evidence(of: finding)),
                ]
            })
        let total = outcome.sighted.count + outcome.blind.count
        let refused = outcome.refusals.isEmpty ? "" : ", \(counted(outcome.refusals.count, "rule")) refused"
        let detectors = total == 0 ? [] : ["\(outcome.sighted.count) of \(counted(total, "detector")) that had data"]
        let rules = outcome.ruleCount == 0 ? [] : [counted(outcome.ruleCount, "rule")]
        let hidden = outcome.findings.count(where: \.isSuppressed)
        let suppressed = hidden > 0 ? ", \(hidden.grouped) suppressed," : ""
        let saw = "\(counted(outcome.findings.count, "finding"))\(suppressed) from "
            + (detectors.isEmpty && rules.isEmpty ? "no rule" : (detectors + rules).joined(separator: " and ")) + refused
        let blind = outcome.blind.isEmpty ? "" : "; \(outcome.blind.map(\.detector).joined(separator: ", ")) had nothing to look at (`doctor`)"
        return (outcome.findings.isEmpty ? [] : render(table, on: screen)) + more(outcome.findings)
            + wrap(saw + blind, width: screen.width, indent: 2)
    }

    /// What of the findings is not in the table, by kind.
    private func more(_ findings: [DetectionFinding]) -> [String] {
        let rest = Self.ranked(findings).dropFirst(Self.findingLimit)
        guard !rest.isEmpty else { return [] }
        let kinds = Dictionary(grouping: rest) { "\($0.severity.rawValue) \($0.findingType)" }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { "\($0.value.count) \($0.key)" }
        let others = kinds.count > 8 ? ", and more kinds" : ""
        return wrap(
            "and \(rest.count) more: " + kinds.prefix(8).joined(separator: ", ") + others + " (`show findings`)",
            width: screen.width, indent: 2)
    }

    /// How long detection took, and how many events it looked at in a second.
    func pace(of outcome: FindingsOutcome, events: Int) -> [String] {
        let rate = outcome.seconds > 0.05 ? ", \(Int((Double(events) / outcome.seconds).rounded()).grouped) events/s" : ""
        return [screen.paint("  \(Duration.seconds(outcome.seconds).brief)\(rate)", .dim)]
    }

    /// `suppressed by nina to 2026-02-10: `; nothing for a finding that is not.
    private func suppression(of finding: DetectionFinding) -> String {
        guard let suppression = finding.suppression else { return "" }
        let end = suppression["expires"]?.string.map { " to \($0.prefix(10))" } ?? ""
        return "suppressed by \(suppression["owner"]?.string ?? "–")\(end): "
    }

    private func severity(_ severity: Severity) -> TextTable.Cell { .init(severity.rawValue, .severity(severity.rawValue)) }

    /// `11-12 19:00 → 19:25`.
    private func span(of finding: DetectionFinding) -> String {
        let first = finding.metadata["first_seen"]?.string.flatMap { Timestamp($0) }
        guard let last = finding.createdAt else { return "–" }
        let end = String(last.timeOfDay.prefix(5))
        guard let first else { return last.date.suffix(5) + " " + end }
        let start = first.date.suffix(5) + " " + first.timeOfDay.prefix(5)
        return first.date == last.date ? "\(start) → \(end)" : "\(start) → \(last.date.suffix(5)) \(end)"
    }

    /// What proves it, in a few words: of figures where a finding has those of a journey or a burst, else its own
    /// sentence and what came after.
    static func evidence(of finding: DetectionFinding) -> String {
        let data = finding.metadata, ips = data["ips"]?.strings ?? []
        if let seconds = data["time_delta_seconds"]?.integer, data["to_country"] != nil {
            let place = { (city: String, country: String) in
                [data[city]?.string, data[country]?.string].compactMap { $0 }.joined(separator: " ")
            }
            let agent = data["same_user_agent"]?.bool == true ? ", same agent" : ""
            return "\(place("from_city", "from_country")) → \(place("to_city", "to_country")) in "
                + "\(Duration.seconds(seconds).brief), " + counted(ips.count, "address") + agent
        }
        if let success = data["success_followed"], let count = data["count"]?.integer {
            let span = Duration.seconds(data["duration_seconds"]?.integer ?? 0).brief
            return "\(counted(Int(clamping: count), "failure")) in \(span) from \(ips.first ?? "no address")"
                + (ips.count > 1 ? " and \(ips.count - 1) more" : "")
                + (success.string.map { ", then success \($0)" } ?? "")
        }
        let acts = data["acts"]?.strings ?? []
        let sentence = finding.description.hasSuffix(".") ? String(finding.description.dropLast()) : finding.description
        let after = acts.isEmpty ? "" : "; then \(acts.prefix(2).joined(separator: ", "))"
        return sentence + after + (acts.count > 2 ? " and \(acts.count - 2) more" : "")
    }

    func scores(_ outcome: ScoresOutcome) -> [String] {
        let findings = Dictionary(outcome.findings.map { ($0.id, $0) }) { first, _ in first }
        let table = TextTable(
            columns: [
                .init("#", alignment: .right), .init("severity"), .init("score", alignment: .right),
                .init("likelihood", alignment: .right, priority: 4), .init("impact", alignment: .right, priority: 4),
                .init("promoted", priority: 2), .init("who", canShrink: true), .init("why", priority: 5),
            ],
            rows: outcome.scores.prefix(Self.findingLimit).enumerated().map { index, score in
                let who = findings[score.findingID]
                return [
                    .init("\(index + 1)", .dim), severity(score.severity), .init(twoDecimals(score.score)),
                    .init(twoDecimals(score.likelihood)), .init(twoDecimals(score.impact)),
                    .init(promotion(of: score, who, outcome)),
                    .init(who?.metadata["actor"]?.string ?? who?.userID ?? "", .bold), .init(score.rationale),
                ]
            })
        let disagreements = outcome.scores.compactMap(disagreement)
        let more = outcome.scores.count - Self.findingLimit
        return (outcome.scores.isEmpty ? ["  nothing to score: no findings"] : render(table, on: screen))
            + (more > 0 ? ["  and \(more.grouped) more (`--format jsonl` prints all)"] : [])
            + disagreements.flatMap { wrap($0, width: screen.width, indent: 2) } + sources(outcome.scores.map(\.source))
            + incidents(outcome.incidents)
    }

    /// What became of the finding that was scored.
    private func promotion(of score: RiskScore, _ finding: DetectionFinding?, _ outcome: ScoresOutcome) -> String {
        if let owner = finding?.suppression?["owner"]?.string { return "suppressed (\(owner))" }
        if score.isPromoted(threshold: outcome.threshold) { return "incident" }
        return outcome.incidents.contains { $0.findingIDs.contains(score.findingID) } ? "context" : "–"
    }

    private func disagreement(_ score: RiskScore) -> String? {
        guard let disagreement = score.disagreement else { return nil }
        let said = [disagreement["severity"]?.string, disagreement["score"]?.double.map(twoDecimals)].compactMap { $0 }
        return "model said \(said.joined(separator: ", ").visible) for \(score.findingID.prefix(8)); kept at the baseline "
            + "\(score.baseline.severity.rawValue), \(twoDecimals(score.baseline.score))"
    }

    /// Who answered, where that is not the built-in analyst by choice.
    private func sources(_ sources: [Source]) -> [String] {
        let words = Set(sources.filter { $0 != .rules }.map(\.words)).sorted()
        return words.flatMap { wrap($0, width: screen.width, indent: 2) }.map { screen.paint($0, .dim) }
    }

    func incidents(_ incidents: [SecurityIncident]) -> [String] {
        if incidents.isEmpty { return ["  no finding was promoted, so there is no incident and nothing to respond to"] }
        let worst = incidents.enumerated().sorted { ($1.element.riskScore, $0.offset) < ($0.element.riskScore, $1.offset) }
        let more = incidents.count - Self.findingLimit
        let rest = more > 0 ? ["    and \(more.grouped) more (`show incidents`)"] : []
        return ["  \(counted(incidents.count, "incident")):"] + worst.prefix(Self.findingLimit).map(\.element).flatMap { incident in
            wrap("\(incident.id.prefix(8)) \(incident.severity.rawValue) \(twoDecimals(incident.riskScore)) \(incident.status.rawValue)  \(incident.title)",
                 width: screen.width, indent: 4)
        } + rest
    }

    func route(_ route: RoutePlan) -> [String] {
        let subject = route.subject.map { "incident \($0.prefix(8))" } ?? "the events"
        let asked = route.answered.map { " · answered: \($0.text)" } ?? ""
        var lines = wrap("route for \(subject), phase \(route.phase)\(asked)".visible(limit: 600), width: screen.width, indent: 2)
        lines += render(
            TextTable(
                columns: [.init("#", alignment: .right), .init("agent"), .init("when", priority: 2), .init("why", priority: 3)],
                rows: route.steps.enumerated().map { [.init("\($0 + 1)", .dim), .init($1.agentName, .accent), .init($1.when), .init($1.reason)] }),
            on: screen)
        lines += route.corrections.flatMap { wrap("corrected: \($0)", width: screen.width, indent: 2) }.map { screen.paint($0, .warning) }
        return lines + sources([route.source])
    }

    func plan(_ plan: ResponsePlan, of incidents: [SecurityIncident]) -> [String] {
        let title = incidents.first { $0.id == plan.incidentID }.map { "\($0.id.prefix(8)) \($0.title)" } ?? plan.incidentID
        let number = Dictionary(plan.steps.enumerated().map { ($1.stepID, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        let rows = plan.steps.enumerated().map { index, step -> [TextTable.Cell] in
            let after = step.dependencies.compactMap { number[$0] }.map(String.init).joined(separator: ", ")
            return [
                .init("\(index + 1)", .dim), .init(step.stepID, .accent),
                step.requiresHumanApproval ? .init("approval", .warning) : .init("–"),
                .init(after.isEmpty ? "" : "after \(after)", .dim), .init(step.rationale),
            ]
        }
        let columns: [TextTable.Column] = [
            .init("#", alignment: .right), .init("step"), .init("needs"), .init("", priority: 2), .init("why", priority: 3),
        ]
        return wrap("incident \(title)", width: screen.width, indent: 2) + wrap("goal: \(plan.overallGoal)", width: screen.width, indent: 2)
            + render(TextTable(columns: columns, rows: rows), on: screen)
            + (plan.notes.isEmpty ? [] : wrap(plan.notes, width: screen.width, indent: 2))
    }

    func escalations(_ escalations: [EscalationResult]) -> [String] {
        if escalations.isEmpty { return ["  no high or critical incident is left to escalate"] }
        return escalations.flatMap { escalation in
            ["  to \(escalation.channel.visible), \(escalation.sent ? "sent" : "not sent (dry run)"):"]
                + escalation.message.split(separator: "\n").flatMap { wrap(String($0), width: screen.width, indent: 4) }
        }
    }
}

/// A score with two decimals: `0.72`.
func twoDecimals(_ number: Double) -> String {
    // The record of a session file may hold any number.
    let hundredths = Int((min(max(number.isNaN ? 0 : number, 0), 1e9) * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
