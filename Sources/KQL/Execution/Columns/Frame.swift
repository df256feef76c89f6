/// Rows between two operators: columns of the same length.
struct Frame: Sendable {
    let count: Int
    let columns: [Column]

    init(count: Int, _ columns: [Column]) {
        self.count = count
        self.columns = columns
    }

    /// Rows value by value.
    init(_ rows: [[Scalar]], _ schema: [ColumnSchema]) {
        var builders = schema.map { ColumnBuilder($0.type, capacity: rows.count) }
        for row in rows {
            for (index, column) in schema.enumerated() {
                builders[index].append(index < row.count ? row[index] : .none(column.type))
            }
        }
        self.init(count: rows.count, builders.map(\.column))
    }

    /// Some of the rows, in the order given.
    func picking(_ rows: [Int32], hasGaps: Bool = false) -> Frame { picking(Selection(rows, hasGaps: hasGaps)) }

    func picking(_ selection: Selection) -> Frame {
        Frame(count: selection.count, columns.map { $0.picking(selection) })
    }

    /// The first rows.
    func prefix(_ length: Int) -> Frame {
        length >= count ? self : picking((0..<Int32(max(0, length))).map { $0 })
    }

    /// All columns with their values at hand.
    func resolved() throws(KQLFault) -> Frame {
        var resolved: [Column] = []
        resolved.reserveCapacity(columns.count)
        for column in columns { resolved.append(try column.resolved()) }
        return Frame(count: count, resolved)
    }

    /// The values row by row.
    func rows() throws(KQLFault) -> [[Scalar]] {
        let columns = try resolved().columns
        return (0..<count).map { row in columns.map { $0.value(at: row) } }
    }
}
