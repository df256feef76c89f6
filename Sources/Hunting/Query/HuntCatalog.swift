internal import Events
public import KQL
public import Tables

/// The tables that a hunt may ask, and nothing beyond them: by their columns queries are bound before they run.
///
/// ```swift
/// let catalog = HuntCatalog(local: session.tables, now: clock)   // what is loaded
/// let remote = HuntCatalog.remote(now: clock)                    // what Azure Monitor Logs and Defender keep
/// ```
public struct HuntCatalog: Sendable {
    /// The tables' names, in order.
    public let names: [String]
    /// What relative times count from.
    public let now: Timestamp
    private let tables: [String: LocalTable]
    /// Binds queries; runs them where the tables have rows.
    public let engine: QueryEngine

    /// Whether its tables are a service's, which has others beside them.
    let isElsewhere: Bool

    /// A catalogue of tables; of two of one name the later counts.
    public init(local tables: [LocalTable], now: Timestamp) { self.init(tables, now, isElsewhere: false) }

    private init(_ tables: [LocalTable], _ now: Timestamp, isElsewhere: Bool) {
        self.isElsewhere = isElsewhere
        self.tables = tables.reduce(into: [:]) { $0[$1.name] = $1 }
        names = self.tables.keys.sorted()
        self.now = now
        engine = QueryEngine(tables: tables, now: now)
    }

    /// The tables of hunts that are kept elsewhere, without rows.
    ///
    /// - Parameter names: Of ``KnownTables``; others are passed over.
    public static func remote(_ names: [String] = huntTables, now: Timestamp) -> HuntCatalog {
        HuntCatalog(names.compactMap { LocalTable(known: $0) }, now, isElsewhere: true)
    }

    /// The tables of Graph's advanced hunting, without rows. Their time is `Timestamp`.
    public static func graph(now: Timestamp) -> HuntCatalog {
        HuntCatalog(graphTables.compactMap { LocalTable(known: $0, isInWorkspace: false) }, now, isElsewhere: true)
    }

    /// The tables that hunts are made for.
    public static let huntTables = [
        "DeviceProcessEvents", "DeviceNetworkEvents", "DeviceLogonEvents", "DeviceFileEvents", "DeviceRegistryEvents",
        "AlertInfo", "AlertEvidence", "AzureActivity", "AzureNetworkAnalytics_CL", "SigninLogs", "AuditLogs",
        "OktaV2_CL",
        "Okta_CL",
    ]

    /// Those of ``huntTables`` that Graph's advanced hunting has.
    public static let graphTables = [
        "DeviceProcessEvents", "DeviceNetworkEvents", "DeviceLogonEvents", "DeviceFileEvents", "DeviceRegistryEvents",
        "AlertInfo", "AlertEvidence",
    ]

    /// The columns of a table with Kusto's words for their types; empty for one that is not there.
    public func columns(of table: String) -> [(name: String, type: String)] { tables[table]?.columns ?? [] }

    /// Whether a table is there.
    public func has(_ table: String) -> Bool { tables[table] != nil }

    /// The column that says when a row came about; `nil` where a table has no time.
    public func timeColumn(of table: String) -> String? {
        let times = columns(of: table).filter { $0.type == "datetime" }.map(\.name)
        return ["TimeGenerated", "Timestamp"].first(where: times.contains) ?? times.first
    }

    /// Whether rows of a table leave one column empty and fill another. Reads the table, once at most.
    func lacks(_ column: String, but other: String, in table: String) -> Bool {
        guard let rows = tables[table], rows.rowCount > 0 else { return false }
        let query = "\(table) | where isempty(\(column)) and isnotempty(\(other)) | take 1"
        return ((try? engine.run(query))?.count ?? 0) > 0
    }

    /// The profile of a table that is there.
    func profile(of table: String) -> TableProfile {
        if OktaColumns.tables.contains(table) {
            return OktaColumns.profile(TableProfile.of("OktaSystemLog", columns: []), in: table)
        }
        return TableProfile.of(table, columns: columns(of: table).map(\.name))
    }
}
