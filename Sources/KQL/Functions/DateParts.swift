extension ScalarFunctions {
    /// Parts of points in time. The engine gives them as `long`.
    static let dateParts: [ScalarFunction] = [
        part("getyear", .year), part("getmonth", aliases: ["monthofyear"], .month), part("dayofmonth", .day),
        part("dayofyear", .dayOfYear), part("hourofday", .hour), part("week_of_year", aliases: ["weekofyear"], .week),
        ScalarFunction("dayofweek", [.datetime("date")], .timespan) { arguments, _ in
            Scalar(timespan: arguments.datetime(0).map { DatetimePart.weekday(of: $0) * CivilTime.ticksPerDay })
        },
        ScalarFunction(
            "datetime_part", aliases: ["datepart"], [.word("part", DatetimePart.parts), .datetime("date")], .long
        ) { arguments, _ in
            guard let part = DatetimePart(name: arguments.text(0)) else { return .null(.long) }
            return Scalar(arguments.datetime(1).map(part.value))
        },
    ]

    private static func part(_ name: String, aliases: [String] = [], _ part: DatetimePart) -> ScalarFunction {
        ScalarFunction(name, aliases: aliases, [.datetime("date")], .long) { arguments, _ in
            Scalar(arguments.datetime(0).map(part.value))
        }
    }
}

/// A part of a point in time, as the date functions name it.
enum DatetimePart: String, CaseIterable, Sendable {
    case year, quarter, month, week, day, dayOfYear, hour, minute, second, millisecond, microsecond, nanosecond

    /// What `datetime_add()` and `datetime_diff()` take (`KustoFacts.DateDiffParts`).
    static let steps = allCases.filter { $0 != .dayOfYear }.map(\.rawValue)
    /// What `datetime_part()` takes.
    static let parts = allCases.map(\.rawValue) + ["week_of_year"]

    /// In whatever case.
    init?(name: String) {
        let name = name.lowercased()
        guard
            let part = name == "week_of_year" ? .week : Self.allCases.first(where: { $0.rawValue.lowercased() == name })
        else {
            return nil
        }
        self = part
    }

    /// Ticks of a part that is always as long; zero for the parts of the calendar and for nanoseconds.
    private var length: Int64 {
        switch self {
        case .week: 7 * CivilTime.ticksPerDay
        case .day, .dayOfYear: CivilTime.ticksPerDay
        case .hour: 36_000_000_000
        case .minute: 600_000_000
        case .second: 10_000_000
        case .millisecond: 10_000
        case .microsecond: 10
        case .year, .quarter, .month, .nanosecond: 0
        }
    }

    private var months: Int64 { self == .year ? 12 : self == .quarter ? 3 : 1 }

    /// Days since Sunday. 1970-01-01 was a Thursday.
    static func weekday(of ticks: Int64) -> Int64 { (ticks.floorQuotient(CivilTime.ticksPerDay) + 4).floorRemainder(7) }

    /// The part's number; weeks are those of ISO 8601.
    func value(of ticks: Int64) -> Int64 {
        let civil = CivilTime(ticks)
        return switch self {
        case .year: civil.year
        case .quarter: (civil.month + 2) / 3
        case .month: civil.month
        case .week: Self.week(of: ticks)
        case .day: civil.day
        case .dayOfYear: civil.dayOfYear
        case .hour: civil.hour
        case .minute: civil.minute
        case .second: civil.second
        case .millisecond: civil.fraction / 10_000
        case .microsecond: civil.fraction / 10
        case .nanosecond: civil.fraction * 100
        }
    }

    /// The week belongs to the year that its Thursday is in.
    private static func week(of ticks: Int64) -> Int64 {
        let sinceMonday = (weekday(of: ticks) + 6) % 7
        return (CivilTime(ticks + (3 - sinceMonday) * CivilTime.ticksPerDay).dayOfYear - 1) / 7 + 1
    }

    /// `nil` out of range.
    func adding(_ amount: Int64, to ticks: Int64) -> Int64? {
        if self == .nanosecond { return ticks.addingIfFits(amount.floorQuotient(100)) }
        guard length == 0 else {
            let (product, overflow) = amount.multipliedReportingOverflow(by: length)
            return overflow ? nil : ticks.addingIfFits(product).flatMap { DatetimeText.range.contains($0) ? $0 : nil }
        }
        let (total, overflow) = amount.multipliedReportingOverflow(by: months)
        return overflow ? nil : CivilTime(ticks).adding(months: total)?.ticks
    }

    /// The start of the day, week (from Sunday), month or year that holds a point in time, moved by whole ones.
    func start(of ticks: Int64, offset: Int64) -> Int64? {
        let civil = CivilTime(ticks)
        let start =
            switch self {
            case .year: CivilTime(year: civil.year).ticks
            case .month: CivilTime(year: civil.year, month: civil.month).ticks
            case .week:
                ticks - ticks.floorRemainder(CivilTime.ticksPerDay) - Self.weekday(of: ticks) * CivilTime.ticksPerDay
            default: ticks - ticks.floorRemainder(CivilTime.ticksPerDay)
            }
        return start.flatMap { adding(offset, to: $0) }
    }

    /// How many boundaries lie between two points in time, less than zero where `end` is the earlier.
    func boundaries(from start: Int64, to end: Int64) -> Int64 {
        switch self {
        case .year, .quarter, .month:
            let (from, to) = (CivilTime(start), CivilTime(end))
            return (to.year * 12 + to.month - 1) / months - (from.year * 12 + from.month - 1) / months
        case .nanosecond: return (end &- start) &* 100
        case .week:
            // From a Sunday: 1970-01-04 less a week.
            let sunday = -4 * CivilTime.ticksPerDay
            return (end - sunday).floorQuotient(length) - (start - sunday).floorQuotient(length)
        default: return end.floorQuotient(length) - start.floorQuotient(length)
        }
    }
}
