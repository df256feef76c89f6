internal import Synchronization

/// Rows of a frame, in an order; shared by all columns that they are picked from.
final class Selection: Sendable {
    /// A row of −1 stands for no row: its values are null.
    let rows: [Int32]
    /// Whether some row is −1.
    let hasGaps: Bool
    /// What this was composed with last; columns of one frame mostly share a selection.
    private let composed = Mutex<(inner: ObjectIdentifier, result: Selection, keep: Selection)?>(nil)

    init(_ rows: [Int32], hasGaps: Bool = false) {
        self.rows = rows
        self.hasGaps = hasGaps
    }

    var count: Int { rows.count }

    /// The rows of these that another selection picks.
    func picking(_ selection: Selection) -> Selection {
        let id = ObjectIdentifier(selection)
        if let known = composed.withLock({ $0 }), known.inner == id { return known.result }
        let result = Selection(
            selection.rows.map { $0 < 0 ? -1 : rows[Int($0)] }, hasGaps: hasGaps || selection.hasGaps)
        composed.withLock { $0 = (id, result, selection) }
        return result
    }
}

/// Rows picked from a column, gathered when they are read.
final class Picked: Sendable {
    let base: Column
    let selection: Selection
    private let gathered = Mutex<Column?>(nil)

    init(_ base: Column, _ selection: Selection) {
        self.base = base
        self.selection = selection
    }

    var known: Column? { gathered.withLock { $0 } }

    func resolved(_ type: ScalarType) throws(KQLFault) -> Column {
        if let known { return known }
        let column = try base.resolved().gathering(selection)
        gathered.withLock { $0 = column }
        return column
    }
}

/// A column that is worked out when it is first read.
final class Deferred: Sendable {
    /// How to work it out for some rows alone, where that is possible without the others.
    let select: (@Sendable (Selection) -> Column)?
    private let make: @Sendable () throws(KQLFault) -> Column
    private let made = Mutex<Column?>(nil)

    init(_ make: @escaping @Sendable () throws(KQLFault) -> Column, on select: (@Sendable (Selection) -> Column)?) {
        self.make = make
        self.select = select
    }

    var known: Column? { made.withLock { $0 } }

    func resolved() throws(KQLFault) -> Column {
        if let known { return known }
        let column = try make().resolved()
        made.withLock { $0 = column }
        return column
    }
}

extension Column {
    /// A copy of some rows of a resolved column.
    fileprivate func gathering(_ selection: Selection) -> Column {
        let rows = selection.rows
        let hasGaps = selection.hasGaps
        switch storage {
        case .constant(let value):
            guard hasGaps else { return Column(storage, of: type, count: rows.count) }
            var builder = ColumnBuilder(type, capacity: rows.count)
            for row in rows { builder.append(row < 0 ? .none(type) : value) }
            return builder.column
        case .flags(let flags): return Column(flags: rows.map { $0 < 0 ? 2 : flags[Int($0)] })
        case .integers(let integers, let nulls):
            let integers = Self.gather(integers, rows, hasGaps, 0)
            return Column(type, integers: integers, nulls: Self.gather(nulls, rows, hasGaps))
        case .reals(let reals, let nulls):
            return Column(reals: Self.gather(reals, rows, hasGaps, 0), nulls: Self.gather(nulls, rows, hasGaps))
        case .coded(let codes, let dictionary):
            guard hasGaps else { return Column(codes: Self.gather(codes, rows, false, 0), dictionary) }
            let (extended, none) = dictionary.withNone()
            return Column(codes: Self.gather(codes, rows, true, none), extended)
        case .picked, .deferred: return .none(type, count: rows.count)
        }
    }

    private static func gather<Value>(_ values: [Value], _ rows: [Int32], _ hasGaps: Bool, _ none: Value) -> [Value] {
        [Value](unsafeUninitializedCapacity: rows.count) { output, count in
            values.withUnsafeBufferPointer { values in
                for (index, row) in rows.enumerated() {
                    (output.baseAddress.unsafelyUnwrapped + index)
                        .initialize(to: hasGaps && row < 0 ? none : values[Int(row)])
                }
            }
            count = rows.count
        }
    }

    private static func gather(_ nulls: Nulls?, _ rows: [Int32], _ hasGaps: Bool) -> Nulls? {
        guard let nulls else { return hasGaps ? rows.map { $0 < 0 } : nil }
        return gather(nulls, rows, hasGaps, true)
    }
}
