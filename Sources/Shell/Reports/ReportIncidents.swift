import Detection
import Diagnostics
import Hunting
import Investigation
import JSON
import Pipeline
import Tables

/// The incidents of a report: all of them in a table, then each with what belongs to it.
struct ReportIncidents {
    let report: SessionReport

    /// Incidents that are listed, and those that are told in full.
    private static let listed = 100, told = 50
    private static let nameLimit = 10, commandLimit = 40

    var overview: [ReportBlock] {
        guard !report.incidents.isEmpty else { return [] }
        let rows = report.incidents.prefix(Self.listed).enumerated().map { index, entry -> [ReportText] in
            let incident = entry.incident
            let title = ReportText.Run.plain(incident.title)
            let link = index < Self.told ? .link(incident.title, anchor: Self.anchor(index)) : title
            return [
                ReportText("\(index + 1)"), ReportText(.severity(incident.severity)),
                ReportText(twoDecimals(incident.riskScore)), ReportText(.label(incident.status.rawValue)),
                ReportText(runs: [link]), ReportText(incident.firstSeen?.spaced ?? "–"),
                ReportText(entry.verdicts.isEmpty ? "–" : entry.verdicts.map(\.words).joined(separator: ", ")),
            ]
        }
        let columns: [ReportTable.Column] = [
            .init(name: "No.", isNumber: true), .init(name: "Severity"), .init(name: "Score", isNumber: true),
            .init(name: "Status"), .init(name: "Incident"), .init(name: "First seen (UTC)", isBrief: true),
            .init(name: "Verdict"),
        ]
        let table = ReportTable(
            "Incidents, the worst first", columns, rows, more: report.incidents.count - rows.count)
        return [.heading(2, "Incidents"), .table(table)]
    }

    var details: [ReportBlock] {
        guard !report.incidents.isEmpty else { return [] }
        let cards = report.incidents.prefix(Self.told).enumerated().map { index, entry in
            ReportBlock.card(entry.incident.severity, blocks(entry, number: index + 1))
        }
        let rest = report.incidents.count - cards.count
        return [.heading(2, "Incidents in full")] + cards
            + (rest > 0
                ? [.paragraph(ReportText("\(counted(rest, "more incident")): `report --format json` has all of them."))]
                : [])
    }

    private static func anchor(_ index: Int) -> String { "incident-\(index + 1)" }

    private func blocks(_ entry: ReportIncident, number: Int) -> [ReportBlock] {
        [
            .heading(3, ReportText("\(number). \(entry.incident.title)"), anchor: Self.anchor(number - 1)),
            .facts(facts(entry)),
        ] + findings(entry) + timeline(entry) + ReportResponse(entry: entry, commandLimit: Self.commandLimit).blocks
    }
}

// MARK: What it is

extension ReportIncidents {
    private func facts(_ entry: ReportIncident) -> [(name: String, value: ReportText)] {
        let incident = entry.incident
        var facts: [(name: String, value: ReportText)] = [
            (
                "Severity",
                ReportText(.severity(incident.severity), .plain(" "), .label(incident.status.rawValue))
            ),
            ("Score", score(entry)),
        ]
        if let score = entry.score { facts.append(("Why", ReportText(score.rationale))) }
        facts.append(("What", ReportText(incident.description)))
        facts.append(("Who", actors(incident)))
        facts.append(("Addresses", incident.ips.isEmpty ? .none : .ids(incident.ips, limit: Self.nameLimit)))
        facts.append(("Seen", ReportText(timeSpan(incident.firstSeen, incident.lastSeen) ?? "at no known time")))
        facts.append(("ATT&CK", ReportText(incident.attack.isEmpty ? "–" : Self.techniques(incident.attack))))
        if !entry.verdicts.isEmpty { facts.append(("Judged", ReportText(Self.verdicts(entry.verdicts)))) }
        facts.append(("Id", ReportText(.code(incident.id))))
        return facts
    }

    /// `0.72: likelihood 0.90 × impact 0.80, by the built-in analyst`.
    private func score(_ entry: ReportIncident) -> ReportText {
        guard let score = entry.score else { return ReportText(twoDecimals(entry.incident.riskScore)) }
        var text = ": likelihood \(twoDecimals(score.likelihood)) × impact \(twoDecimals(score.impact)), "
            + "by \(score.source.words)"
        if score.score > score.baseline.score {
            text += "; the built-in analyst's was \(twoDecimals(score.baseline.score))"
        }
        if let said = score.disagreement, said.members != nil {
            let words = [said["severity"]?.string, said["score"]?.double.map(twoDecimals)].compactMap { $0 }
            text += "; the model said \(words.joined(separator: ", ")), which was not used"
        }
        return ReportText(.strong(twoDecimals(entry.incident.riskScore)), .plain(text))
    }

    private func actors(_ incident: SecurityIncident) -> ReportText {
        let names = incident.metadata["actor_names"]?.strings ?? []
        let all = names.isEmpty ? incident.actors : names
        guard !all.isEmpty else { return .none }
        let more = all.count - Self.nameLimit
        return ReportText(
            .strong(all.prefix(Self.nameLimit).joined(separator: ", ")),
            .quiet(more > 0 ? " and \(more.grouped) more" : ""))
    }

    static func techniques(_ ids: [String]) -> String {
        ids.map { id in AttackTechnique.name(of: id).map { "\(id) \($0)" } ?? id }.joined(separator: ", ")
    }

    static func verdicts(_ verdicts: [Verdict]) -> String {
        verdicts.map { verdict in
            "\(verdict.words), \(verdict.at.spaced)" + (verdict.reason.map { ": \($0)" } ?? "")
        }.joined(separator: "; ")
    }
}
