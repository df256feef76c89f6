import Diagnostics
import Investigation
import KQL

/// What `ingest FILE --as TABLE` did, for people.
struct TableText {
    let outcome: TableOutcome

    init(_ outcome: TableOutcome) { self.outcome = outcome }

    /// How many problems are shown in full, and how many columns are named.
    private static let shownProblems = 5, shownColumns = 12

    func lines(on screen: Screen) -> [String] {
        let report = outcome.report
        let size = "\(counted(report.rows, "row")), \(counted(outcome.table.columns.count, "column"))"
        let head = "\(outcome.table.name): \(size)"
        let account = "\(report.rejected.grouped) rejected · \(Duration.seconds(outcome.seconds).brief)"
        return wrap(head, width: screen.width, indent: 2)
            + wrap(columns, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
            + wrap(account, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
            + warnings.flatMap { wrap($0, width: screen.width, indent: 2) }.map { screen.paint($0, .warning) }
    }

    private var columns: String {
        let columns = outcome.table.columns, rest = columns.count - Self.shownColumns
        let shown = columns.prefix(Self.shownColumns).map { "\($0.name.visible(limit: 60)): \($0.type)" }
        return shown.joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more; `kql \(outcome.table.name) | getschema` lists them" : "")
    }

    private func place(of problem: Diagnostic) -> String {
        Place(file: outcome.file, line: problem.place?.line, byte: problem.place?.byte).description
    }

    /// What the user should not miss.
    var warnings: [String] {
        var lines = outcome.report.problems.prefix(Self.shownProblems).map { problem in
            "rejected \(place(of: problem)): \(problem.problem.visible)"
        }
        let rest = outcome.report.rejected - lines.count
        if rest > 0 { lines.append("and \(rest.grouped) more; `--format json` lists the first hundred") }
        lines += outcome.report.notes
        if outcome.replaces { lines.append("the table \(outcome.table.name) that was loaded before is replaced") }
        if outcome.hidesBuiltIn {
            lines.append("queries of \(outcome.table.name) read this file now, and not the session's own table")
        }
        return lines
    }
}
