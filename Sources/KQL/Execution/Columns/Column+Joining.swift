extension Column {
    /// The values of several columns, one after the other, as one type.
    static func concatenated(_ columns: [Column], as type: ScalarType) throws(KQLFault) -> Column {
        var resolved: [Column] = []
        for column in columns { resolved.append(try column.resolved()) }
        let count = resolved.reduce(0) { $0 + $1.count }
        if resolved.count == 1, resolved[0].type == type { return resolved[0] }
        let joined = integers(resolved, type, count) ?? reals(resolved, type, count) ?? coded(resolved, type, count)
        if let joined { return joined }
        var builder = ColumnBuilder(type, capacity: count)
        for column in resolved { for row in 0..<column.count { builder.append(column.value(at: row)) } }
        return builder.column
    }

    private static func integers(_ columns: [Column], _ type: ScalarType, _ count: Int) -> Column? {
        guard type.isStoredAsInteger else { return nil }
        var values: [Int64] = []
        values.reserveCapacity(count)
        var nulls: Nulls = []
        for column in columns {
            guard column.type.compares(as: type) || column.isNone else { return nil }
            switch column.storage {
            case .integers(let own, let ownNulls):
                values += own
                nulls += ownNulls ?? Nulls(repeating: false, count: own.count)
            case .constant(let value):
                values += [Int64](repeating: value.stored ?? 0, count: column.count)
                nulls += Nulls(repeating: value.stored == nil, count: column.count)
            default: return nil
            }
        }
        return Column(type, integers: values, nulls: nulls.contains(true) ? nulls : nil)
    }

    private static func reals(_ columns: [Column], _ type: ScalarType, _ count: Int) -> Column? {
        guard type == .real else { return nil }
        var values: [Double] = []
        values.reserveCapacity(count)
        var nulls: Nulls = []
        for column in columns {
            guard case .reals(let own, let ownNulls) = column.storage else { return nil }
            values += own
            nulls += ownNulls ?? Nulls(repeating: false, count: own.count)
        }
        return Column(reals: values, nulls: nulls.contains(true) ? nulls : nil)
    }

    /// Dictionaries are joined; one that several columns share stands once.
    private static func coded(_ columns: [Column], _ type: ScalarType, _ count: Int) -> Column? {
        var offsets: [ObjectIdentifier: Int32] = [:]
        // Kept alive, so that no two of them have the same identifier.
        var dictionaries: [ValueDictionary] = []
        var scalars: [Scalar] = []
        var texts: [String] = []
        var codes: [Int32] = []
        codes.reserveCapacity(count)
        for column in columns {
            let dictionary: ValueDictionary
            let own: [Int32]
            switch column.storage {
            case .coded(let codes, let values) where values.type == type: (own, dictionary) = (codes, values)
            case .constant(let value) where value.type == type:
                own = [Int32](repeating: 0, count: column.count)
                dictionary = ValueDictionary(type, [value])
            default: return nil
            }
            let size = type == .string ? texts.count : scalars.count
            let offset = offsets[ObjectIdentifier(dictionary)] ?? Int32(size)
            if offsets[ObjectIdentifier(dictionary)] == nil {
                offsets[ObjectIdentifier(dictionary)] = offset
                dictionaries.append(dictionary)
                switch dictionary.values {
                case .texts(let own): texts += own
                case .scalars(let own): scalars += own
                }
            }
            if codes.isEmpty, offset == 0 { codes = own } else { codes += own.map { $0 + offset } }
        }
        if dictionaries.count == 1 { return Column(codes: codes, dictionaries[0]) }
        return Column(
            codes: codes, type == .string ? ValueDictionary(texts: texts) : ValueDictionary(type, scalars))
    }

    /// Whether it is a constant null.
    private var isNone: Bool { if case .constant(let value) = storage { value.isNull } else { false } }
}
