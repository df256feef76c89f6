public import JSON
public import KQL
internal import Diagnostics

/// Rows that a query gave, here or elsewhere, in the contract's JSON forms.
public struct HuntRows: Sendable {
    /// The columns' names and Kusto's words for their types.
    public let columns: [(name: String, type: String)]
    /// Each with one value for each column.
    public let rows: [[JSONValue]]
    /// Whether the service or a limit left rows out.
    public let isTruncated: Bool
    private let places: [String: Int]

    /// Rows from anywhere; a row with too few values is filled with nulls.
    public init(columns: [(name: String, type: String)], rows: [[JSONValue]], isTruncated: Bool = false) {
        self.columns = columns
        self.rows = rows.map { row in
            row.count >= columns.count ? row : row + Array(repeating: .null, count: columns.count - row.count)
        }
        self.isTruncated = isTruncated
        places = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// The rows of the engine's result. Linear in it.
    public init(_ result: QueryResult) {
        self.init(
            columns: result.columns.map { ($0.name, $0.type) },
            rows: (0..<result.count).map { row in result.columns.indices.map { result.json(row: row, column: $0) } },
            isTruncated: result.totalCount > result.count || !result.notes.isEmpty)
    }

    /// How many rows there are.
    public var count: Int { rows.count }

    /// Whether there is such a column.
    func has(_ column: String) -> Bool { places[column] != nil }

    /// A value as text; empty where there is none. Dynamic values are JSON.
    func text(_ row: Int, _ column: String) -> String {
        guard let place = places[column], rows.indices.contains(row) else { return "" }
        return rows[row][place].plainText
    }

    /// The first of some columns that has a text.
    func text(_ row: Int, firstOf columns: [String]) -> String {
        columns.lazy.map { text(row, $0) }.first { !$0.isEmpty } ?? ""
    }

    /// A value as a number.
    func number(_ row: Int, _ column: String) -> Double? {
        guard let place = places[column], rows.indices.contains(row) else { return nil }
        return rows[row][place].double
    }

    /// A row as an object, without what is empty, texts cut to a length.
    func object(_ row: Int, textLimit: Int) -> JSONValue {
        .object(
            zip(columns, rows[row]).compactMap { column, value in
                let text = value.plainText
                guard !value.isNull, !text.isEmpty else { return nil }
                switch value {
                case .string, .array, .object:
                    return JSONValue.Member(column.name, .string(text.visible(limit: textLimit)))
                default: return JSONValue.Member(column.name, value)
                }
            })
    }
}

extension JSONValue {
    /// A text as it is, nothing for null, and other values as JSON.
    var plainText: String {
        switch self {
        case .string(let text): text
        case .null: ""
        default: text
        }
    }
}
