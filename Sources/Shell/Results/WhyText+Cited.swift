import Diagnostics
import Hunting
import JSON
import Tables

// The rows of other tables that a finding of a hunt rests on.
extension WhyText {
    func citedRows(_ finding: JSONValue, limit: Int) -> [String] {
        let metadata = finding["metadata"] ?? .null
        let cited = (metadata["cited"]?.array ?? []).compactMap { CitedRow(json: $0) }
        guard !cited.isEmpty else { return [] }
        let count = max(cited.count, metadata["rows"]?.array?.count ?? 0)
        let shown = min(limit, cited.count)
        let more = count > shown ? ["  and \(count - shown) more rows: run the query again (`hunt`, `query`)"] : []
        return labelled("rows", "\(counted(count, "row")) of \(cited[0].table)")
            + cited.prefix(limit).flatMap(lines) + more
    }

    /// A row with all that is kept of it: a command line cut to its beginning would say nothing.
    private func lines(_ row: CitedRow) -> [String] {
        let time = row.time.map { "\($0.date.suffix(5)) \($0.timeOfDay.prefix(8))" } ?? "–"
        let head = "\(time)  row \(row.row + 1)  \(CitedTable.name(row))".visible
        return wrap(head, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
            + wrap(CitedTable.words(row), width: screen.width, indent: 4)
    }
}

/// Rows of other tables, as `timeline` lists them.
struct CitedTable {
    let rows: [CitedRow]

    init(_ rows: [CitedRow]) { self.rows = rows }

    var table: TextTable {
        let times = ListedTimes(rows.compactMap(\.time))
        return TextTable(
            columns: [
                .init("when (UTC)"), .init("row", alignment: .right), .init("what it says", canShrink: true),
                .init("id", priority: 3, canShrink: true),
            ],
            rows: rows.map { row in
                [
                    .init(times.text(row.time)), .init("\(row.row + 1)", .dim), .init(Self.words(row)),
                    .init(Self.name(row), .dim),
                ]
            })
    }

    /// `ReportId 42`, or the digest of a row without an id.
    static func name(_ row: CitedRow) -> String {
        row.id.map { "\($0.key) \($0.value.string ?? $0.value.text)" } ?? row.digest
    }

    /// `DeviceName ws-1 · FileName powershell.exe`.
    static func words(_ row: CitedRow) -> String {
        row.fields.map { "\($0.key) \($0.value.string ?? $0.value.text)" }.joined(separator: " · ")
    }
}
