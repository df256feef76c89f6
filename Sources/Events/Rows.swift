internal import Tables

/// Some rows of a table, in a certain order.
public struct Rows: RandomAccessCollection, Sendable {
    private let rows: ArraySlice<UInt32>

    init(_ rows: [UInt32]) { self.rows = rows[...] }

    init(_ rows: ArraySlice<UInt32>) { self.rows = rows }

    public var startIndex: Int { 0 }
    public var endIndex: Int { rows.count }
    public subscript(position: Int) -> Int { Int(rows[rows.startIndex + position]) }
}

/// The rows of each code of a column: eight bytes a row in all.
struct RowGroups: Sendable {
    private let rows: [UInt32]
    /// Where the rows of each code begin, and after the last one the number of rows.
    private let starts: [UInt32]

    /// - Parameter order: The order of the rows within each group.
    init(_ order: Rows, by column: StringColumn) {
        var starts = [UInt32](repeating: 0, count: column.dictionary.count + 1)
        for code in column.codes { starts[Int(code) + 1] += 1 }
        for code in 1..<starts.count { starts[code] += starts[code - 1] }
        var next = starts, rows = [UInt32](repeating: 0, count: order.count)
        for row in order {
            let code = Int(column.codes[row])
            rows[Int(next[code])] = UInt32(row)
            next[code] += 1
        }
        self.rows = rows
        self.starts = starts
    }

    subscript(code: UInt32) -> Rows { Rows(rows[Int(starts[Int(code)])..<Int(starts[Int(code) + 1])]) }
}
