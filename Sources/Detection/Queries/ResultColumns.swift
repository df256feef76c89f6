internal import Events
internal import KQL
internal import Sigma
internal import Tables

/// What the columns of a query's result tell about events.
struct ResultColumns {
    /// Columns that hold ids of events, one or a list.
    private(set) var ids: [Int] = []
    /// Columns that name an account, apart from those that name it in two parts.
    private(set) var accounts: [Int] = []
    /// The two parts of an account's name.
    private(set) var parts: (name: Int, suffix: Int)?
    private(set) var addresses: [Int] = []
    /// Columns that show a field of the log as it is.
    private(set) var fields: [(column: Int, field: EventField)] = []
    private(set) var times: [Int] = []
    let names: [String]

    /// Columns that the rule's entities name come first, and others only where these name nothing.
    init(_ columns: [QueryResult.Column], of rule: QueryRule) {
        names = columns.map(\.name)
        for (index, column) in columns.enumerated() {
            if column.type == "datetime" { times.append(index) }
            if Self.isID(column.name) { ids.append(index) }
            if column.type == "string", let field = Self.field(column.name) { fields.append((index, field)) }
        }
        for entity in rule.entities { take(entity) }
        if accounts.isEmpty, parts == nil {
            accounts = fields.filter { [.actorAlternateID, .actorID].contains($0.field) }.map(\.column)
        }
        if addresses.isEmpty { addresses = fields.filter { $0.field == .ipAddress }.map(\.column) }
    }

    private mutating func take(_ entity: QueryRule.Entity) {
        func column(_ identifiers: String...) -> Int? {
            entity.fields.first { identifiers.contains($0.identifier) }
                .flatMap { field in names.firstIndex { $0.utf8.elementsEqual(field.column.utf8) } }
        }
        switch entity.type {
        case "Account":
            if let name = column("Name"), let suffix = column("UPNSuffix") { parts = parts ?? (name, suffix) }
            accounts += [column("FullName"), column("AadUserId", "ObjectGuid"), column("Name"), column("DisplayName")]
                .compactMap { $0 }
        case "IP": addresses += [column("Address")].compactMap { $0 }
        default: break
        }
    }

    /// The tables' ids of events, and what aggregations and joins call these: `set_uuid_g`, `EventOriginalUid1`.
    private static func isID(_ name: String) -> Bool {
        ["uuid", "uuid_g", "EventOriginalUid"].contains { id in
            var rest = name.utf8[...]
            for prefix in ["set_", "list_", "any_"] where rest.starts(with: prefix.utf8) {
                rest = rest.dropFirst(prefix.utf8.count)
            }
            return rest.starts(with: id.utf8) && rest.dropFirst(id.utf8.count).allSatisfy { (48...57).contains($0) }
        }
    }

    /// A join's second column of a name has a number behind it.
    private static func field(_ name: String) -> EventField? {
        EventField(queryColumn: name)
            ?? name.last.flatMap { $0.isASCII && $0.isNumber ? EventField(queryColumn: String(name.dropLast())) : nil }
    }
}
