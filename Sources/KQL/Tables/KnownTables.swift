internal import CKnownTables

/// The tables that published hunting queries read, and their columns: Defender XDR's, Sentinel's and Okta's.
///
/// The columns are those of the products' own pages; where they come from stands in `known_tables.txt`.
///
/// ```swift
/// KnownTables.columns(of: "SigninLogs")?.first  // ("TenantId", "string")
/// ```
public enum KnownTables {
    /// Their names, sorted by bytes.
    public static let names: [String] = schemas.keys.sorted { $0.precedes($1) }

    /// The columns of a table and Kusto's words for their types, in the table's order; `nil` for a table that is not
    /// known. Letters count as they are.
    public static func columns(of name: String) -> [(name: String, type: String)]? {
        schemas[name]?.map { ($0.name, $0.type.rawValue) }
    }

    /// As ``columns(of:)``, as the binder has them.
    static func schema(of name: String) -> [ColumnSchema]? { schemas[name] }

    /// What a workspace adds to Defender's tables (FalconForceTeam/KQLAnalyzer, environments.json at 447cd18: the
    /// columns of its Sentinel environment that its Defender environment does not have).
    static let workspaceColumns: Set = [
        "TenantId", "MachineGroup", "TimeGenerated", "SourceSystem", "Type", "_IsBillable", "_BilledSize",
    ]

    private static let schemas: [String: [ColumnSchema]] = {
        var schemas: [String: [ColumnSchema]] = [:]
        var table = ""
        for line in String(cString: known_tables).split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix(" ") {
                schemas[table, default: []] += line.split(separator: ",").compactMap(column)
            } else {
                table = String(line)
            }
        }
        return schemas
    }()

    /// `name` or `name type`.
    private static func column(_ text: Substring) -> ColumnSchema? {
        let words = text.split(separator: " ")
        guard let name = words.first, let type = words.count > 1 ? ScalarType(written: String(words[1])) : .string
        else { return nil }
        return ColumnSchema(String(name), type)
    }
}
