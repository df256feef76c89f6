internal import Foundation
internal import Tables

/// The rows of a part of a file, column by column, and what of it could not be read.
struct ChunkRows: Sendable {
    private(set) var names: [[UInt8]] = []
    private(set) var columns: [ColumnCells] = []
    /// For each column the byte of the file at which it first has a value, or null; `.max` where nowhere.
    private(set) var firstBytes: [Int] = []
    private(set) var count = 0
    private(set) var rejected = 0
    /// The first of what was rejected.
    private(set) var problems: [(byte: Int, reason: String)] = []
    /// Whether there were more keys than a table may have columns.
    private(set) var hasTooManyKeys = false
    let plan: TablePlan
    private var codes = StringPool()
    private var lastIndex = -1

    static let problemLimit = 100

    init(_ plan: TablePlan) {
        self.plan = plan
        for column in plan.columns { add(Array(column.name.utf8), column.type) }
    }

    private mutating func add(_ name: [UInt8], _ type: ScalarType?) {
        _ = name.withUnsafeBytes { codes.code(adding: $0) }
        names.append(name)
        columns.append(ColumnCells(type))
        firstBytes.append(.max)
    }

    /// The column of a key; `nil` where there is none. Keys mostly come in the order of the row before.
    @inline(__always)
    mutating func column(of key: UnsafeRawBufferPointer) -> Int? {
        let next = lastIndex + 1
        lastIndex = next < names.count && names[next].elementsSame(key) ? next : search(key) ?? lastIndex
        return lastIndex >= 0 && names[lastIndex].elementsSame(key) ? lastIndex : nil
    }

    private mutating func search(_ key: UnsafeRawBufferPointer) -> Int? {
        if let code = codes.code(of: key) { return Int(code) - 1 }
        guard plan.takesOthers else { return nil }
        guard names.count < plan.limit else {
            hasTooManyKeys = true
            return nil
        }
        add(Array(key), nil)
        return names.count - 1
    }

    /// Takes a value of the row that is read.
    @inline(__always)
    mutating func take(_ token: JSONToken, of bytes: UnsafeRawBufferPointer, column: Int) {
        if firstBytes[column] == .max { firstBytes[column] = token.range.lowerBound }
        columns[column].take(token, of: bytes, row: Int32(truncatingIfNeeded: count), opensTexts: plan.opensTexts)
    }

    /// Takes a field of the row that is read.
    mutating func take(field: UnsafeRawBufferPointer, column: Int) {
        columns[column].take(field: field, row: Int32(truncatingIfNeeded: count))
    }

    /// Ends a row.
    mutating func endRow() {
        count += 1
        lastIndex = -1
    }

    /// Counts something that is no row.
    mutating func reject(_ byte: Int, _ reason: String) {
        rejected += 1
        lastIndex = -1
        if problems.count < Self.problemLimit { problems.append((byte, reason)) }
    }
}

extension [UInt8] {
    @inline(__always)
    fileprivate func elementsSame(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count, let others = other.baseAddress else { return count == other.count }
        return withUnsafeBytes { own in own.baseAddress.map { memcmp($0, others, own.count) == 0 } ?? true }
    }
}
