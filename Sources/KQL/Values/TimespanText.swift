/// How lengths of time are written and read.
enum TimespanText {
    /// `d.hh:mm:ss.fffffff`, without days and fraction where there are none.
    static func of(_ ticks: Int64) -> String {
        let (seconds, fraction) = ticks.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        let days = seconds / 86_400
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { Digits.padded($0, 2) }
        return (ticks < 0 ? "-" : "") + (days > 0 ? "\(days)." : "") + clock.joined(separator: ":")
            + (fraction > 0 ? "." + Digits.padded(fraction, 7) : "")
    }

    /// What `totimespan()` reads: `d.hh:mm:ss.fffffff` and its shorter forms (`hh:mm`, `hh:mm:ss`, `d.hh:mm`), a number
    /// with a unit (`2h`), or whole days (`3`); with a sign or without. `nil` for anything else.
    static func read(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let body = isNegative || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
        guard body.utf8.count <= 64, body.utf8.first?.isDecimalDigit ?? false, let length = clock(body) ?? counted(body)
        else {
            return nil
        }
        return isNegative ? -length : length
    }

    /// Ticks of the units that stand behind a number (KqlTokens.g4). `us` and `ns` are none.
    private static let units: [String: Double] = {
        let names: [([String], Double)] = [
            (["d", "day", "days"], 864e9), (["h", "hr", "hrs", "hour", "hours"], 36e9),
            (["m", "min", "minute", "minutes"], 6e8), (["s", "sec", "second", "seconds"], 1e7),
            (["ms", "milli", "millis", "millisec", "millisecond", "milliseconds"], 1e4),
            (["micro", "micros", "microsec", "microsecond", "microseconds"], 10),
            (["nano", "nanos", "nanosec", "nanosecond", "nanoseconds"], 0.01), (["tick", "ticks"], 1),
        ]
        return names.reduce(into: [:]) { units, row in row.0.forEach { units[$0] = row.1 } }
    }()

    private static func counted(_ body: Substring) -> Int64? {
        let number = body.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let name = body[number.endIndex...].drop { $0 == " " }
        guard let unit = name.isEmpty ? 864e9 : units[String(name)] else { return nil }
        let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        // Whole units are counted in integers, as a double does not hold all ticks of a long time.
        guard let first = parts.first, let whole = Int64(first) else { return nil }
        let fraction = parts.count > 1 && !parts[1].isEmpty ? Double("0." + parts[1]) : 0
        guard unit >= 1 else { return Int64(exactly: (Double(whole) * unit).rounded(.towardZero)) }
        let (product, overflow) = whole.multipliedReportingOverflow(by: Int64(unit))
        guard !overflow, let fraction else { return nil }
        let (sum, carry) = product.addingReportingOverflow(Int64((fraction * unit).rounded()))
        return carry ? nil : sum
    }

    /// `d.hh:mm:ss.fffffff` and its shorter forms, without a sign, in ticks; `nil` beyond 64 bits of them.
    static func clock(_ body: Substring) -> Int64? {
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        let head = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard head.count <= 2, let days = head.count == 2 ? field(head[0], 10_675_199) : 0,
            let hours = head.last.flatMap({ field($0, 23) }), let minutes = field(parts[1], 59)
        else { return nil }
        let whole = ((days * 24 + hours) * 60 + minutes).multipliedReportingOverflow(by: 600_000_000)
        guard !whole.overflow, let seconds = parts.count == 3 ? seconds(parts[2]) : 0 else { return nil }
        let (ticks, carry) = whole.partialValue.addingReportingOverflow(seconds)
        return carry ? nil : ticks
    }

    /// `ss` or `ss.fffffff`, in ticks; what is finer than a tick is cut.
    static func seconds(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first.flatMap({ field($0, 59) }) else { return nil }
        guard parts.count == 2 else { return whole * 10_000_000 }
        return Digits.fraction(parts[1]).map { whole * 10_000_000 + $0 }
    }

    private static func field(_ text: Substring, _ largest: Int64) -> Int64? {
        Digits.number(text).flatMap { $0 <= largest ? $0 : nil }
    }
}

/// Runs of decimal digits.
enum Digits {
    static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The number of a text that is nothing but digits.
    static func number(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy(\.isDecimalDigit) ? Int64(text) : nil
    }

    /// The digits behind the point of a second, in ticks; what is finer than a tick is cut.
    static func fraction(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 30, text.utf8.allSatisfy(\.isDecimalDigit) else { return nil }
        let digits = text.prefix(7)
        return Int64(digits + String(repeating: "0", count: 7 - digits.utf8.count))
    }
}
