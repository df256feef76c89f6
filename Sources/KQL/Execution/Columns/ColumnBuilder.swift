/// Makes a column value by value.
struct ColumnBuilder {
    let type: ScalarType
    private var flags: [UInt8] = []
    private var integers: [Int64] = []
    private var reals: [Double] = []
    private var texts: [String] = []
    private var scalars: [Scalar] = []
    private var nulls: [Bool] = []
    private var hasNulls = false
    private let kind: Kind

    private enum Kind { case flags, integers, reals, texts, scalars }

    init(_ type: ScalarType, capacity: Int = 0) {
        self.type = type
        switch type {
        case .bool: kind = .flags
        case .int, .long, .datetime, .timespan: kind = .integers
        case .real: kind = .reals
        case .string: kind = .texts
        default: kind = .scalars
        }
        reserve(capacity)
    }

    private mutating func reserve(_ capacity: Int) {
        switch kind {
        case .flags: flags.reserveCapacity(capacity)
        case .integers: integers.reserveCapacity(capacity)
        case .reals: reals.reserveCapacity(capacity)
        case .texts: texts.reserveCapacity(capacity)
        case .scalars: scalars.reserveCapacity(capacity)
        }
    }

    /// Takes a value of the column's type; any other value becomes null.
    mutating func append(_ value: Scalar) {
        switch kind {
        case .flags:
            if case .bool(let bool) = value { flags.append(bool ? 1 : 0) } else { flags.append(2) }
        case .integers:
            let stored = value.stored
            integers.append(stored ?? 0)
            mark(null: stored == nil)
        case .reals:
            if case .real(let real) = value {
                reals.append(real)
                mark(null: false)
            } else {
                reals.append(0)
                mark(null: true)
            }
        case .texts:
            if case .string(let text) = value { texts.append(text) } else { texts.append("") }
        case .scalars: scalars.append(value.type == type ? value : .null(type))
        }
    }

    private mutating func mark(null: Bool) {
        if null, !hasNulls {
            nulls = [Bool](repeating: false, count: max(integers.count, reals.count) - 1)
            hasNulls = true
        }
        if hasNulls { nulls.append(null) }
    }

    var column: Column {
        let nulls = hasNulls ? nulls : nil
        switch kind {
        case .flags: return Column(flags: flags)
        case .integers: return Column(type, integers: integers, nulls: nulls)
        case .reals: return Column(reals: reals, nulls: nulls)
        case .texts: return Column(codes: (0..<Int32(texts.count)).map { $0 }, ValueDictionary(texts: texts))
        case .scalars: return Column(codes: (0..<Int32(scalars.count)).map { $0 }, ValueDictionary(type, scalars))
        }
    }
}
