extension LocalTable {
    /// A known table without rows, for binding a query that runs elsewhere; `nil` for a table that ``KnownTables`` does
    /// not have.
    ///
    /// - Parameter isInWorkspace: Whether it stands in a Log Analytics workspace, which adds columns of its own to
    ///   Defender's tables; in advanced hunting they are not there, `TimeGenerated` least of all.
    public init?(known name: String, isInWorkspace: Bool = true) {
        guard let columns = KnownTables.schema(of: name) else { return nil }
        let shown = isInWorkspace ? columns : columns.filter { !KnownTables.workspaceColumns.contains($0.name) }
        self.init(name: name, columns: shown, records: [])
    }
}
