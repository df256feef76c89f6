internal import Diagnostics
internal import Events
internal import JSON
public import Tables

/// A length of time that events are counted by.
public enum TimeUnit: String, CaseIterable, Sendable {
    case minute, hour, day

    var seconds: Int64 {
        switch self {
        case .minute: 60
        case .hour: 3600
        case .day: 86_400
        }
    }
}

/// How many events there are in each of several stretches of time of one length, one after another, UTC.
public struct TimeSeries: Hashable, Sendable {
    /// Where the first stretch begins; a whole multiple of ``step`` from 1970 on.
    public let start: Timestamp
    /// The length of a stretch, in seconds.
    public let step: Int64
    /// One a stretch.
    public let counts: [Int]

    /// More stretches than this are refused.
    static let limit = 20_000

    /// The events of no row, `nil` where no row has a time.
    ///
    /// - Parameters:
    ///   - rows: In time order.
    ///   - unit: When it is not given, one that suits the time between first and last.
    ///   - period: The first and the last time that is covered; that of the rows when it is not given.
    /// - Throws: When the unit is so short, or the time so long, that nobody could look at it.
    init?(
        _ rows: [Int], in events: EventTable, by unit: TimeUnit? = nil,
        over period: (first: Timestamp, last: Timestamp)? = nil
    ) throws(Diagnostic) {
        let timed = rows.prefix { events.time(at: $0) != nil }
        guard let first = period?.first ?? timed.first.flatMap({ events.time(at: $0) }),
            let last = period?.last ?? timed.last.flatMap({ events.time(at: $0) })
        else { return nil }
        let step = try Self.step(unit, from: first, to: last)
        let begin = Self.stretch(of: first, step)
        var counts = [Int](repeating: 0, count: Int(Self.stretch(of: last, step) - begin) + 1)
        for row in timed {
            let index = events.time(at: row).map { Int(Self.stretch(of: $0, step) - begin) } ?? -1
            if counts.indices.contains(index) { counts[index] += 1 }
        }
        self.init(start: Timestamp(ticks: begin * step * Timestamp.ticksPerSecond), step: step, counts: counts)
    }

    /// Counts as they are.
    public init(start: Timestamp, step: Int64, counts: [Int]) {
        self.start = start
        self.step = step
        self.counts = counts
    }

    /// When a stretch begins.
    public func time(at index: Int) -> Timestamp { start.advanced(bySeconds: Double(Int64(index) * step)) }

    /// The same events by stretches that are `factor` times as long.
    public func coarser(by factor: Int64) -> TimeSeries {
        let first = Self.stretch(of: start, step), begin = Self.floor(first, factor)
        var sums: [Int] = []
        for (index, count) in counts.enumerated() {
            let place = Int(Self.floor(first + Int64(index), factor) - begin)
            if place == sums.count { sums.append(0) }
            sums[place] += count
        }
        return TimeSeries(
            start: Timestamp(ticks: begin * factor * step * Timestamp.ticksPerSecond), step: step * factor, counts: sums
        )
    }

    var json: JSONValue {
        [
            "first": .string(start.description), "step_seconds": .integer(step),
            "counts": .array(counts.map { .integer(Int64($0)) }),
        ]
    }
}

extension TimeSeries {
    private static func step(_ unit: TimeUnit?, from first: Timestamp, to last: Timestamp) throws(Diagnostic) -> Int64 {
        let span = last.seconds(since: first)
        if let unit {
            guard span / Double(unit.seconds) < Double(limit) else {
                throw Diagnostic(
                    "a column for each \(unit.rawValue) from \(first.date) to \(last.date) would be more than \(limit) of them",
                    remedy: "Name a shorter time with --since and --until, or a longer --by", kind: .usage)
            }
            return unit.seconds
        }
        let unit: TimeUnit = span <= 3 * 3600 ? .minute : span <= 14 * 86_400 ? .hour : .day
        var step = unit.seconds
        // A log with a date of another millennium in it is still to be seen.
        while span / Double(step) >= Double(limit) { step *= 10 }
        return step
    }

    /// The number of the stretch that holds a time, counted from 1970.
    private static func stretch(of time: Timestamp, _ step: Int64) -> Int64 {
        floor(time.ticks, step * Timestamp.ticksPerSecond)
    }

    private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }
}
