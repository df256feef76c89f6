import Testing

@testable import KQL

@Suite("Order")
struct SortPropertyTests {
    private static let table = RandomTable(seed: 11, count: 200)

    struct Key: Sendable, CustomTestStringConvertible {
        let column: String
        let isAscending: Bool
        /// `nil`: as the direction has it.
        let nullsFirst: Bool?

        var text: String {
            "\(column) \(isAscending ? "asc" : "desc")" + (nullsFirst.map { $0 ? " nulls first" : " nulls last" } ?? "")
        }
        var testDescription: String { text }
    }

    static let keys = RandomTable.columns.dropFirst().filter { $0.type != .dynamic }.flatMap { column in
        [(true, nil), (false, nil), (true, false), (false, true)].map { (direction: (Bool, Bool?)) in
            Key(column: column.name, isAscending: direction.0, nullsFirst: direction.1)
        }
    }

    /// The rows' ids in the order of a plain stable sort.
    private func reference(_ keys: [Key]) -> [Scalar] {
        let rows = Self.table.rows.enumerated().sorted { left, right in
            for key in keys {
                let index = RandomTable.columns.index(named: key.column) ?? 0
                let order = Self.order(left.element[index], right.element[index], key)
                if order != 0 { return order < 0 }
            }
            return left.offset < right.offset
        }
        return rows.map { $0.element[0] }
    }

    private static func order(_ left: Scalar, _ right: Scalar, _ key: Key) -> Int {
        let nullsFirst = key.nullsFirst ?? key.isAscending
        switch (left.isNull, right.isNull) {
        case (true, true): return 0
        case (true, false): return nullsFirst ? -1 : 1
        case (false, true): return nullsFirst ? 1 : -1
        default: return ascending(left, right) * (key.isAscending ? 1 : -1)
        }
    }

    /// NaN comes before the other numbers.
    private static func ascending(_ left: Scalar, _ right: Scalar) -> Int {
        let isNaN = [left, right].map { if case .real(let real) = $0 { real.isNaN } else { false } }
        if isNaN[0] || isNaN[1] { return isNaN[0] == isNaN[1] ? 0 : isNaN[0] ? -1 : 1 }
        return Comparison.order(left, right) ?? 0
    }

    private func ids(_ query: String) throws -> [String] { Array(try Self.table.answers(to: query).dropFirst()) }

    @Test("sort is stable and agrees with a plain sort", arguments: keys)
    func oneKey(_ key: Key) throws {
        let expected = reference([key]).map(\.text)
        #expect(try ids("T | sort by \(key.text) | project id") == expected)
        for length in [0, 1, 7, 100, 300] {
            #expect(try ids("T | top \(length) by \(key.text) | project id") == Array(expected.prefix(length)))
        }
        #expect(try ids("T | sort by \(key.text) | take 5 | project id") == Array(expected.prefix(5)))
    }

    @Test("Several keys, the first the most significant", arguments: zip(keys, keys.dropFirst(5)))
    func twoKeys(_ first: Key, _ second: Key) throws {
        let expected = reference([first, second]).map(\.text)
        #expect(try ids("T | sort by \(first.text), \(second.text) | project id") == expected)
        #expect(try ids("T | extend v = 1 | sort by v, \(first.text), \(second.text) | project id") == expected)
    }

    @Test("Rows that were filtered and joined before are sorted like any others")
    func afterOthers() throws {
        let condition = "n > 0 or s == 'a'"
        let kept = Set(try ids("T | where \(condition) | project id"))
        let expected = reference([Key(column: "r", isAscending: true, nullsFirst: nil)]).map(\.text).filter(
            kept.contains)
        #expect(try ids("T | where \(condition) | sort by r asc | project id") == expected)
        #expect(
            try ids("T | where \(condition) | lookup (A | take 0 | project s, x = n) on s | sort by r asc | project id")
                == expected)
    }
}
