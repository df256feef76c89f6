internal import Synchronization

/// The different values of a column of texts, dynamic values, guids or decimals, by their codes.
///
/// The same value may have several codes (the results of a function are not compared with one another until somebody
/// groups by them); ``canonical`` tells which mean the same.
final class ValueDictionary: Sendable {
    enum Values: Sendable {
        case texts([String])
        case scalars([Scalar])
    }

    let type: ScalarType
    let values: Values
    /// Whether no value is there twice.
    let isDistinct: Bool
    private let kept = Mutex(Kept())

    private struct Kept {
        var canonical: [Int32]?
        var ranks: [Int32]?
        var withNone: (ValueDictionary, Int32)?
    }

    init(texts: [String], isDistinct: Bool = false) {
        type = .string
        values = .texts(texts)
        self.isDistinct = isDistinct
    }

    init(_ type: ScalarType, _ scalars: [Scalar], isDistinct: Bool = false) {
        self.type = type
        if type == .string {
            values = .texts(scalars.map(\.text))
        } else {
            values = .scalars(scalars)
        }
        self.isDistinct = isDistinct
    }

    var count: Int {
        switch values {
        case .texts(let texts): texts.count
        case .scalars(let scalars): scalars.count
        }
    }

    subscript(code: Int32) -> Scalar {
        switch values {
        case .texts(let texts): .string(texts[Int(code)])
        case .scalars(let scalars): scalars[Int(code)]
        }
    }

    var texts: [String]? { if case .texts(let texts) = values { texts } else { nil } }

    /// All values as a column, each once: code by code.
    var column: Column { Column(codes: (0..<Int32(count)).map { $0 }, self) }

    /// For each code the first code with the same value. Worked out once.
    var canonical: [Int32] {
        if let known = kept.withLock({ $0.canonical }) { return known }
        let result = isDistinct ? (0..<Int32(count)).map { $0 } : firstCodes()
        kept.withLock { $0.canonical = result }
        return result
    }

    private func firstCodes() -> [Int32] {
        var first = [Scalar: Int32](minimumCapacity: count)
        return (0..<Int32(count)).map { code in
            let value = self[code]
            if let known = first[value] { return known }
            first[value] = code
            return code
        }
    }

    /// For each code the place of its value in Kusto's order of values; equal values have equal places.
    /// Nulls come first. Worked out once.
    var ranks: [Int32] {
        if let known = kept.withLock({ $0.ranks }) { return known }
        let codes = (0..<Int32(count)).sorted { ValueOrder.precedes(self[$0], self[$1]) }
        var ranks = [Int32](repeating: 0, count: count)
        var rank: Int32 = -1
        for (index, code) in codes.enumerated() {
            if index == 0 || ValueOrder.precedes(self[codes[index - 1]], self[code]) { rank += 1 }
            ranks[Int(code)] = rank
        }
        let result = ranks
        kept.withLock { $0.ranks = result }
        return result
    }

    /// This dictionary with a code for null, or for the empty text.
    func withNone() -> (ValueDictionary, Int32) {
        if let known = kept.withLock({ $0.withNone }) { return known }
        let result: (ValueDictionary, Int32) =
            switch values {
            case .texts(let texts): (ValueDictionary(texts: texts + [""]), Int32(texts.count))
            case .scalars(let scalars): (ValueDictionary(type, scalars + [.none(type)]), Int32(scalars.count))
            }
        kept.withLock { $0.withNone = result }
        return result
    }
}

/// The order of values in `sort` and in `min`, where types are the same.
enum ValueOrder {
    static func precedes(_ left: Scalar, _ right: Scalar) -> Bool {
        if left.isNull || right.isNull { return left.isNull && !right.isNull }
        if case .string(let left) = left, case .string(let right) = right { return left.precedes(right) }
        if let order = Comparison.order(left, right) { return order < 0 }
        // NaN comes before the other numbers, as the recorded engine sorts.
        if case .real(let real) = left, real.isNaN, case .real(let other) = right { return !other.isNaN }
        return left.text.precedes(right.text) && left != right && !isReal(right)
    }

    private static func isReal(_ value: Scalar) -> Bool { if case .real = value { true } else { false } }
}
