/// Some rows of a table, in a certain order.
public struct Rows: RandomAccessCollection, Sendable {
    private let rows: ArraySlice<UInt32>

    init(_ rows: [UInt32]) { self.rows = rows[...] }

    init(_ rows: ArraySlice<UInt32>) { self.rows = rows }

    public var startIndex: Int { 0 }
    public var endIndex: Int { rows.count }
    public subscript(position: Int) -> Int { Int(rows[rows.startIndex + position]) }
}
