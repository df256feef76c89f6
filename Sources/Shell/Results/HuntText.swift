import Detection
import Diagnostics
import Hunting
import Investigation
import Pipeline

/// What a hunt gave, for people: the rows, then what they show.
struct HuntText {
    let outcome: HuntOutcome
    let screen: Screen

    /// Indicators and cited rows that are listed of one finding.
    private static let indicatorLimit = 8, citedLimit = 10

    /// - Parameter shown: How many rows are shown at most.
    func lines(rows shown: Int? = nil) -> [String] {
        QueryTable(ResultRows(outcome), screen: screen).lines(rows: shown)
            + ownNotes.flatMap { wrap("note: \($0)", width: screen.width, indent: 2) }
            .map { screen.paint($0, .warning) }
            + (hunt.findings.isEmpty ? ["  no finding: " + verdict] : hunt.findings.indices.flatMap(finding))
            + offers.flatMap { wrap($0, width: screen.width, indent: 2) }
            + wrap(
                "\(hunt.source.words); kept in hunts.jsonl as \(hunt.id.prefix(8)) "
                    + "(`rule \(hunt.id.prefix(8))` writes a rule of it)", width: screen.width, indent: 2
            ).map { screen.paint($0, .dim) }
    }

    private var hunt: Hunt { outcome.hunt }

    private var verdict: String {
        outcome.rows.count == 0 ? "the query gave no rows" : "nothing in these rows looks like an attack by itself"
    }

    /// The notes that were not shown with the query.
    private var ownNotes: [String] {
        let shown = outcome.planNotes
        return hunt.notes.filter { !shown.contains($0) }
    }

    private func finding(_ index: Int) -> [String] {
        let finding = hunt.findings[index]
        let id = outcome.findings.indices.contains(index) ? "  \(outcome.findings[index].id.prefix(8))" : ""
        let head = "\(finding.confidence.rawValue) confidence\(id)  \(finding.title)"
        return wrap(head, width: screen.width, indent: 2)
            .map { screen.paint($0, .severity(finding.severity.rawValue)) }
            + ([finding.description] + details(of: finding)).flatMap { wrap($0, width: screen.width, indent: 4) }
    }

    private func details(of finding: HuntFinding) -> [String] {
        let attack = finding.attack.map { id in AttackTechnique.name(of: id).map { "\(id) \($0)" } ?? id }
        let found = finding.indicators.prefix(Self.indicatorLimit).map { "\($0.kind.rawValue) \($0.value)" }
        let more = finding.indicators.count - found.count
        return [
            attack.isEmpty ? nil : "ATT&CK: " + attack.joined(separator: ", "),
            found.isEmpty
                ? nil : "indicators: " + (found + (more > 0 ? ["\(more) more"] : [])).joined(separator: ", "),
            "rows: " + cited(finding.rows), "next: " + Self.advice(finding.recommendation),
        ].compactMap { $0 }
    }

    /// Row numbers as the table has them, which counts from 1.
    private func cited(_ rows: [Int]) -> String {
        let more = rows.count - Self.citedLimit
        return rows.prefix(Self.citedLimit).map { "\($0 + 1)" }.joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }

    private static func advice(_ recommendation: HuntFinding.Recommendation) -> String {
        switch recommendation {
        case .pivot: "pivot: hunt for the indicators elsewhere"
        case .monitor: "monitor"
        case .ignore: "ignore"
        case .createIncident: "create an incident: `score` promotes what is bad enough"
        }
    }

    /// What may be done to the hosts of sure findings, said once; it is never done by itself.
    private var offers: [String] {
        let sure = hunt.findings.filter { $0.confidence == .high }.flatMap(\.indicators).filter { $0.kind == .host }
        let hosts = sure.compactMap { HostCall.name($0.value) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard let host = hosts.first else { return [] }
        let others = hosts.count > 1 ? " (the same for \(counted(hosts.count - 1, "more host")))" : ""
        return [
            "`isolate \(host)` would cut the host off, `scan \(host)` look through it\(others); each asks for its name first"
        ]
    }
}
