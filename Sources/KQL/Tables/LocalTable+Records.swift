public import JSON
internal import Tables

extension LocalTable {
    /// Records as rows: a column for each key, in the order in which they first appear, its type that of all values
    /// that it has. Keys that a record lacks are null.
    ///
    /// Types are inferred as ``load(name:path:)`` does. Linear in the records; the columns are made when they are read.
    /// What is no object is left out.
    public init(name: String, records: [JSONValue]) {
        let records = records.filter { $0.members != nil }
        var names: [ByteText: Int] = [:]
        var columns: [(name: String, kinds: ValueKinds)] = []
        for member in records.lazy.flatMap({ $0.members ?? [] }) {
            let index = names[ByteText(member.key)] ?? columns.count
            if index == columns.count {
                names[ByteText(member.key)] = index
                columns.append((member.key, []))
            }
            columns[index].kinds.insert(ValueKinds(of: member.value))
        }
        let schemas = columns.map { ColumnSchema($0.name, $0.kinds.jsonType ?? .dynamic) }
        self.init(name: name, columns: schemas, records: records)
    }

    /// Records as rows of columns that are given; other keys are passed over.
    init(name: String, columns: [ColumnSchema], records: [JSONValue]) {
        let late = columns.map { column in
            LateColumn { () throws(KQLFault) in
                var builder = ColumnBuilder(column.type, capacity: records.count)
                for record in records { builder.append(Scalar(cell: record[column.name] ?? .null, as: column.type)) }
                return builder.column
            }
        }
        self.init(name, columns, LateColumns(count: records.count, late))
    }
}

// MARK: The session's own records (contract.md, "Artifacts")

extension LocalTable {
    /// Records of `findings.jsonl` as the table `Findings`. Cheap; columns are made when they are read.
    public static func findings(_ records: [JSONValue]) -> LocalTable {
        LocalTable(name: "Findings", columns: findingColumns, records: records)
    }

    /// Records of `incidents.jsonl` as the table `Incidents`. Cheap; columns are made when they are read.
    public static func incidents(_ records: [JSONValue]) -> LocalTable {
        LocalTable(name: "Incidents", columns: incidentColumns, records: records)
    }

    /// Records of `plans.jsonl` as the table `Plans`. Cheap; columns are made when they are read.
    public static func plans(_ records: [JSONValue]) -> LocalTable {
        LocalTable(name: "Plans", columns: planColumns, records: records)
    }

    /// Records of `commands.jsonl` as the table `Commands`. Cheap; columns are made when they are read.
    public static func commands(_ records: [JSONValue]) -> LocalTable {
        LocalTable(name: "Commands", columns: commandColumns, records: records)
    }

    private static let findingColumns = [
        ColumnSchema("id", .string), ColumnSchema("finding_type", .string), ColumnSchema("description", .string),
        ColumnSchema("okta_event_ids", .dynamic), ColumnSchema("user_id", .string),
        ColumnSchema("created_at", .datetime), ColumnSchema("metadata", .dynamic),
    ]

    private static let incidentColumns = [
        ColumnSchema("id", .string), ColumnSchema("finding_id", .string), ColumnSchema("title", .string),
        ColumnSchema("description", .string), ColumnSchema("severity", .string), ColumnSchema("risk_score", .real),
        ColumnSchema("created_at", .datetime), ColumnSchema("status", .string), ColumnSchema("metadata", .dynamic),
        ColumnSchema("finding_ids", .dynamic), ColumnSchema("actors", .dynamic), ColumnSchema("ips", .dynamic),
        ColumnSchema("first_seen", .datetime), ColumnSchema("last_seen", .datetime), ColumnSchema("attack", .dynamic),
    ]

    private static let planColumns = [
        ColumnSchema("incident_id", .string), ColumnSchema("overall_goal", .string), ColumnSchema("steps", .dynamic),
        ColumnSchema("notes", .string),
    ]

    private static let commandColumns = [ColumnSchema("incident_id", .string), ColumnSchema("command", .dynamic)]
}
