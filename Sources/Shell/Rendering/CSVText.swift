import Diagnostics
import JSON

/// Records as comma-separated values (RFC 4180): a header, then a line a record.
///
/// Lines end in a bare newline, as other line tools expect. Control characters are written out, except for
/// newlines, which stand in quotes; a cell that a spreadsheet would run as a formula gets a `'` in front.
enum CSVText {
    static func text(_ records: [JSONValue]) -> String { text(RecordGrid(records)) }

    /// - Parameter hasHead: Whether the keys come first; without them these are further rows.
    static func text(_ grid: RecordGrid, hasHead: Bool = true) -> String {
        guard !grid.keys.isEmpty else { return "" }
        let head = hasHead ? [line(grid.keys.map(cell))] : []
        return (head + grid.rows.map { line($0.map(cell)) }).joined()
    }

    private static func line(_ cells: [String]) -> String {
        // A record of one empty field would otherwise be an empty line, which readers skip.
        (cells == [""] ? "\"\"" : cells.joined(separator: ",")) + "\n"
    }

    private static func cell(_ value: JSONValue?) -> String {
        guard let value else { return "" }
        guard case .string(let string) = value else { return quoted(value.plainText) }
        return cell(string)
    }

    private static func cell(_ text: String) -> String {
        let safe = text.visibleLines
        return quoted(startsFormula(text) && !isNumber(text) ? "'" + safe : safe)
    }

    /// `;` is quoted too: spreadsheets in many countries separate with it.
    private static func quoted(_ text: String) -> String {
        let isSplit = text.utf8.contains { [0x22, 0x2C, 0x3B, 0x0A].contains($0) }
        guard isSplit || text.first == " " || text.last == " " else { return text }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.joined(separator: "\"\"") + "\""
    }

    /// The characters that OWASP names, their full-width forms among them.
    private static func startsFormula(_ text: String) -> Bool {
        text.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    }

    private static func isNumber(_ text: String) -> Bool {
        if text == "-Infinity" { return true }
        let plain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        return plain && Double(text) != nil
    }
}
