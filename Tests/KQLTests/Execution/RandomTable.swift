import Testing

@testable import KQL

/// A table of all types with nulls, NaN, empty texts and repeated values; the same for the same seed.
struct RandomTable: Sendable {
    static let columns = [
        ColumnSchema("id", .long), ColumnSchema("b", .bool), ColumnSchema("i", .int), ColumnSchema("n", .long),
        ColumnSchema("r", .real), ColumnSchema("e", .decimal), ColumnSchema("t", .datetime),
        ColumnSchema("p", .timespan), ColumnSchema("g", .guid), ColumnSchema("s", .string),
        ColumnSchema("d", .dynamic),
    ]

    let rows: [[Scalar]]

    init(seed: UInt64, count: Int) {
        var random = Dice(state: seed)
        rows = (0..<count).map { id in
            [.long(Int64(id))] + Self.columns.dropFirst().map { random.value($0.type) }
        }
    }

    /// A table that queries may read.
    static func table(_ name: String, _ rows: [[Scalar]]) throws -> LocalTable {
        let frame = try Frame(rows, columns).resolved()
        return LocalTable(name, columns, StoredColumns(count: frame.count, columns: frame.columns))
    }

    /// The rows that a query gives over `T`, the first half as `A` and the second as `B`; sorted as texts where the
    /// query asks for no order.
    func answers(to query: String) throws -> [String] {
        let half = rows.count / 2
        let tables = [
            try Self.table("T", rows), try Self.table("A", Array(rows[..<half])),
            try Self.table("B", Array(rows[half...])),
        ]
        let result = try QueryEngine(tables: tables, now: RecordedResults.now).run(query)
        let texts = QueryCase.text(of: result, typed: true)
        return result.isOrdered ? texts : [texts[0]] + texts.dropFirst().sorted()
    }

    /// Knuth's linear congruential generator (MMIX).
    struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }

        /// One of few values, so that many are equal. Reals are quarters, whose sums are exact in any order.
        mutating func value(_ type: ScalarType) -> Scalar {
            if roll(5) == 0 { return .none(type) }
            let number = Int64(roll(9) - 4)
            switch type {
            case .bool: return .bool(number > 0)
            case .int: return .int(Int32(number))
            case .long: return .long(roll(20) == 0 ? .max : number)
            case .real: return .real(roll(6) == 0 ? .nan : roll(20) == 0 ? -.infinity : Double(number) / 4)
            case .decimal: return .decimal(DecimalNumber(number))
            case .datetime: return .datetime(17_356_896_000_000_000 + number * 36_000_000_000)
            case .timespan: return .timespan(number * 600_000_000)
            case .guid: return Scalar.string("0000000\(number + 4)-0000-0000-0000-000000000000").converted(to: .guid)
            case .string: return .string(["", "a", "A", "ab", "b c", "é", "10.0.0.1", "x_y", "Z"][Int(number + 4)])
            case .dynamic:
                return Scalar(
                    [
                        .long(number), .string("a"), .array([.long(1), .null]),
                        .bag(.init([.init("a", .long(number))])),
                        .bool(true), .real(0.5), .array([]),
                    ][roll(7)])
            }
        }
    }
}
