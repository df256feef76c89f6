import Diagnostics
import JSON

/// Turns a command's result into the text for standard output, in the format that was asked for.
///
/// ```swift
/// let printer = RecordPrinter(format: .jsonl, screen: screen)
/// printer.rows(findings.map(\.record), table: findingsTable(findings))
/// ```
///
/// Every text ends in a newline or is empty, and holds no control character from outside.
struct RecordPrinter {
    let format: OutputFormat
    let screen: Screen

    /// A list of records. The table is only made when it is the format.
    func rows(_ records: [JSONValue], table: @autoclosure () -> TextTable) -> String {
        switch format {
        case .table: Self.joined(render(table(), on: screen))
        case .json: JSONValue.array(records).printablePrettyText + "\n"
        case .jsonl: Self.joined(records.map(\.printableText))
        case .csv: CSVText.text(records)
        case .md: MarkdownText.text(records)
        case .line: Self.blocks(records)
        }
    }

    /// A result that is one value. The lines for people are only made when `table` is the format.
    func value(_ value: JSONValue, lines: @autoclosure () -> [String]) -> String {
        switch format {
        case .table: Self.joined(lines())
        case .json: value.printablePrettyText + "\n"
        case .jsonl, .csv, .md, .line: rows([value], table: TextTable(columns: []))
        }
    }

    private static func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

    /// `key: value` lines, with an empty line between records.
    private static func blocks(_ records: [JSONValue]) -> String {
        records.map { record in
            joined(record.fields.map { field in
                field.value.isNull ? "\(field.key.visible):" : "\(field.key.visible): \(field.value.plainText.visible)"
            })
        }.joined(separator: "\n")
    }
}
