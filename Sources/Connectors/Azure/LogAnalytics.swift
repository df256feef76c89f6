public import Diagnostics
internal import JSON

/// KQL queries on a Log Analytics workspace (Azure Monitor, Logs query API, version 1).
///
/// ```swift
/// let analytics = try LogAnalytics(workspace: id, service: service)
/// let table = try await analytics.run("SigninLogs | take 10", over: .last(seconds: 86_400))
/// ```
public struct LogAnalytics: RemoteEngine {
    /// The workspace's id, as `LOG_ANALYTICS_WORKSPACE_ID` has it.
    public let workspace: String
    /// How long the service may work on one query, in seconds.
    public let wait: Int
    private let query: RemoteQuery

    public var name: String { AzureResource.logAnalytics.name }

    /// In seconds: 600 is the longest that the service allows; it would stop at 180 if it were not asked.
    public static let waits = 1...600
    /// How long a query may stand in the service's queue before it is worked on, in seconds (query limits).
    private static let queue = 180

    /// A workspace; nothing is sent before the first query.
    ///
    /// - Parameters:
    ///   - wait: Brought into ``waits``.
    ///   - limits: What is read of an answer at most.
    /// - Throws: A `Diagnostic` when the id cannot be one.
    public init(
        workspace: String, service: AzureService, wait: Int = 300, limits: RemoteLimits = .logAnalytics
    ) throws(Diagnostic) {
        let workspace = workspace.trimmed
        guard PathName.isPlain(workspace) else {
            throw Diagnostic(
                workspace.isEmpty
                    ? "LOG_ANALYTICS_WORKSPACE_ID is not set" : "LOG_ANALYTICS_WORKSPACE_ID is not a workspace's id",
                remedy: "Copy the workspace ID from the workspace's overview in the Azure portal", kind: .unavailable)
        }
        self.workspace = workspace
        self.wait = min(max(wait, Self.waits.lowerBound), Self.waits.upperBound)
        query = RemoteQuery(
            resource: .logAnalytics, service: service, limits: limits, rowDepth: 4, table: LogAnalyticsReply.table)
    }

    public func run(_ text: String, over timespan: RemoteTimespan) async throws -> RemoteTable {
        try query.check(text)
        try timespan.check(service: name)
        let body: JSONValue = ["query": .string(text), "timespan": .string(timespan.text)]
        return try await query.send(
            "/v1/workspaces/\(workspace)/query", body,
            headers: [("Prefer", "wait=\(wait),include-statistics=true")], within: wait + Self.queue + 20)
    }
}

/// Reads `{"tables":[{"name":…,"columns":[{"name":…,"type":…}],"rows":[[…]]}],"statistics":…}`.
enum LogAnalyticsReply {
    @Sendable static func table(_ json: JSONValue) -> Result<RemoteTable, ReplyFault> {
        guard let tables = json["tables"]?.array else { return .failure(ReplyFault(words: "it has no `tables`")) }
        guard let first = tables.first(where: { $0["name"] == "PrimaryResult" }) ?? tables.first else {
            return .failure(ReplyFault(words: "its `tables` are empty"))
        }
        guard let columns = first["columns"]?.array, let rows = first["rows"]?.array else {
            return .failure(ReplyFault(words: "its table has no `columns` and `rows`"))
        }
        var table = RemoteTable()
        for column in columns {
            guard let column = RemoteColumn(column) else { return .failure(.namelessColumn) }
            table.columns.append(column)
        }
        table.rows.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            guard let cells = row.array, cells.count == columns.count else {
                return .failure(ReplyFault(words: "row \(index + 1) does not have \(columns.count) cells"))
            }
            table.rows.append(zip(cells, table.columns).map { RemoteCells.cell($0, $1.type) })
        }
        table.statistics = json["statistics"]
        if tables.count > 1 { table.notices.append(others(tables.count - 1)) }
        return .success(table)
    }

    private static func others(_ count: Int) -> Diagnostic {
        Diagnostic(
            "the query has \(count) more \(count == 1 ? "result" : "results"), not shown",
            remedy: "Ask for one result at a time")
    }
}
