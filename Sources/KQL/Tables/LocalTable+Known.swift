extension LocalTable {
    /// A known table without rows, for binding a query that runs elsewhere; `nil` for a table that ``KnownTables`` does
    /// not have.
    public init?(known name: String) {
        guard let columns = KnownTables.schema(of: name) else { return nil }
        self.init(name: name, columns: columns, records: [])
    }
}
