import Detection
import Diagnostics
import Investigation
import JSON
import Pipeline
import Tables

/// What a session has beside its incidents: other findings, hunts, rules, actions, notes, and what models cost.
struct ReportRecords {
    let report: SessionReport

    private static let findingLimit = 100, eventLimit = 5, recordLimit = 50

    var blocks: [ReportBlock] { unpromoted + suppressions + hunts + rules + actions + notes + spending }

    private var unpromoted: [ReportBlock] {
        guard !report.unpromoted.isEmpty else { return [] }
        let rows = report.unpromoted.prefix(Self.findingLimit).map { entry -> [ReportText] in
            let finding = entry.finding
            let said = entry.verdicts.isEmpty ? "" : " Judged \(ReportIncidents.verdicts(entry.verdicts))."
            return [
                ReportText(.severity(entry.severity)), ReportText(entry.score.map { twoDecimals($0.score) } ?? "–"),
                ReportText(.code(finding.findingType)),
                ReportText(.strong(finding.metadata["actor"]?.string ?? finding.userID)),
                ReportText(finding.description), ReportText((entry.reason ?? "–") + said),
                .ids(finding.oktaEventIDs, limit: Self.eventLimit),
            ]
        }
        let columns: [ReportTable.Column] = [
            .init(name: "Severity"), .init(name: "Score", isNumber: true), .init(name: "Finding"), .init(name: "Who"),
            .init(name: "What was seen"), .init(name: "Why it is no incident"), .init(name: "Events"),
        ]
        let table = ReportTable(
            "Findings that made no incident", columns, rows, more: report.unpromoted.count - rows.count)
        return [.heading(2, "Findings that made no incident"), .table(table)]
    }

    private var suppressions: [ReportBlock] {
        let marks = report.suppressions
        guard !marks.isEmpty else { return [] }
        let items = marks.prefix(Self.recordLimit).map { mark -> ReportText in
            let end = mark["expires"]?.string.map { "until \($0)" } ?? "for good"
            let ticket = mark["ticket"]?.string.map { " (\($0))" } ?? ""
            return ReportText(
                .code(String((mark["id"]?.string ?? "").prefix(8))), .plain(" by "),
                .strong(mark["owner"]?.string ?? "–"), .plain(" \(end): \(mark["reason"]?.string ?? "–")\(ticket)"))
        }
        return [.heading(2, "Suppressions that apply"), .list(items)]
    }

    private var hunts: [ReportBlock] {
        guard !report.hunts.isEmpty else { return [] }
        let told = report.hunts.prefix(Self.recordLimit).map { hunt -> ReportBlock in
            let rows = hunt["rows"]?.integer.map { $0.grouped } ?? "–"
            let cut = hunt["truncated"]?.bool == true ? ", cut off" : ""
            let findings = hunt["findings"]?.array ?? []
            let seen = findings.prefix(Self.eventLimit).map { finding in
                "\(finding["title"]?.string ?? "–") (\(finding["confidence"]?.string ?? "–") confidence)"
            } + (findings.count > Self.eventLimit ? ["and \(findings.count - Self.eventLimit) more"] : [])
            return .card(nil, [
                .heading(3, ReportText(hunt["question"]?.string ?? "–")), .code(hunt["query"]?.string ?? ""),
                .facts([
                    ("Where", ReportText(hunt["on"]?.string ?? "–")), ("Range", ReportText(Self.range(hunt))),
                    ("Rows", ReportText(rows + cut)),
                    ("Found", ReportText(seen.isEmpty ? "no finding" : seen.joined(separator: "; "))),
                    ("Query by", ReportText(Self.words(hunt["query_source"]))),
                ]),
            ])
        }
        return [.heading(2, "Hunts")] + told
    }

    private static func range(_ hunt: JSONValue) -> String {
        let ends = ["from", "until"].map { hunt[$0]?.string ?? "–" }
        return "\(ends[0]) – \(ends[1])"
    }

    private static func words(_ source: JSONValue?) -> String {
        source?.string.flatMap { Source($0) }?.words ?? source?.string ?? "–"
    }

    private var rules: [ReportBlock] {
        guard !report.rules.isEmpty else { return [] }
        let items = report.rules.prefix(Self.recordLimit).map { rule -> ReportText in
            let status = rule[path: "deployment.status"]?.string ?? "written, not deployed"
            let runs = rule[path: "dry_run.runs"]?.integer ?? 0, fired = rule[path: "dry_run.fired"]?.integer ?? 0
            let tried = runs > 0 ? ". On the loaded events \(fired) of \(runs) runs would have raised it." : ""
            let reason = rule[path: "deployment.reason"]?.string.map { " It was not deployed: \($0)" } ?? ""
            return ReportText(
                .strong(rule["display_name"]?.string ?? "–"), .plain(" "), .label(status), .plain(tried + reason))
        }
        return [.heading(2, "Detection rules"), .list(items)]
    }

    private var actions: [ReportBlock] {
        guard !report.actions.isEmpty else { return [] }
        let rows = report.actions.prefix(Self.recordLimit).map { action -> [ReportText] in
            let confirmed = action["confirmed"].flatMap { $0.isNull ? nil : $0["accepted"]?.bool }
            return [
                ReportText(action["at"]?.string ?? "–"),
                ReportText(.code(action[path: "asked.command"]?.string ?? "–")),
                ReportText(.strong(action["target"]?.string ?? action[path: "asked.host"]?.string ?? "–")),
                ReportText(action["reason"]?.string ?? "–"),
                ReportText(confirmed.map { $0 ? "confirmed" : "refused" } ?? "not asked"),
                ReportText(
                    .label(action["status"]?.string ?? "–"),
                    .plain(action["problem"]?.string.map { " \($0)" } ?? "")),
            ]
        }
        let columns = ["Asked (UTC)", "Action", "Host", "Reason", "Confirmation", "Ended"]
            .map { ReportTable.Column(name: $0) }
        return [
            .heading(2, "Actions on hosts"),
            .table(ReportTable("Actions on hosts", columns, rows, more: report.actions.count - rows.count)),
        ]
    }

    private var notes: [ReportBlock] {
        guard !report.notes.isEmpty else { return [] }
        return [.heading(2, "Notes"), .list(report.notes.map { note in
            ReportText(.quiet(note.at.map { $0.spaced + ": " } ?? ""), .plain(note.text))
        })]
    }

    private var spending: [ReportBlock] {
        let spending = report.spending
        guard !spending.tasks.isEmpty else { return [] }
        let rows = (spending.tasks + [("all", spending.total)]).map { task -> [ReportText] in
            let figures = task.figures
            let costs = figures.costs.map(SpendingText.money).joined(separator: " + ")
            return [
                ReportText(task.name), ReportText(figures.calls.grouped), ReportText(figures.failed.grouped),
                ReportText(figures.unsent.grouped), ReportText(figures.countedIn.grouped),
                ReportText(figures.countedOut.grouped), ReportText(costs.isEmpty ? "–" : costs),
            ]
        }
        let columns = ["Calls", "Failed", "Not sent", "Tokens in", "Tokens out", "Cost"]
            .map { ReportTable.Column(name: $0, isNumber: true) }
        return [
            .heading(2, "Use of models"),
            .table(ReportTable("Use of models", [.init(name: "Task")] + columns, rows)),
        ]
    }
}
