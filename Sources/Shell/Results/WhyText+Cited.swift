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
            + render(CitedTable(Array(cited.prefix(limit))).table, on: screen) + more
    }
}

/// Rows of other tables, as `why` and `timeline` list them.
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
                    .init(row.id.map { "\($0.key) \($0.value.string ?? $0.value.text)" } ?? row.digest, .dim),
                ]
            })
    }

    /// `DeviceName ws-1 · FileName powershell.exe`.
    private static func words(_ row: CitedRow) -> String {
        row.fields.map { "\($0.key) \($0.value.string ?? $0.value.text)" }.joined(separator: " · ")
    }
}
