/// The order of a frame's rows by some keys. Rows that are equal keep their order.
struct RowOrder {
    /// For each key and row a number that orders as the values do, the first key first.
    private let keys: [[UInt64]]
    private let count: Int

    init(_ keys: [BoundSortKey], _ frame: Frame, _ execution: Execution) throws(KQLFault) {
        let evaluator = Evaluator(frame, execution)
        var numbers: [[UInt64]] = []
        for key in keys { numbers += Self.numbers(try evaluator.column(key.value), key) }
        self.keys = numbers
        count = frame.count
    }

    /// One or two lists: where nulls stand apart from what their place in the order would be, they are a key before.
    private static func numbers(_ column: Column, _ key: BoundSortKey) -> [[UInt64]] {
        var (numbers, nulls) = column.orderNumbers
        if !key.isAscending { for row in numbers.indices { numbers[row] = ~numbers[row] } }
        guard let nulls, nulls.contains(true) else { return [numbers] }
        return [nulls.map { $0 == key.nullsFirst ? 0 : 1 }, zip(numbers, nulls).map { $1 ? 0 : $0 }]
    }

    func rows() -> [Int32] {
        var rows = (0..<Int32(count)).map { $0 }
        for key in keys.reversed() { Self.sort(&rows, by: key) }
        return rows
    }

    /// All rows in the order of one number each; rows that are equal keep their order.
    static func rows(by numbers: [UInt64]) -> [Int32] {
        var rows = (0..<Int32(numbers.count)).map { $0 }
        sort(&rows, by: numbers)
        return rows
    }

    /// The first rows of the order: for few of many, without ordering the others.
    func first(_ length: Int) -> [Int32] {
        guard keys.count == 1, length < count / 8, length <= 4096, length > 0
        else { return Array(rows().prefix(length)) }
        let key = keys[0]
        var best: [(key: UInt64, row: Int32)] = []
        for row in 0..<count {
            if best.count == length, key[row] >= best[length - 1].key { continue }
            var place = best.count
            while place > 0, best[place - 1].key > key[row] { place -= 1 }
            if best.count == length { best.removeLast() }
            best.insert((key[row], Int32(row)), at: place)
        }
        return best.map(\.row)
    }

    /// Digit by digit from the last one; digits that all rows share are passed over.
    private static func sort(_ rows: inout [Int32], by key: [UInt64]) {
        guard rows.count > 1 else { return }
        var differing: UInt64 = 0
        for number in key { differing |= number ^ key[0] }
        var other = rows
        for digit in 0..<6 where (differing >> UInt64(digit * 11)) & 0x7FF != 0 {
            let shift = UInt64(digit * 11)
            var starts = [Int](repeating: 0, count: 2049)
            for number in key { starts[Int((number >> shift) & 0x7FF) + 1] += 1 }
            for index in 1..<starts.count { starts[index] += starts[index - 1] }
            for row in rows {
                let bucket = Int((key[Int(row)] >> shift) & 0x7FF)
                other[starts[bucket]] = row
                starts[bucket] += 1
            }
            swap(&rows, &other)
        }
    }
}

extension Column {
    /// For each row a number that orders as the values do, and which of them are null.
    var orderNumbers: (numbers: [UInt64], nulls: Nulls?) {
        switch storage {
        case .constant: ([UInt64](repeating: 0, count: count), nil)
        case .flags(let flags): (flags.map { UInt64($0 == 2 ? 0 : $0) }, flags.map { $0 == 2 })
        case .integers(let values, let nulls): (values.map { UInt64(bitPattern: $0) ^ (1 << 63) }, nulls)
        case .reals(let values, let nulls): (values.map(Self.orderNumber), nulls)
        case .coded(let codes, let dictionary): Self.orderNumbers(codes, dictionary)
        case .picked, .deferred: ([UInt64](repeating: 0, count: count), nil)
        }
    }

    /// NaN comes before all others.
    private static func orderNumber(_ real: Double) -> UInt64 {
        if real.isNaN { return 0 }
        let bits = (real == 0 ? 0 : real).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | (1 << 63)
    }

    private static func orderNumbers(_ codes: [Int32], _ dictionary: ValueDictionary) -> ([UInt64], Nulls?) {
        let ranks = dictionary.ranks
        let nulls = dictionary.texts == nil ? codes.map { dictionary[$0].isNull } : nil
        return (codes.map { UInt64(UInt32(bitPattern: ranks[Int($0)])) }, nulls)
    }
}
