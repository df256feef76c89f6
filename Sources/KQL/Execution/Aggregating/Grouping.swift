/// Which rows have the same keys: each row's group, numbered in the order in which groups first appear.
struct Grouping {
    let groups: [Int32]
    /// The first row of each group.
    let firsts: [Int32]

    var count: Int { firsts.count }

    /// All rows in one group, which is there without rows too.
    static func single(rows: Int) -> Grouping { Grouping([Int32](repeating: 0, count: rows), firsts: [0]) }

    private init(_ groups: [Int32], firsts: [Int32]) {
        self.groups = groups
        self.firsts = firsts
    }

    /// Null is a key like any other, and so is NaN.
    init(_ keys: [Column], rows: Int) {
        guard let first = keys.first else { self = .single(rows: rows); return }
        self = keys.dropFirst().reduce(Grouping(first)) { $0.refined(by: Grouping($1)) }
    }

    init(_ column: Column) {
        switch column.storage {
        case .constant: self = column.count == 0 ? Grouping([], firsts: []) : .single(rows: column.count)
        case .flags(let flags): self.init(numbers: flags.count, range: 3) { Int(flags[$0]) }
        case .coded(let codes, let dictionary):
            let canonical = dictionary.canonical
            self.init(numbers: codes.count, range: dictionary.count) { Int(canonical[Int(codes[$0])]) }
        case .integers(let values, let nulls): self.init(values, nulls)
        case .reals(let values, let nulls):
            self.init(values.map { Int64(bitPattern: ($0.isNaN ? .nan : $0 == 0 ? 0 : $0).bitPattern) }, nulls)
        case .picked, .deferred: self = .single(rows: column.count)
        }
    }

    /// Of small numbers, by a table.
    private init(numbers count: Int, range: Int, _ number: (Int) -> Int) {
        var known = [Int32](repeating: -1, count: max(range, 1))
        var groups = [Int32](repeating: 0, count: count)
        var firsts: [Int32] = []
        known.withUnsafeMutableBufferPointer { known in
            for row in 0..<count {
                let number = number(row)
                if known[number] < 0 {
                    known[number] = Int32(firsts.count)
                    firsts.append(Int32(row))
                }
                groups[row] = known[number]
            }
        }
        self.init(groups, firsts: firsts)
    }

    /// Of any numbers: by a table where they lie close together, else by hashing.
    private init(_ values: [Int64], _ nulls: Column.Nulls?) {
        if let least = values.min(), let greatest = values.max(), let span = greatest.subtractingIfFits(least),
            span < Int64(max(values.count, 1024)), nulls == nil
        {
            self.init(numbers: values.count, range: Int(span) + 1) { Int(values[$0] - least) }
            return
        }
        var table = NumberTable(capacity: values.count / 4)
        var groups = [Int32](repeating: 0, count: values.count)
        var firsts: [Int32] = []
        var none: Int32?
        for (row, value) in values.enumerated() {
            if let nulls, nulls[row] {
                if none == nil {
                    none = Int32(firsts.count)
                    firsts.append(Int32(row))
                }
                groups[row] = none ?? 0
                continue
            }
            let group = table.index(of: value, next: Int32(firsts.count))
            if group == firsts.count { firsts.append(Int32(row)) }
            groups[row] = group
        }
        self.init(groups, firsts: firsts)
    }

    /// Rows that are in the same group of both.
    func refined(by other: Grouping) -> Grouping {
        if other.count <= 1 { return self }
        if count <= 1 { return other }
        let (product, overflow) = count.multipliedReportingOverflow(by: other.count)
        if !overflow, product <= max(groups.count, 1 << 16) {
            let width = other.count
            return Grouping(numbers: groups.count, range: product) { Int(groups[$0]) * width + Int(other.groups[$0]) }
        }
        let width = Int64(other.count)
        return Grouping(groups.indices.map { Int64(groups[$0]) * width + Int64(other.groups[$0]) }, nil)
    }
}

/// Numbers by hash, with linear probing: for each the index that it was given when it first came.
struct NumberTable {
    private var keys: [Int64]
    private var indices: [Int32]
    private var used = 0
    private var mask: Int

    init(capacity: Int) {
        let size = 1 << (Int.bitWidth - max(16, capacity * 2).leadingZeroBitCount)
        keys = [Int64](repeating: 0, count: size)
        indices = [Int32](repeating: -1, count: size)
        mask = size - 1
    }

    /// The number's index; `next` where it is new.
    mutating func index(of number: Int64, next: Int32) -> Int32 {
        var place = Self.hash(number) & mask
        while indices[place] >= 0 {
            if keys[place] == number { return indices[place] }
            place = (place + 1) & mask
        }
        keys[place] = number
        indices[place] = next
        used += 1
        if used * 2 > keys.count { grow() }
        return next
    }

    private mutating func grow() {
        var larger = NumberTable(capacity: keys.count)
        for (place, index) in indices.enumerated() where index >= 0 { larger.insert(keys[place], index) }
        self = larger
    }

    private mutating func insert(_ number: Int64, _ index: Int32) {
        var place = Self.hash(number) & mask
        while indices[place] >= 0 { place = (place + 1) & mask }
        keys[place] = number
        indices[place] = index
        used += 1
    }

    /// The finaliser of MurmurHash3 (Austin Appleby, public domain).
    private static func hash(_ number: Int64) -> Int {
        var hash = UInt64(bitPattern: number)
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return Int(truncatingIfNeeded: (hash ^ (hash >> 33)) >> 1)
    }
}
