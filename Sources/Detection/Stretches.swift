/// Stretches of a group's events, in time order, in which many different values come close together.
///
/// An event belongs to a stretch when it lies in some window that holds at least `threshold` distinct values.
/// Windows that share an event make one stretch. Two pointers: linear in the events.
///
/// - Parameters:
///   - times: In ticks, rising.
///   - values: One for each time.
///   - window: In ticks, both ends included.
func stretches<Value: Hashable>(
    _ times: [Int64], of values: [Value], window: Int64, threshold: Int
) -> [Range<Int>] {
    guard times.count >= threshold else { return [] }
    var counts: [Value: Int] = [:], found: [Range<Int>] = [], start = 0
    for end in times.indices {
        counts[values[end], default: 0] += 1
        while times[end] - times[start] > window {
            let left = (counts[values[start]] ?? 1) - 1
            counts[values[start]] = left == 0 ? nil : left
            start += 1
        }
        if counts.count >= threshold { found.joinOrAppend(start..<end + 1) }
    }
    return found
}

/// As ``stretches(_:of:window:threshold:)``, where every event is a value of its own.
func crowded(_ times: [Int64], window: Int64, threshold: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for end in times.indices.dropFirst(threshold - 1) where times[end] - times[end - threshold + 1] <= window {
        found.joinOrAppend(end - threshold + 1..<end + 1)
    }
    return found
}

/// The union of two lists of stretches over the same events, each in order; those that share an event are joined.
func joined(_ left: [Range<Int>], _ right: [Range<Int>]) -> [Range<Int>] {
    (left + right).sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { $0.joinOrAppend($1) }
}

extension [Range<Int>] {
    /// Adds a range that begins no earlier than those before it, or lengthens the last one when they overlap.
    fileprivate mutating func joinOrAppend(_ range: Range<Int>) {
        if let last, range.lowerBound < last.upperBound {
            self[count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
        } else {
            append(range)
        }
    }
}
