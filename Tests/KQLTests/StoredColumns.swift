@testable import KQL

/// Rows that are kept as columns.
struct StoredColumns: TableSource {
    let count: Int
    let columns: [Column]

    func column(_ index: Int) throws(KQLFault) -> Column { columns[index] }
}
