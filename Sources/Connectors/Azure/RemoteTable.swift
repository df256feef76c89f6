public import Diagnostics
public import JSON

/// The answer of a remote query: typed columns, and rows of cells.
public struct RemoteTable: Hashable, Sendable {
    /// In the service's order.
    public internal(set) var columns: [RemoteColumn] = []
    /// As many cells each as there are columns; see ``RemoteType`` for their shapes.
    public internal(set) var rows: [[JSONValue]] = []
    /// Why rows are or may be missing; empty when the answer is complete. An answer with reasons must not be shown as
    /// the whole truth.
    public internal(set) var incomplete: [Diagnostic] = []
    /// What the user should know though no row is missing.
    public internal(set) var notices: [Diagnostic] = []
    /// What the query cost, as the service describes it; Log Analytics alone sends it.
    public internal(set) var statistics: JSONValue?

    /// Whether nothing is missing as far as the service says.
    public var isComplete: Bool { incomplete.isEmpty }
}

/// One column of a ``RemoteTable``.
public struct RemoteColumn: Hashable, Sendable {
    /// As the service wrote it; not safe to show as it is.
    public let name: String
    /// How its cells are written.
    public let type: RemoteType

    /// Reads `{"name":…,"type":…}`; one example of Graph's documentation has `Name` and `Type`. `nil` without a name.
    init?(_ json: JSONValue) {
        guard let name = (json["name"] ?? json["Name"])?.string else { return nil }
        self.name = name
        type = RemoteType(named: (json["type"] ?? json["Type"])?.string ?? "")
    }
}

/// Kusto's scalar types, with the shape of their cells; every cell may also be null.
public enum RemoteType: String, CaseIterable, Hashable, Sendable {
    /// A string.
    case string
    /// A whole number.
    case int, long
    /// A number, or one of the strings `NaN`, `Infinity` and `-Infinity`.
    case real
    /// A number, or a string where it has more digits than a double.
    case decimal
    /// A boolean.
    case bool
    /// A string in ISO 8601, UTC.
    case datetime
    /// A string such as `1.02:03:04.5000000`.
    case timespan
    /// A string of 36 characters.
    case guid
    /// Any value: the services send JSON text, which is read here; text that is not JSON stays a string.
    case dynamic
    /// A type that is not known here; cells stay as they came.
    case unknown

    /// The type of a name that Log Analytics or Graph uses, whatever its capitals. Graph has .NET's names (Defender
    /// XDR, advanced hunting API; `SByte` is its boolean).
    init(named name: String) {
        self = RemoteType(rawValue: name.lowercased()) ?? Self.foreign[name.lowercased()] ?? .unknown
    }

    private static let foreign: [String: RemoteType] = [
        "int32": .int, "int64": .long, "double": .real, "sqldecimal": .decimal, "sbyte": .bool, "boolean": .bool,
        "object": .dynamic, "uuid": .guid, "uniqueid": .guid, "date": .datetime, "time": .timespan,
    ]
}

/// What a service returns at most, and what is read of it at most.
public struct RemoteLimits: Hashable, Sendable {
    /// Rows of one answer.
    public var rows: Int
    /// Bytes of one answer.
    public var bytes: Int

    /// Limits of one answer.
    public init(rows: Int, bytes: Int) {
        self.rows = rows
        self.bytes = bytes
    }

    /// Kusto's own limits: 500,000 rows and 64 MB (Azure Data Explorer, query limits).
    public static let logAnalytics = RemoteLimits(rows: 500_000, bytes: 64 << 20)
    /// 100,000 rows (Defender XDR, advanced hunting quotas), and as many bytes as for Log Analytics.
    public static let graph = RemoteLimits(rows: 100_000, bytes: 64 << 20)
}

/// A service that runs a KQL query on tables of its own.
public protocol RemoteEngine: Sendable {
    /// What messages call it, such as `Log Analytics`.
    var name: String { get }

    /// Runs a query over the events of a stretch of time; to cancel the task ends the request.
    ///
    /// - Throws: A `Diagnostic`: of kind `.usage` when the query is at fault, with its line as the place where the
    ///   service names one; else of kind `.unavailable`, or `.interrupted`.
    func run(_ query: String, over timespan: RemoteTimespan) async throws -> RemoteTable
}
