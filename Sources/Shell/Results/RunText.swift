import Diagnostics
import Events
import Investigation
import Tables

/// The whole pipeline's results, one part after another.
struct RunText {
    let outcome: RunOutcome
    let screen: Screen

    init(_ outcome: RunOutcome, screen: Screen) {
        self.outcome = outcome
        self.screen = screen
    }

    func lines(_ state: SessionState) -> [String] {
        let tables = ResultTables(screen: screen)
        var parts: [(String, [String])] = [
            ("Events", events),
            ("Findings", tables.findings(outcome.found)),
            ("Risk", tables.scores(outcome.scored)),
            ("Routes", outcome.routes.flatMap(tables.route)),
        ]
        if !outcome.scored.incidents.isEmpty {
            parts.append(("Plan", outcome.plans.flatMap { tables.plan($0, of: outcome.scored.incidents) }))
            parts.append(("Commands", CommandText(screen: screen).lines(outcome.commands, plans: outcome.plans)))
            parts.append(("Escalation", tables.escalations(outcome.escalations)))
        }
        return parts.flatMap { [screen.paint($0.0, .bold)] + $0.1 + [""] }.dropLast()
    }

    private var events: [String] {
        guard let report = outcome.ingest else { return [] }
        let range = report.first.flatMap { first in report.last.map { "\(first.spaced) – \($0.spaced)" } } ?? "no times"
        return wrap(
            "\(counted(report.accepted, "event")), \(counted(report.actors, "actor")), \(range) · \(report.rejected.grouped) rejected · "
                + counted(report.duplicates, "duplicate"), width: screen.width, indent: 2)
    }
}
