// Arithmetic and calls of functions.

extension Evaluator {
    func arithmetic(
        _ operation: Arithmetic, _ left: BoundExpression, _ right: BoundExpression, _ type: ScalarType
    ) throws(KQLFault) -> Column {
        let columns = [try column(left), try column(right)]
        if let quick = NumberOperands(columns[0], columns[1])?.column(operation, type, count) { return quick }
        return try rowwise(columns, type, at: left.span) { operation($0[0], $0[1]) }
    }

    func call(
        _ function: ScalarFunction, _ arguments: [BoundExpression], _ expression: BoundExpression
    ) throws(KQLFault) -> Column {
        if let choice = try chosen(function, arguments, expression) { return choice }
        var columns: [Column] = []
        for argument in arguments { columns.append(try column(argument)) }
        if function.name == "bin", let binned = Self.binned(columns, expression.type) { return binned }
        let context = execution.context
        return try rowwise(columns, expression.type, at: expression.span) { values throws(FunctionFault) in
            try function.evaluate(values, context)
        }
    }

    /// `iff(condition, a, b)` of columns: picks, and works out nothing for each row.
    private func chosen(
        _ function: ScalarFunction, _ arguments: [BoundExpression], _ expression: BoundExpression
    ) throws(KQLFault) -> Column? {
        let type = expression.type
        guard function.name == "iff", arguments.count == 3, type.isStoredAsInteger || type == .real,
            arguments[1].type == type, arguments[2].type == type
        else { return nil }
        let flags = try flags(arguments[0])
        let first = try column(arguments[1])
        let second = try column(arguments[2])
        var builder = ColumnBuilder(expression.type, capacity: count)
        for (row, flag) in flags.enumerated() { builder.append((flag == 1 ? first : second).value(at: row)) }
        return builder.column
    }

    /// Bins of one length, of whole numbers or times.
    private static func binned(_ columns: [Column], _ type: ScalarType) -> Column? {
        guard columns.count == 2, case .integers(let values, let nulls) = columns[0].storage,
            case .constant(let length) = columns[1].storage, let size = length.stored, size > 0
        else { return nil }
        let origin: Int64
        switch (columns[0].type, length.type) {
        case (.datetime, .timespan): origin = CivilTime.yearOne
        case (.timespan, .timespan), (.long, .long), (.long, .int), (.int, .long), (.int, .int): origin = 0
        default: return nil
        }
        var binned = [Int64](repeating: 0, count: values.count)
        // Values come in runs of the same bin mostly, and then one comparison is enough.
        var start = Int64.max
        var end = Int64.min
        for (row, value) in values.enumerated() {
            if value < start || value >= end {
                let distance = value.subtractingIfFits(origin)
                guard let distance, let bin = value.subtractingIfFits(distance.floorRemainder(size)) else { return nil }
                start = bin
                end = bin.addingIfFits(size) ?? .max
            }
            binned[row] = start
        }
        return Column(type, integers: binned, nulls: nulls)
    }
}

/// Two columns of numbers, or a column and a constant, of one kind of storage.
struct NumberOperands {
    private enum Values {
        case integers([Int64], [Int64])
        case reals([Double], [Double])
    }

    private let values: Values
    private let types: (ScalarType, ScalarType)
    private let nulls: Column.Nulls?

    /// `nil` for columns of other storage, for nulls as constants, and for pairs that need the slow way.
    init?(_ left: Column, _ right: Column) {
        guard left.count == right.count else { return nil }
        types = (left.type, right.type)
        switch (left.integerOperands, right.integerOperands) {
        case (let left?, let right?):
            values = .integers(left.values, right.values)
            nulls = Self.either(left.nulls, right.nulls)
            return
        default: break
        }
        guard let left = left.realOperands, let right = right.realOperands else { return nil }
        values = .reals(left.values, right.values)
        nulls = Self.either(left.nulls, right.nulls)
    }

    private static func either(_ left: Column.Nulls?, _ right: Column.Nulls?) -> Column.Nulls? {
        guard let left else { return right }
        guard let right else { return left }
        return zip(left, right).map { $0 || $1 }
    }

    /// The results; `nil` where they could be out of a type's range, which the slow way knows.
    func column(_ operation: Arithmetic, _ type: ScalarType, _ count: Int) -> Column? {
        switch values {
        case .reals(let left, let right):
            guard type == .real else { return nil }
            return Column(reals: Self.map(left, right) { Self.real(operation, $0, $1) }, nulls: nulls)
        case .integers(let left, let right):
            switch (operation, types.0.isInteger && types.1.isInteger) {
            case (.add, true): return Column(type, integers: Self.map(left, right, &+), nulls: nulls)
            case (.subtract, true): return Column(type, integers: Self.map(left, right, &-), nulls: nulls)
            case (.multiply, true): return Column(type, integers: Self.map(left, right, &*), nulls: nulls)
            case (.subtract, false) where types == (.datetime, .datetime):
                return Column(type, integers: Self.map(left, right, &-), nulls: nulls)
            case (.divide, false) where types == (.timespan, .timespan):
                return Column(reals: Self.map(left, right) { Double($0) / Double($1) }, nulls: nulls)
            default: return nil
            }
        }
    }

    private static func map<Number, Result>(
        _ left: [Number], _ right: [Number], _ body: (Number, Number) -> Result
    ) -> [Result] {
        [Result](unsafeUninitializedCapacity: left.count) { output, count in
            for index in left.indices {
                (output.baseAddress.unsafelyUnwrapped + index).initialize(to: body(left[index], right[index]))
            }
            count = left.count
        }
    }

    private static func real(_ operation: Arithmetic, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .modulo: Arithmetic.remainder(left, right)
        }
    }
}

extension Column {
    fileprivate var integerOperands: (values: [Int64], nulls: Nulls?)? {
        switch storage {
        case .integers(let values, let nulls): return (values, nulls)
        case .constant(let value): return value.stored.map { ([Int64](repeating: $0, count: count), nil) }
        default: return nil
        }
    }

    /// Whole numbers too, as reals.
    fileprivate var realOperands: (values: [Double], nulls: Nulls?)? {
        switch storage {
        case .reals(let values, let nulls): return (values, nulls)
        case .integers(let values, let nulls) where type.isInteger: return (values.map(Double.init), nulls)
        case .constant(let value) where type.isNumeric && type != .decimal:
            return value.double.map { ([Double](repeating: $0, count: count), nil) }
        default: return nil
        }
    }
}
