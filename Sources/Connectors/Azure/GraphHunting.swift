internal import Diagnostics
internal import JSON

/// KQL queries on the tables of Defender XDR (Microsoft Graph v1.0, `security/runHuntingQuery`).
///
/// Its tables have `Timestamp` where those of Log Analytics have `TimeGenerated`.
public struct GraphHunting: RemoteEngine {
    private let query: RemoteQuery

    public var name: String { AzureResource.graph.name }

    /// How far back the tables go, in seconds: 30 days (Defender XDR, advanced hunting quotas).
    public static let retention = 30 * 86_400
    /// How long the service works on a query, in seconds (the same quotas), and some for the way.
    private static let patience = 180 + 30

    /// Nothing is sent before the first query.
    ///
    /// - Parameter limits: What is read of an answer at most.
    public init(service: AzureService, limits: RemoteLimits = .graph) {
        query = RemoteQuery(
            resource: .graph, service: service, limits: limits, rowDepth: 2, table: GraphHuntingReply.table)
    }

    public func run(_ text: String, over timespan: RemoteTimespan) async throws -> RemoteTable {
        try query.check(text)
        try timespan.check(longest: Self.retention, service: name)
        let body: JSONValue = ["Query": .string(text), "Timespan": .string(timespan.text)]
        return try await query.send("/v1.0/security/runHuntingQuery", body, within: Self.patience)
    }
}

/// Reads `{"schema":[{"name":…,"type":…}],"results":[{…}]}`.
enum GraphHuntingReply {
    @Sendable static func table(_ json: JSONValue) -> Result<RemoteTable, ReplyFault> {
        guard let results = (json["results"] ?? json["Results"])?.array else {
            return .failure(ReplyFault(words: "it has no `results`"))
        }
        guard let schema = (json["schema"] ?? json["Schema"])?.array else {
            return .failure(ReplyFault(words: "it has no `schema`"))
        }
        var table = RemoteTable()
        for column in schema {
            guard let column = RemoteColumn(column) else { return .failure(.namelessColumn) }
            table.columns.append(column)
        }
        table.rows.reserveCapacity(results.count)
        for (index, row) in results.enumerated() {
            guard let members = row.members else {
                return .failure(ReplyFault(words: "result \(index + 1) is \(row.kind)"))
            }
            table.rows.append(cells(members, table.columns))
        }
        return .success(table)
    }

    /// The cells of one result; a column that it does not have is null. Members mostly stand in the schema's order,
    /// so each search begins where the last one ended.
    private static func cells(_ members: [JSONValue.Member], _ columns: [RemoteColumn]) -> [JSONValue] {
        var next = 0
        return columns.map { column in
            let isIt: (Int) -> Bool = { members[$0].key.utf8.elementsEqual(column.name.utf8) }
            guard let found = (next..<members.count).first(where: isIt) ?? (0..<next).first(where: isIt) else {
                return .null
            }
            next = found + 1
            return RemoteCells.cell(members[found].value, column.type)
        }
    }
}
