internal import Diagnostics
internal import Digests
public import JSON
public import Tables

/// A row of another table than Okta's that a finding of a hunt rests on: enough of it to find it again where it was.
public struct CitedRow: Hashable, Sendable {
    /// The table, such as `DeviceProcessEvents`; several are joined by commas.
    public let table: String
    /// Its place in the hunt's rows, counted from 0.
    public let row: Int
    /// When it came about, UTC; of a count, when the last of its events did. `nil` where the row has no time.
    public let time: Timestamp?
    /// The column that tells rows apart, such as `ReportId`, with what stands in it; `nil` where there is none.
    public let id: JSONValue.Member?
    /// The first 32 hex digits of the SHA-256 of the whole row as the query gave it: the same for the same row.
    public let digest: String
    /// The first columns that have a value, texts cut and made visible.
    public let fields: [JSONValue.Member]

    /// Rows of one finding that are kept at most.
    public static let limit = 20
    static let fieldLimit = 8
    static let textLimit = 300

    /// `{"table","row","time","id_column","id","digest","fields"}`.
    public var json: JSONValue {
        [
            "table": .string(table), "row": .integer(Int64(row)), "time": JSONValue(time?.description),
            "id_column": JSONValue(id?.key), "id": id?.value ?? .null, "digest": .string(digest),
            "fields": .object(fields),
        ]
    }

    /// Reads what ``json`` wrote; `nil` for anything else.
    public init?(json: JSONValue) {
        guard let table = json["table"]?.string, let row = json["row"]?.integer.flatMap({ Int(exactly: $0) }),
            let digest = json["digest"]?.string
        else { return nil }
        self.table = table
        self.row = row
        self.digest = digest
        time = json["time"]?.string.flatMap { Timestamp($0) }
        id = json["id_column"]?.string.map { JSONValue.Member($0, json["id"] ?? .null) }
        fields = json["fields"]?.members ?? []
    }
}

extension CitedRow {
    /// What names a row, the surest first: `CorrelationId` may be that of several rows.
    private static let idColumns = [
        "Id", "AlertId", "ReportId", "EventDataId", "OperationId", "_ItemId", "CorrelationId", "RequestId",
    ]

    /// A row of what a hunt gave; `nil` where there is no such row.
    init?(_ row: Int, of rows: HuntRows, table: String) {
        guard rows.rows.indices.contains(row) else { return nil }
        self.table = table
        self.row = row
        time = rows.time(row)
        let named = Self.idColumns.first { !rows.text(row, $0).isEmpty }
        id = named.map { JSONValue.Member($0, .string(rows.text(row, $0).visible(limit: 200))) }
        let whole = zip(rows.columns, rows.rows[row]).map { JSONValue.Member($0.name, $1) }
        digest = String(SHA256(JSONValue.object(whole).text).hex.prefix(32))
        let times = Set(rows.timeColumns)
        let left = whole.filter { $0.key != named && !times.contains($0.key) }
        fields = left.filter { !$0.value.plainText.isEmpty }.prefix(Self.fieldLimit).map {
            JSONValue.Member($0.key, .string($0.value.plainText.visible(limit: Self.textLimit)))
        }
    }
}

extension HuntRows {
    /// The columns that may tell a row's time, the best first: what came last, before when the first of a count was.
    var timeColumns: [String] {
        let typed = columns.filter { $0.type == "datetime" }.map(\.name)
        let known = ["TimeGenerated", "Timestamp", "last_seen"].filter(has)
        return known + typed.filter { !known.contains($0) }
    }

    /// When a row came about, whatever the column is called.
    func time(_ row: Int) -> Timestamp? {
        timeColumns.lazy.compactMap { Timestamp(text(row, $0)) }.first
    }
}
