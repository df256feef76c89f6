/// A column of values of one type, for all rows of a ``Frame``.
///
/// Numbers lie side by side; texts, dynamic values and the like are codes of a ``ValueDictionary``, so that what is
/// worked out of one is worked out once for each different value. A column of rows that were picked from others, or
/// whose values nobody has asked for yet, is made when it is read.
struct Column: Sendable {
    enum Storage: Sendable {
        /// The same value in all rows.
        case constant(Scalar)
        /// Of `bool`: 0 for false, 1 for true, 2 for null.
        case flags([UInt8])
        /// Of `int`, `long`, `datetime` and `timespan`.
        case integers([Int64], Nulls?)
        case reals([Double], Nulls?)
        /// Of all other types.
        case coded([Int32], ValueDictionary)
        case picked(Picked)
        case deferred(Deferred)
    }

    /// Which values are null; there is none where no value is.
    typealias Nulls = [Bool]

    let type: ScalarType
    let count: Int
    let storage: Storage

    init(_ storage: Storage, of type: ScalarType, count: Int) {
        self.type = type
        self.count = count
        self.storage = storage
    }

    init(constant value: Scalar, count: Int) { self.init(.constant(value), of: value.type, count: count) }

    init(flags: [UInt8]) { self.init(.flags(flags), of: .bool, count: flags.count) }

    init(_ type: ScalarType, integers: [Int64], nulls: Nulls? = nil) {
        self.init(.integers(integers, nulls), of: type, count: integers.count)
    }

    init(reals: [Double], nulls: Nulls? = nil) { self.init(.reals(reals, nulls), of: .real, count: reals.count) }

    init(codes: [Int32], _ dictionary: ValueDictionary) {
        self.init(.coded(codes, dictionary), of: dictionary.type, count: codes.count)
    }

    /// A column that is worked out when it is first read, and then kept.
    init(
        of type: ScalarType, count: Int, on selection: (@Sendable (Selection) -> Column)? = nil,
        _ make: @escaping @Sendable () throws(KQLFault) -> Column
    ) {
        self.init(.deferred(Deferred(make, on: selection)), of: type, count: count)
    }

    /// Nulls, or empty texts, in all rows.
    static func none(_ type: ScalarType, count: Int) -> Column {
        Column(.constant(.none(type)), of: type, count: count)
    }
}

extension Column {
    /// This column with its values at hand: neither picked nor deferred.
    func resolved() throws(KQLFault) -> Column {
        switch storage {
        case .picked(let picked): try picked.resolved(type)
        case .deferred(let deferred): try deferred.resolved()
        default: self
        }
    }

    /// This column for some of its rows. Costs nothing until it is read.
    func picking(_ selection: Selection) -> Column {
        switch storage {
        case .constant: return Column(storage, of: type, count: selection.count)
        case .deferred(let deferred):
            if let column = deferred.known { return column.picking(selection) }
            if let select = deferred.select { return select(selection) }
            return Column(.picked(Picked(self, selection)), of: type, count: selection.count)
        case .picked(let picked):
            if let column = picked.known { return column.picking(selection) }
            return Column(
                .picked(Picked(picked.base, picked.selection.picking(selection))), of: type, count: selection.count)
        default: return Column(.picked(Picked(self, selection)), of: type, count: selection.count)
        }
    }

    /// The value of a row of a resolved column.
    func value(at row: Int) -> Scalar {
        switch storage {
        case .constant(let value): value
        case .flags(let flags): flags[row] == 2 ? .null(.bool) : .bool(flags[row] == 1)
        case .integers(let integers, let nulls):
            nulls?[row] == true ? .null(type) : Scalar(integer: integers[row], of: type)
        case .reals(let reals, let nulls): nulls?[row] == true ? .null(.real) : .real(reals[row])
        case .coded(let codes, let dictionary): dictionary[codes[row]]
        case .picked, .deferred: .none(type)
        }
    }
}

extension Scalar {
    /// A value that a column keeps as a whole number.
    init(integer: Int64, of type: ScalarType) {
        self =
            switch type {
            case .int: .int(Int32(truncatingIfNeeded: integer))
            case .datetime: .datetime(integer)
            case .timespan: .timespan(integer)
            default: .long(integer)
            }
    }

    /// The number that a column keeps for this value.
    var stored: Int64? {
        switch self {
        case .int(let int): Int64(int)
        case .long(let value), .datetime(let value), .timespan(let value): value
        default: nil
        }
    }
}
