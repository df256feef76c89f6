/// A query with a meaning: what to run, and which columns come out.
struct BoundQuery: Sendable {
    let table: BoundTable
    /// The tables that `let` and `materialize()` name; each reads only earlier ones.
    let views: [BoundTable]
    let variables: [BoundVariable]
    /// The names of the catalog's tables that are read, sorted.
    let tables: [String]
    /// The patterns by which some of them are read, as written: elsewhere they may stand for other tables.
    let patterns: [String]

    var columns: [ColumnSchema] { table.columns }
}
