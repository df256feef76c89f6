import Detection
import Diagnostics
import Hunting
import Investigation
import JSON
import Pipeline

/// A story, event by event, as `timeline` tells it.
struct TimelineText {
    let outcome: TimelineOutcome
    let screen: Screen

    /// How many findings are explained above the events.
    private static let shownFindings = 8

    var lines: [String] {
        guard !outcome.entries.isEmpty else {
            return outcome.cited.isEmpty ? wrap(nothing, width: screen.width, indent: 2) : head + cited
        }
        return head + legend
            + TimelineEntries(entries: outcome.entries, words: TimelineWords(outcome), screen: screen).lines
            + wrap(account, width: screen.width, indent: 2) + cited
    }

    /// Rows of other tables that hunts cite.
    private var cited: [String] {
        guard !outcome.cited.isEmpty else { return [] }
        let rows = outcome.cited.map(\.row)
        let tables = rows.map(\.table).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let title = "\(counted(rows.count, "row")) of \(tables.joined(separator: ", ")) that hunts cite, UTC"
        return render(CitedTable(rows).table, on: screen) + wrap(title, width: screen.width, indent: 2)
    }

    /// Why there is nothing to tell, and what to do.
    private var nothing: String {
        if outcome.loaded == 0 { return "no events are loaded" }
        guard outcome.subject == nil else { return "none of its events lies in that time" }
        if !outcome.isDetected {
            return "nothing was detected yet: `detect` looks for findings, `timeline ACTOR` tells one actor's story"
        }
        return "no finding has events in that time; `timeline ACTOR` tells one actor's story"
    }

    private var head: [String] {
        let text =
            switch outcome.subject {
            case nil: "all findings"
            case .incident(let incident):
                "incident \(incident.id.prefix(8)) \(incident.severity.rawValue) \(incident.status.rawValue): \(incident.title)"
            case .finding(let finding):
                "finding \(finding.id.prefix(8)) \(finding.severity.rawValue): \(finding.description)"
            case .account(let account): account.title
            case .address(let address): "address \(address)"
            }
        return wrap(text.visible, width: screen.width, indent: 2).map { screen.paint($0, .bold) }
    }

    /// What `F1` and so on stand for.
    private var legend: [String] {
        let shown = outcome.findings.prefix(Self.shownFindings)
        let table = TextTable(
            columns: [.init(""), .init(""), .init(""), .init(""), .init("", canShrink: true)],
            rows: shown.enumerated().map { index, finding in
                [
                    .init("F\(index + 1)", .accent), .init(String(finding.id.prefix(8)), .dim),
                    .init(finding.severity.rawValue, .severity(finding.severity.rawValue)), .init(finding.findingType),
                    .init(finding.metadata["actor"]?.string ?? finding.userID),
                ]
            })
        let layout = TableLayout(table, on: screen), lines: [String]
        if case .grid(let widths, wrapsLast: false) = layout.shape {
            lines = layout.gridLines(widths, wrapsLast: false)
        } else {
            lines = table.rows.map { row in
                let text = row.map(\.text).joined(separator: "  ").visible
                return "  " + screen.paint(text.cut(toColumns: screen.width - 2), .plain)
            }
        }
        let rest = outcome.findings.count - shown.count
        return lines + (rest > 0 ? ["  and \(counted(rest, "more finding"))"] : [])
    }

    private var account: String {
        let all = outcome.entryCount == outcome.entries.count
        let lines =
            all
            ? counted(outcome.entryCount, "line")
            : "\(outcome.entries.count.grouped) of \(counted(outcome.entryCount, "line"))"
        return "\(lines) for \(counted(outcome.matching, "event")), UTC" + (all ? "" : "; `--limit` shows more")
            + (outcome.isDetected ? "" : "; `detect` marks what it finds")
    }
}

extension Account {
    /// Who it is, in one line: what people call it first.
    var title: String {
        let id = key == name ? nil : key
        let person = displayName.flatMap { $0 == name ? nil : $0 }
        return ([name] + [person, type, id].compactMap { $0 }).joined(separator: " · ")
    }
}
