internal import Sigma
internal import Tables

/// The stretches of time that the runs of a query's rule look at, over a log.
///
/// The service runs a rule every `queryFrequency`, counted from when it was enabled, and each time over the last
/// `queryPeriod`. Here it is enabled just before the first event, and run for the last time just after the last one.
/// Stretches without events are left out: whatever was found there, no event would prove it.
struct QueryWindows {
    /// Runs over stretches that overlap, each of which reads the same events again.
    static let overlappingLimit = 500
    /// Runs at all; each costs some milliseconds besides what its events cost.
    static let limit = 2000

    /// In order; each run's clock shows the end of its stretch.
    private(set) var stretches: [ClosedRange<Timestamp>] = []
    /// What is other than the rule says, as the end of a sentence about it.
    private(set) var note: String?

    /// Linear in the events.
    ///
    /// - Parameter times: Of all events, in ticks, ascending.
    init(_ rule: QueryRule, times: [Int64]) {
        let frequency = Int64(rule.frequency) * Timestamp.ticksPerSecond
        let period = Int64(rule.period) * Timestamp.ticksPerSecond
        let limit = frequency < period ? Self.overlappingLimit : Self.limit
        stretches = Self.stretches(times, step: frequency, period: period)
        guard stretches.count > limit, let first = times.first, let last = times.last else { return }
        guard !rule.isContinuous else {
            let step = max(period, (last - first) / Int64(Self.limit - 1) + 1)
            stretches = Self.stretches(times, step: step, period: step)
            note = "runs on \(step / Timestamp.ticksPerSecond) seconds at a time, since the log is long"
            return
        }
        stretches = Self.stretches(times, step: period, period: period)
        note = "runs once a period, and not more often, since the log is long"
        guard stretches.count > Self.limit else { return }
        stretches = Array(stretches.suffix(Self.limit))
        note = "runs over the time from \(stretches[0].lowerBound) on alone, since the log is long"
    }

    private static func stretches(_ times: [Int64], step: Int64, period: Int64) -> [ClosedRange<Timestamp>] {
        guard let first = times.first, let last = times.last else { return [] }
        // One tick off the events, so that none lies on a boundary, where it would count for two runs or for none.
        let start = first - 1
        var stretches: [ClosedRange<Timestamp>] = [], end = start + step, place = 0
        while end <= last {
            while times[place] <= end - period { place += 1 }
            if times[place] <= end {
                stretches.append(Timestamp(ticks: end - period)...Timestamp(ticks: end))
                end += step
            } else {
                end = start + (times[place] - start + step - 1) / step * step
            }
        }
        return stretches + [Timestamp(ticks: last + 1 - period)...Timestamp(ticks: last + 1)]
    }
}
