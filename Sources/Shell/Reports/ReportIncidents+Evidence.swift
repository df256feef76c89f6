import Detection
import Diagnostics
import Events
import Investigation
import Pipeline
import Tables

// What proves an incident: its findings, and its events in order.
extension ReportIncidents {
    /// Events that are named of one finding, and findings of one incident.
    private static let eventLimit = 8, findingLimit = 25

    func findings(_ entry: ReportIncident) -> [ReportBlock] {
        let marks = entry.timeline.map { TimelineWords($0).marks } ?? [:]
        let rows = entry.findings.prefix(Self.findingLimit).map { finding in
            [ReportText(marks[finding.finding.id].map { "F\($0)" } ?? "–")] + row(finding)
        }
        let columns: [ReportTable.Column] = [
            .init(name: "Mark"), .init(name: "Severity"), .init(name: "Score", isNumber: true), .init(name: "Finding"),
            .init(name: "What was seen"), .init(name: "Events"),
        ]
        let table = ReportTable(
            "Findings of the incident", columns, rows, more: entry.findings.count - rows.count)
        return [.heading(4, "Findings"), .table(table)]
    }

    private func row(_ entry: ReportFinding) -> [ReportText] {
        let finding = entry.finding
        var seen: [ReportText.Run] = [.plain(finding.description)]
        if let reason = entry.reason { seen.append(.quiet(" " + reason)) }
        if !entry.verdicts.isEmpty { seen.append(.strong(" Judged \(Self.verdicts(entry.verdicts)).")) }
        return [
            ReportText(.severity(entry.severity)), ReportText(entry.score.map { twoDecimals($0.score) } ?? "–"),
            ReportText(.code(finding.findingType)), ReportText(runs: seen),
            .ids(finding.oktaEventIDs, limit: Self.eventLimit),
        ]
    }

    func timeline(_ entry: ReportIncident) -> [ReportBlock] {
        guard let outcome = entry.timeline, !outcome.entries.isEmpty else { return [] }
        let words = TimelineWords(outcome)
        let rows = outcome.entries.map { line -> [ReportText] in
            let times = line.count > 1 ? " × \(line.count.grouped), to \(line.last?.timeOfDay ?? "–")" : ""
            let place = words.place(line)
            return [
                ReportText(.plain(line.event.published?.spaced ?? "–"), .quiet(times)), ReportText(words.pause(line)),
                ReportText(words.who(line)), ReportText(.code(line.event.eventType ?? "–")),
                ReportText(line.event.outcome ?? "–"),
                ReportText(.plain(words.address(line)), .quiet(place.isEmpty ? "" : " \(place)")),
                ReportText(words.marks(line)), ReportText(.code(line.event.id)),
            ]
        }
        let columns: [ReportTable.Column] = [
            .init(name: "When (UTC)"), .init(name: "Pause", isNumber: true), .init(name: "Who"), .init(name: "Event"),
            .init(name: "Outcome"), .init(name: "From"), .init(name: "In"), .init(name: "First event"),
        ]
        let table = ReportTable(
            "Order of events", columns, rows, more: outcome.entryCount - outcome.entries.count)
        return [.heading(4, "Order of events"), .table(table)]
    }
}
