internal import Foundation

extension ScalarFunctions {
    /// Points in time: making, moving and comparing them.
    static let dates: [ScalarFunction] = [
        ScalarFunction("now", [.timespan("offset").optional], .datetime) { arguments, context in
            guard let first = arguments.first else { return .datetime(context.now) }
            return Arithmetic.add(.datetime(context.now), first)
        },
        ScalarFunction("ago", [.timespan("timespan")], .datetime) { arguments, context in
            Arithmetic.subtract(.datetime(context.now), arguments[0])
        },
        edge("startofday", .day, isEnd: false), edge("startofweek", .week, isEnd: false),
        edge("startofmonth", .month, isEnd: false), edge("startofyear", .year, isEnd: false),
        edge("endofday", .day, isEnd: true), edge("endofweek", .week, isEnd: true),
        edge("endofmonth", .month, isEnd: true), edge("endofyear", .year, isEnd: true),
        ScalarFunction(
            "datetime_add", [.word("part", DatetimePart.steps), .integer("value"), .datetime("datetime")], .datetime
        ) { arguments, _ in
            guard let part = DatetimePart(name: arguments.text(0)), let amount = arguments.long(1),
                let ticks = arguments.datetime(2)
            else { return .null(.datetime) }
            return Scalar(datetime: part.adding(amount, to: ticks))
        },
        ScalarFunction(
            "datetime_diff", [.word("part", DatetimePart.steps), .datetime("datetime1"), .datetime("datetime2")],
            ResultRule { $0[0].constant.flatMap { DatetimePart(name: $0.text) } == .week ? .real : .long }
        ) { arguments, _ in
            let part = DatetimePart(name: arguments.text(0))
            guard let part, let left = arguments.datetime(1), let right = arguments.datetime(2) else {
                return .null(part == .week ? .real : .long)
            }
            let count = part.boundaries(from: right, to: left)
            return part == .week ? .real(Double(count)) : .long(count)
        },
        ScalarFunction(
            "make_datetime",
            [.any("year"), number("month"), number("day"), number("hour"), number("minute"), number("second")],
            ResultRule { $0.count == 2 ? nil : .datetime }
        ) { arguments, _ in
            arguments.count == 1 ? arguments[0].converted(to: .datetime) : Scalar(datetime: made(arguments))
        },
        ScalarFunction(
            "make_timespan", [.any("days"), number("hours"), number("minutes"), number("seconds")], .timespan
        ) { arguments, _ in
            arguments.count == 1 ? arguments[0].converted(to: .timespan) : Scalar(timespan: madeSpan(arguments))
        },
        unixTime("seconds", ticks: 1e7), unixTime("milliseconds", ticks: 1e4), unixTime("microseconds", ticks: 10),
        unixTime("nanoseconds", ticks: 0.01),
        ScalarFunction("datetime_utc_to_local", [.datetime("from"), .string("timezone")], .datetime) { arguments, _ in
            guard let ticks = arguments.datetime(0), let zone = ZoneOffsets(arguments.text(1)) else {
                return .null(.datetime)
            }
            return Scalar(datetime: ticks + zone.offset(at: ticks))
        },
        ScalarFunction("datetime_local_to_utc", [.datetime("from"), .string("timezone")], .datetime) { arguments, _ in
            guard let ticks = arguments.datetime(0), let zone = ZoneOffsets(arguments.text(1)) else {
                return .null(.datetime)
            }
            return Scalar(datetime: zone.universal(ticks))
        },
    ]

    private static func number(_ name: String) -> FunctionParameter { .number(name).optional }

    private static func edge(_ name: String, _ part: DatetimePart, isEnd: Bool) -> ScalarFunction {
        ScalarFunction(
            name, [.datetime("date"), .integer("offset").optional], .datetime,
            naming: part == .day && !isEnd ? .firstArgument : .none
        ) { arguments, _ in
            guard let ticks = arguments.datetime(0), let offset = arguments.count > 1 ? arguments.long(1) : 0,
                let start = part.start(of: ticks, offset: offset)
            else { return .null(.datetime) }
            guard isEnd else { return .datetime(start) }
            // The last bin ends where the calendar does.
            return .datetime((part.adding(1, to: start) ?? DatetimeText.range.upperBound + 1) - 1)
        }
    }

    private static func unixTime(_ unit: String, ticks: Double) -> ScalarFunction {
        ScalarFunction("unixtime_\(unit)_todatetime", [FunctionParameter("number", [.number, .dynamic])], .datetime) {
            arguments, _ in
            if arguments[0].type.isInteger, let whole = arguments.long(0) {
                if ticks < 1 { return Scalar(datetime: whole.floorQuotient(100)) }
                let (product, overflow) = whole.multipliedReportingOverflow(by: Int64(ticks))
                return overflow ? .null(.datetime) : Scalar(datetime: product)
            }
            return Scalar(datetime: arguments.real(0).flatMap { Int64(exactly: ($0 * ticks).rounded()) })
        }
    }

    /// From year, month, day and what follows; `nil` where a part is missing or out of range.
    private static func made(_ arguments: [Scalar]) -> Int64? {
        let parts = (0..<5).map { $0 < arguments.count ? arguments.long($0) : 0 }
        guard let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3], let minute = parts[4],
            (0..<24).contains(hour), (0..<60).contains(minute), let seconds = ticks(ofSeconds: arguments, 5)
        else { return nil }
        return CivilTime(year: year, month: month, day: day, time: (hour * 60 + minute) * 600_000_000 + seconds).ticks
    }

    /// From days, hours, minutes and seconds; without days where two or three are given.
    private static func madeSpan(_ arguments: [Scalar]) -> Int64? {
        let first = arguments.count == 4 ? 1 : 0
        guard let days = first == 1 ? arguments.long(0) : 0, let hours = arguments.long(first),
            let minutes = arguments.long(first + 1), (0..<24).contains(hours), (0..<60).contains(minutes),
            (0...10_675_198).contains(days), let seconds = ticks(ofSeconds: arguments, first + 2)
        else { return nil }
        return ((days * 24 + hours) * 60 + minutes) * 600_000_000 + seconds
    }

    private static func ticks(ofSeconds arguments: [Scalar], _ index: Int) -> Int64? {
        guard index < arguments.count else { return 0 }
        guard let seconds = arguments.real(index), seconds >= 0, seconds < 60 else { return nil }
        return Int64((seconds * 1e7).rounded())
    }
}

/// A zone's distance from UTC through time, by the system's table of zones.
struct ZoneOffsets {
    private let zone: TimeZone

    /// By its name in the IANA table; `nil` for others.
    init?(_ name: String) {
        // A name becomes a path below the system's table.
        let isName = name.utf8.allSatisfy {
            $0.isDecimalDigit || "/_+-".utf8.contains($0) || TextFolding.folded($0) &- UInt8(ascii: "a") < 26
        }
        guard isName, let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
    }

    /// Ticks east of UTC at a point in time.
    func offset(at ticks: Int64) -> Int64 {
        let seconds = Double(ticks) / 1e7
        return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))) * CivilTime.ticksPerSecond
    }

    /// The point in time of a local time; a local time that a change of clocks leaves out counts by the offset after
    /// it, and one that comes twice is the earlier.
    func universal(_ local: Int64) -> Int64 {
        let first = local - offset(at: local)
        if offset(at: first) == offset(at: local) { return first }
        let second = local - offset(at: first)
        return offset(at: second) == offset(at: first) ? second : first
    }
}
