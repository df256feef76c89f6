import Diagnostics
import Investigation
import JSON

/// A query's rows as a table: types under the names, numbers to the right, times in UTC, dynamic values as JSON.
struct QueryTable {
    private let result: ResultRows
    private let screen: Screen

    init(_ outcome: QueryOutcome, screen: Screen) { self.init(ResultRows(outcome), screen: screen) }

    init(_ result: ResultRows, screen: Screen) {
        self.result = result
        self.screen = screen
    }

    /// More rows than this do not make a table that anyone reads.
    private static let mostRows = 10_000
    /// More of a text is cut: in a cell, and where a field has lines of its own.
    private static let cellLimit = 300, fieldLimit = 1000
    /// Of rows that take a screen each fewer are shown.
    private static let mostFields = 120

    /// - Parameter shown: How many rows are shown at most; the last line says how many more there are.
    func lines(rows shown: Int? = nil) -> [String] {
        guard !result.columns.isEmpty else { return account(shown: result.count) }
        let most = min(shown ?? Self.mostRows, result.count)
        let layout = TableLayout(table(rows: most, limit: Self.cellLimit, typesApart: true), on: screen)
        if case .grid(let widths, let wrapsLast) = layout.shape {
            return layout.gridLines(widths, wrapsLast: wrapsLast) + account(shown: most)
        }
        let fewer = shown == nil ? most : min(most, max(1, Self.mostFields / result.columns.count))
        let fields = table(rows: fewer, limit: Self.fieldLimit, typesApart: false)
        return TableLayout(fields, on: screen).fieldLines + account(shown: fewer)
    }

    private func table(rows: Int, limit: Int, typesApart: Bool) -> TextTable {
        let columns = result.columns.indices.map { column in QueryColumn(result, column, rows: rows, limit: limit) }
        // Beside long names types would cost the names their ends.
        let hasRoom = columns.allSatisfy { $0.name.count + $0.type.count + 2 <= screen.width / 2 }
        var head = columns.map { $0.head(withType: !typesApart && hasRoom) }
        var body = (0..<rows).map { row in columns.map { $0.cells[row] } }
        if isNumbered {
            head.insert(TextTable.Column("#", alignment: .right), at: 0)
            body = body.enumerated().map { [TextTable.Cell("\($0 + 1)", .dim)] + $1 }
        }
        let types = (isNumbered ? [TextTable.Cell("")] : []) + columns.map { TextTable.Cell($0.type, .dim) }
        return TextTable(columns: head, rows: typesApart ? [types] + body : body)
    }

    /// How many rows there are, how many of them are not shown, what was cut, and how long it took.
    private func account(shown: Int) -> [String] {
        let left = result.count - shown
        let way = shown < Self.mostRows ? "`last` pages them" : "`last --format csv` has them"
        let more = "… \(left.grouped) more \(left == 1 ? "row" : "rows"): \(way)"
        let total = "\(counted(result.totalCount, "row")) · \(Duration.seconds(result.seconds).brief)"
        return (left > 0 ? wrap(more, width: screen.width, indent: 2) : [])
            + wrap(total, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
            + result.cuts.flatMap { wrap($0, width: screen.width, indent: 2) }.map { screen.paint($0, .warning) }
    }

    // MARK: Ids

    /// The first column that holds ids of events, findings or incidents.
    private var idColumn: Int? {
        let names = ["uuid", "id", "finding_id", "incident_id"]
        return result.columns.firstIndex { names.contains($0.name) && $0.type == "string" }
    }

    private var isNumbered: Bool { idColumn != nil || result.isCited }

    /// The ids of the rows that are numbered; `nil` where none are.
    var ids: [String]? {
        guard let idColumn else { return nil }
        return (0..<min(result.count, Self.mostRows)).map { result.value($0, idColumn).string ?? "" }
    }
}

/// One column of a query's result, made ready to be laid out.
private struct QueryColumn {
    let name: String
    let type: String
    let cells: [TextTable.Cell]

    init(_ result: ResultRows, _ index: Int, rows: Int, limit: Int) {
        let column = result.columns[index]
        (name, type) = (column.name, column.type)
        let values = (0..<rows).map { result.value($0, index) }
        let digits = type == "datetime" ? values.map(Self.fractionDigits).max() ?? 0 : 0
        cells = values.map { value in
            value.isNull ? TextTable.Cell("null", .dim) : TextTable.Cell(Self.text(value, column.type, digits, limit))
        }
    }

    func head(withType: Bool) -> TextTable.Column {
        let priority = switch type { case "dynamic": 3; case "string": 2; default: 1 }
        return TextTable.Column(
            withType ? "\(name): \(type)" : name, alignment: isNumber ? .right : .left, priority: priority,
            canShrink: ["dynamic", "string"].contains(type))
    }

    private var isNumber: Bool { ["int", "long", "real", "decimal", "timespan"].contains(type) }

    private static func text(_ value: JSONValue, _ type: String, _ digits: Int, _ limit: Int) -> String {
        if type == "datetime", let time = value.string { return shortened(time, digits: digits) }
        if type == "dynamic" { return value.printableText.visible(limit: limit) }
        return value.plainText.visible(limit: limit)
    }

    // MARK: Times

    /// `2025-11-12 18:00:00Z`, with as many digits of the second as the column needs: none, three or seven.
    private static func shortened(_ time: String, digits: Int) -> String {
        let bytes = Array(time.utf8)
        guard bytes.count == 28 else { return time }
        let fraction = digits == 0 ? "" : String(decoding: bytes[19..<(20 + digits)], as: UTF8.self)
        let date = String(decoding: bytes[..<10], as: UTF8.self)
        let clock = String(decoding: bytes[11..<19], as: UTF8.self)
        return "\(date) \(clock)\(fraction)Z"
    }

    private static func fractionDigits(_ value: JSONValue) -> Int {
        guard let bytes = value.string.map({ Array($0.utf8) }), bytes.count == 28 else { return 0 }
        let used = bytes[20..<27].lastIndex { $0 != UInt8(ascii: "0") }.map { $0 - 19 } ?? 0
        return used == 0 ? 0 : used <= 3 ? 3 : 7
    }
}
