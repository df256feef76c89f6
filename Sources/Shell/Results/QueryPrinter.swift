import Diagnostics
import Investigation
import JSON
import KQL

/// A query's result in the format that was asked for, piece by piece, so that many rows take little memory.
struct QueryPrinter {
    let outcome: QueryOutcome
    let format: OutputFormat
    let screen: Screen

    private static let chunk = 1000

    /// Hands over pieces of text that end in newlines.
    ///
    /// - Parameter shown: How many rows a table has at most.
    func print(rows shown: Int?, _ emit: (String) -> Void) {
        switch format {
        case .table:
            let picture = ChartText(outcome.result, screen: screen)?.lines ?? []
            emit((QueryTable(outcome, screen: screen).lines(rows: shown) + picture).map { $0 + "\n" }.joined())
        case .json: printJSON(emit)
        case .jsonl: printRows(emit) { rows, _ in rows.map { record($0).printableText + "\n" }.joined() }
        case .csv: printRows(emit) { CSVText.text(grid($0), hasHead: $1) }
        case .md: printRows(emit) { MarkdownText.text(grid($0), hasHead: $1) }
        case .line: printRows(emit) { rows, isFirst in (isFirst || rows.isEmpty ? "" : "\n") + blocks(rows) }
        }
    }

    /// One object; a row a line, so that long results can be read and searched.
    private func printJSON(_ emit: (String) -> Void) {
        emit("{\"columns\":\(outcome.columns.printableText),\"rows\":[")
        printRows(emit) { rows, isFirst in
            (isFirst || rows.isEmpty ? "" : ",\n") + rows.map { outcome.row($0).printableText }.joined(separator: ",\n")
        }
        emit("]}\n")
    }

    /// Calls for the text of some rows after the other; at least once, where there is none.
    private func printRows(_ emit: (String) -> Void, _ text: (Range<Int>, _ isFirst: Bool) -> String) {
        var start = 0
        repeat {
            let end = min(start + Self.chunk, outcome.result.count)
            emit(text(start..<end, start == 0))
            start = end
        } while start < outcome.result.count
    }

    private func record(_ row: Int) -> JSONValue {
        .object(outcome.result.columns.indices.map { column in
            JSONValue.Member(outcome.result.columns[column].name, outcome.result.json(row: row, column: column))
        })
    }

    private func grid(_ rows: Range<Int>) -> RecordGrid {
        RecordGrid(
            keys: outcome.result.columns.map(\.name),
            rows: rows.map { row in
                outcome.result.columns.indices.map { column -> JSONValue? in
                    let value = outcome.result.json(row: row, column: column)
                    return value.isNull ? nil : value
                }
            })
    }

    private func blocks(_ rows: Range<Int>) -> String {
        RecordPrinter(format: .line, screen: screen).rows(rows.map(record), table: TextTable(columns: []))
    }
}
