/// What a correlation's figure is over the items of a window that moves on: items join at its end and leave at its
/// beginning.
struct WindowFigures {
    private let kind: Correlation.Kind
    private let percentile: Double
    private var count = 0
    private var sum = 0.0
    private var ofSources: [Int: Int] = [:]
    private var ofValues: [UInt32: Int] = [:]
    private var ranks: RankCounts
    private let numberOf: (UInt32) -> Double?

    /// - Parameters:
    ///   - items: All that will ever join.
    ///   - numberOf: The number that a value is.
    init(_ correlation: Correlation, _ items: [CorrelationItem], numberOf: @escaping (UInt32) -> Double?) {
        kind = correlation.kind
        percentile = correlation.percentile
        self.numberOf = numberOf
        let isRanked = [.valueMedian, .valuePercentile].contains(kind)
        ranks = RankCounts(isRanked ? items.flatMap { $0.values.compactMap(numberOf) } : [])
    }

    mutating func add(_ item: CorrelationItem) { change(item, by: 1) }

    mutating func remove(_ item: CorrelationItem) { change(item, by: -1) }

    private mutating func change(_ item: CorrelationItem, by step: Int) {
        switch kind {
        case .eventCount: count += step
        case .temporal, .temporalOrdered: Self.change(&ofSources, item.source, by: step)
        case .valueCount:
            if item.value != 0 { Self.change(&ofValues, item.value, by: step) }
            for value in item.moreValues { Self.change(&ofValues, value, by: step) }
        case .valueSum, .valueAverage, .valueMedian, .valuePercentile:
            for number in item.values.lazy.compactMap(numberOf) {
                count += step
                sum += Double(step) * number
                ranks.change(number, by: step)
            }
        }
    }

    private static func change<Key>(_ counts: inout [Key: Int], _ key: Key, by step: Int) {
        let count = counts[key, default: 0] + step
        counts[key] = count == 0 ? nil : count
    }

    /// `nil` where there is no number to make it of.
    var figure: Double? {
        switch kind {
        case .eventCount: Double(count)
        case .temporal, .temporalOrdered: Double(ofSources.count)
        case .valueCount: Double(ofValues.count)
        case .valueSum: count == 0 ? nil : sum
        case .valueAverage: count == 0 ? nil : sum / Double(count)
        case .valueMedian: median
        case .valuePercentile: ranks.number(atRank: rank(percentile))
        }
    }

    /// The nearest rank: the smallest number that at least so many of a hundred are not above.
    private func rank(_ percentile: Double) -> Int { max(0, Int((percentile / 100 * Double(count)).rounded(.up)) - 1) }

    private var median: Double? {
        guard let low = ranks.number(atRank: (count - 1) / 2), let high = ranks.number(atRank: count / 2) else {
            return nil
        }
        return (low + high) / 2
    }
}

/// How often each of some numbers is there, with the one at a rank found in logarithmic time (a Fenwick tree).
struct RankCounts {
    private let numbers: [Double]
    private var tree: [Int]
    private var count = 0

    init(_ numbers: [Double]) {
        self.numbers = Set(numbers).sorted()
        tree = [Int](repeating: 0, count: self.numbers.count + 1)
    }

    mutating func change(_ number: Double, by step: Int) {
        guard !numbers.isEmpty else { return }
        count += step
        var place = firstPlace(of: number) + 1
        while place < tree.count {
            tree[place] += step
            place += place & -place
        }
    }

    private func firstPlace(of number: Double) -> Int {
        var low = 0, high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The number at a place in rising order, counted from 0; `nil` beyond the last.
    func number(atRank rank: Int) -> Double? {
        guard rank >= 0, rank < count else { return nil }
        var place = 0, rest = rank, step = 1
        while step * 2 < tree.count { step *= 2 }
        while step > 0 {
            if place + step < tree.count, tree[place + step] <= rest {
                place += step
                rest -= tree[place]
            }
            step /= 2
        }
        return numbers[place]
    }
}
