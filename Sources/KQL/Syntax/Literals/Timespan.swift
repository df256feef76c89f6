/// A length of time in Kusto's ticks of 100 nanoseconds.
struct Timespan: Hashable, Sendable {
    let ticks: Int64

    /// What may follow a number: `2h`, `1.5d`, `10ms` (KqlTokens.g4).
    struct Unit: Sendable {
        /// How many units make up `divisor` of them; a nanosecond is a hundredth of a tick.
        let ticks: Int64
        var divisor: Int64 = 1

        private static let day = Unit(ticks: 864_000_000_000), hour = Unit(ticks: 36_000_000_000)
        private static let minute = Unit(ticks: 600_000_000), second = Unit(ticks: 10_000_000)
        private static let millisecond = Unit(ticks: 10_000), microsecond = Unit(ticks: 10)
        private static let tick = Unit(ticks: 1), nanosecond = Unit(ticks: 1, divisor: 100)

        /// `us` and `ns` are not among them: Kusto reads those as names.
        init?(written name: String) {
            switch name {
            case "d", "day", "days": self = .day
            case "h", "hr", "hrs", "hour", "hours": self = .hour
            case "m", "min", "minute", "minutes": self = .minute
            case "s", "sec", "second", "seconds": self = .second
            case "ms", "milli", "millis", "millisec", "millisecond", "milliseconds": self = .millisecond
            case "micro", "micros", "microsec", "microsecond", "microseconds": self = .microsecond
            case "nano", "nanos", "nanosec", "nanosecond", "nanoseconds": self = .nanosecond
            case "tick", "ticks": self = .tick
            default: return nil
            }
        }

        private init(ticks: Int64, divisor: Int64 = 1) {
            self.ticks = ticks
            self.divisor = divisor
        }
    }

    init(ticks: Int64) { self.ticks = ticks }

    /// `1.5` of a unit; `nil` where that is more than 64 bits of ticks.
    init?(_ number: String, _ unit: Unit) {
        let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = Int64(first) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit.ticks)
        let fraction = parts.count > 1 ? Double("0." + parts[1]) ?? 0 : 0
        let (sum, carry) = product.addingReportingOverflow(Int64((fraction * Double(unit.ticks)).rounded()))
        guard !overflow, !carry else { return nil }
        ticks = sum / unit.divisor
    }
}

// MARK: The text in time(…)

extension Timespan {
    /// Reads `d.hh:mm:ss.fffffff` and its shorter forms (`hh:mm`, `hh:mm:ss`, `d.hh:mm`), a number with a unit, or a
    /// bare number, which counts days; with a sign or without.
    init?(written text: String) {
        let isNegative = text.hasPrefix("-")
        let body = text.drop { $0 == "-" || $0 == "+" }
        guard text.utf8.count - body.utf8.count <= 1, body.utf8.first?.isDecimalDigit ?? false,
            let length = TimespanText.clock(body) ?? Self.counted(body)
        else { return nil }
        ticks = isNegative ? -length : length
    }

    private static func counted(_ body: Substring) -> Int64? {
        let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let name = body[digits.endIndex...].drop { $0 == " " }
        let unit = name.isEmpty ? Unit(written: "d") : Unit(written: String(name))
        return unit.flatMap { Timespan(String(digits), $0)?.ticks }
    }
}

extension Timespan: CustomStringConvertible {
    /// `d.hh:mm:ss.fffffff`, without days and fraction where there are none: the form of the contract's JSON values.
    var description: String { TimespanText.of(ticks) }
}
