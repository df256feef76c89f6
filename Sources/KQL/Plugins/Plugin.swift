/// A plugin of `evaluate`: rows in, rows out, by its arguments.
struct Plugin: Sendable {
    typealias Columns = @Sendable (PluginHeader) throws(FunctionFault) -> [ColumnSchema]
    typealias RowColumns = @Sendable (PluginCall) throws(FunctionFault) -> [ColumnSchema]
    typealias Body = @Sendable (PluginCall) throws(FunctionFault) -> [[Scalar]]

    /// Which columns come out.
    enum Schema: Sendable {
        /// They follow from the call.
        case ofCall(Columns)
        /// They follow from the rows.
        case ofRows(RowColumns)
    }

    let name: String
    /// How it is written, for messages.
    let usage: String
    let argumentCount: ClosedRange<Int>
    let schema: Schema
    /// Whether the rows that come out keep the order of those that came in.
    let keepsOrder: Bool
    /// The argument that names a column of the table among the arguments, not of the rows.
    let tableColumn: Int?
    private let body: Body

    init(
        _ name: String, _ usage: String, arguments: ClosedRange<Int>, schema: Schema, keepsOrder: Bool = false,
        tableColumn: Int? = nil, _ body: @escaping Body
    ) {
        self.name = name
        self.usage = usage
        argumentCount = arguments
        self.schema = schema
        self.keepsOrder = keepsOrder
        self.tableColumn = tableColumn
        self.body = body
    }

    /// Checks a call and says which columns come out; `nil` where that takes the rows.
    func columns(_ header: PluginHeader) throws(FunctionFault) -> [ColumnSchema]? {
        guard argumentCount.contains(header.arguments.count) else {
            throw FunctionFault(
                "SEM0001", "\(name): \(header.arguments.count) arguments given, but it takes \(usage)")
        }
        guard case .ofCall(let columns) = schema else { return nil }
        return try columns(header)
    }

    /// The columns that come out, where they follow from the rows.
    func columns(_ call: PluginCall) throws(FunctionFault) -> [ColumnSchema] {
        switch schema {
        case .ofCall(let columns): try columns(call.header)
        case .ofRows(let columns): try columns(call)
        }
    }

    /// The rows, each with a value for each of the call's result columns and of its type.
    func rows(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] { try body(call) }
}

/// An argument of a plugin.
enum PluginArgument: Sendable {
    /// A column of the rows, which may have been worked out for the plugin; of the table where the plugin says so.
    case column(Int)
    case value(Scalar)
    /// A value that is known only when the query runs.
    case later(ScalarType)
    /// One of the call's further tables.
    case table(Int)
}

/// What is known of a call of a plugin before there are rows.
struct PluginHeader: Sendable {
    var arguments: [PluginArgument]
    /// Those written `name = value`.
    let names: [String?]
    /// The columns that came in, without those that were worked out for the plugin.
    let columns: [ColumnSchema]
    let tables: [[ColumnSchema]]

    /// The place of an argument, by its name or else its position.
    func index(_ name: String, or position: Int) -> Int? {
        if let named = names.firstIndex(where: { $0?.isSame(as: name) ?? false }) { return named }
        return position < arguments.count && names[position] == nil ? position : nil
    }

    /// - Throws: Where it is not a column.
    func column(_ index: Int, of plugin: String) throws(FunctionFault) -> Int {
        guard index < arguments.count, case .column(let column) = arguments[index] else {
            throw FunctionFault("SEM0001", "\(plugin): argument #\(index + 1) must be a column")
        }
        return column
    }

    /// - Throws: Where it is not a column of the rows as they came in.
    func schema(_ index: Int, of plugin: String) throws(FunctionFault) -> ColumnSchema {
        let column = try column(index, of: plugin)
        guard column < columns.count else {
            throw FunctionFault("SEM0001", "\(plugin): argument #\(index + 1) must be a column")
        }
        return columns[column]
    }

    /// - Throws: Where it is not known before the query runs.
    func constant(_ index: Int, of plugin: String) throws(FunctionFault) -> Scalar {
        guard index < arguments.count, case .value(let value) = arguments[index] else {
            throw FunctionFault("SEM0001", "\(plugin): argument #\(index + 1) must be a constant")
        }
        return value
    }

    /// The columns from one argument on.
    func schemas(from first: Int, of plugin: String) throws(FunctionFault) -> [ColumnSchema] {
        var schemas: [ColumnSchema] = []
        for index in stride(from: first, to: arguments.count, by: 1) {
            schemas.append(try schema(index, of: plugin))
        }
        return schemas
    }
}

/// A call of a plugin with its rows.
struct PluginCall: Sendable {
    let header: PluginHeader
    /// Rows of ``PluginHeader/columns``, and behind them those that were worked out for the plugin.
    let rows: [[Scalar]]
    let tables: [[[Scalar]]]
    /// What `pivot` fills its cells with.
    var aggregate: (aggregation: Aggregation, arguments: [PluginArgument], types: [ScalarType])?
    /// The columns that come out, as the query says or as the plugin said before; empty while that is asked.
    var result: [ColumnSchema] = []
    let context: EvaluationContext

    /// The value of an argument that is none of the rows.
    func value(_ index: Int) -> Scalar? {
        guard index < header.arguments.count, case .value(let value) = header.arguments[index] else { return nil }
        return value
    }

    /// The value of a named argument, or of the one at a position.
    func value(_ name: String, or position: Int) -> Scalar? { header.index(name, or: position).flatMap { value($0) } }

    /// The row without the columns that were worked out for the plugin.
    func source(_ row: [Scalar]) -> [Scalar] {
        row.count == header.columns.count ? row : Array(row.prefix(header.columns.count))
    }
}

/// The plugins, by name.
enum Plugins {
    static let all: [Plugin] = [activities, sessions, lookups, shapes, schemas].flatMap { $0 }

    private static let byName: [String: Plugin] = all.reduce(into: [:]) { $0[$1.name] = $1 }

    /// The plugin of a name, which is compared as it is.
    static func named(_ name: String) -> Plugin? { byName[name] }

    /// What to say of a name that ``named(_:)`` does not know.
    static func fault(ofUnknown name: String) -> FunctionFault {
        if let reason = refused[name] {
            return FunctionFault("UNS0001", "the plugin \(name) is not implemented: \(reason)")
        }
        let near = all.map(\.name).suggestion(for: name)
        return FunctionFault("SEM0260", "Unknown plugin: '\(name)'", suggestion: near)
    }

    private static let clustering = "how it clusters is not published"
    private static let sequences = "which sequences it counts is not published; write the sequence with `scan`"
    private static let outside = "queries read local tables only"

    private static let refused: [String: String] = [
        "autocluster": clustering, "autocluster_v2": clustering, "basket": clustering, "diffpatterns": clustering,
        "diffpatterns_text": clustering, "funnel_sequence": sequences, "funnel_sequence_completion": sequences,
        "sequence_detect": sequences, "preview": "it has two results; write `take` and `count`",
        "geo_polygon_lookup": "it needs geography", "geo_line_lookup": "it needs geography",
        "geo_point_lookup": "it needs geography", "python": outside, "r": outside, "csharp": outside,
        "sql_request": outside, "mysql_request": outside, "postgresql_request": outside,
        "cosmosdb_sql_request": outside, "http_request": outside, "http_request_post": outside,
        "azure_digital_twins_query_request": outside, "infer_storage_schema": outside,
        "infer_storage_schema_with_suggestions": outside, "execute_query": outside, "execute_show_command": outside,
        "external_datatable": outside, "ai_embeddings": outside, "ai_embed_text": outside,
        "ai_chat_completion": outside, "ai_chat_completion_prompt": outside,
    ]
}
