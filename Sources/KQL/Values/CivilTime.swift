internal import Tables

/// A point in time by the calendar, in UTC; parts are in their usual ranges.
struct CivilTime: Hashable, Sendable {
    var year: Int64
    /// From 1.
    var month: Int64
    /// From 1.
    var day: Int64
    /// Ticks of 100 ns since midnight.
    var time: Int64

    static let ticksPerSecond: Int64 = 10_000_000
    static let ticksPerDay: Int64 = 86_400 * ticksPerSecond
    /// 0001-01-01, from which Kusto counts its ticks, in ticks since 1970.
    static let yearOne: Int64 = -621_355_968_000_000_000

    init(year: Int64, month: Int64 = 1, day: Int64 = 1, time: Int64 = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.time = time
    }

    /// - Parameter ticks: Since 1970.
    init(_ ticks: Int64) {
        let parts = Timestamp(ticks: ticks).components
        self.init(year: parts.year, month: parts.month, day: parts.day, time: ticks.floorRemainder(Self.ticksPerDay))
    }

    /// Since 1970; `nil` where there is no such date or it lies outside the years 1 to 9999.
    var ticks: Int64? {
        guard (1...9999).contains(year), let days = Timestamp.daysSince1970(year, month, day) else { return nil }
        return days * Self.ticksPerDay + time
    }

    /// Moved by whole months; the day is that of the month's end where the month is shorter.
    func adding(months: Int64) -> CivilTime? {
        guard months.magnitude < 12 * 20_000 else { return nil }
        let total = year * 12 + month - 1 + months
        let next = CivilTime(year: total.floorQuotient(12), month: total.floorRemainder(12) + 1, day: 1, time: time)
        guard (1...9999).contains(next.year) else { return nil }
        return CivilTime(year: next.year, month: next.month, day: min(day, next.daysInMonth), time: time)
    }

    var isLeap: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    var daysInMonth: Int64 { [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month) - 1] }

    /// From 1.
    var dayOfYear: Int64 {
        let before: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        return before[Int(month) - 1] + (isLeap && month > 2 ? 1 : 0) + day
    }

    var hour: Int64 { time / (3600 * Self.ticksPerSecond) }
    var minute: Int64 { time / (60 * Self.ticksPerSecond) % 60 }
    var second: Int64 { time / Self.ticksPerSecond % 60 }
    /// Ticks within the second.
    var fraction: Int64 { time % Self.ticksPerSecond }
}

extension Int64 {
    /// The quotient rounded down; `divisor` is positive.
    func floorQuotient(_ divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }

    /// The remainder that goes with it, never negative.
    func floorRemainder(_ divisor: Int64) -> Int64 {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
