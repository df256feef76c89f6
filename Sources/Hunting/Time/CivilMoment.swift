internal import Tables

/// A day, a time of day, or both, as clocks of some zone show them.
struct CivilMoment: Hashable, Sendable {
    /// Days since 1970-01-01; `nil` where only a time of day was named.
    var day: Int64?
    /// Seconds since midnight; `nil` where only a day was named.
    var time: Int64?
    /// How long what was written lasts, in seconds: a day, an hour (`3am`), a minute (`03:00`).
    var precision: Int64
    /// An instant that needs no zone, because it was written with one.
    var instant: Timestamp?
}

extension CivilMoment {
    static let daySeconds: Int64 = 86_400

    /// `3am`, `3:30pm`, `03:00`, `03:00:15`, `noon`, `midnight`; `nil` for anything else.
    static func timeOfDay(_ word: String) -> CivilMoment? {
        switch word {
        case "noon", "midday": return CivilMoment(time: 12 * 3600, precision: 3600)
        case "midnight": return CivilMoment(time: 0, precision: 3600)
        default: break
        }
        guard let match = word.wholeMatch(of: #/([0-9]{1,2})(?::([0-9]{2}))?(?::([0-9]{2}))?(am|pm|a\.m|p\.m|h)?/#),
            match.2 != nil || match.4 != nil, var hour = Int64(match.1), let minute = Int64(match.2 ?? "0"),
            let second = Int64(match.3 ?? "0"), minute < 60, second < 60
        else { return nil }
        if let half = match.4, half != "h" {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half.hasPrefix("p") ? 12 : 0)
        }
        guard hour < 24 || hour == 24 && minute + second == 0 else { return nil }
        let precision: Int64 = match.3 != nil ? 1 : match.2 != nil ? 60 : 3600
        return CivilMoment(time: hour * 3600 + minute * 60 + second, precision: precision)
    }

    /// `2025-11-05`, `2025/11/05`.
    static func date(_ word: String) -> CivilMoment? {
        guard let match = word.wholeMatch(of: #/([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})/#),
            let year = Int64(match.1), let month = Int64(match.2), let day = Int64(match.3),
            let days = Timestamp.daysSince1970(year, month, day)
        else { return nil }
        return CivilMoment(day: days, precision: daySeconds)
    }

    /// `2025-11-05T18:00`, `2025-11-05T18:00:00Z`, `2025-11-05T18:00:00+02:00`.
    static func iso(_ word: String) -> CivilMoment? {
        let upper = word.uppercased()
        guard upper.contains("T"), let match = upper.wholeMatch(of: #/([0-9-]{10})T([0-9:.]+)(Z|[+-][0-9:]{2,5})?/#),
            let instant = Timestamp(upper)
        else { return nil }
        if match.3 != nil { return CivilMoment(precision: 60, instant: instant) }
        let seconds = instant.ticks / Timestamp.ticksPerSecond
        return CivilMoment(day: seconds / daySeconds, time: seconds % daySeconds, precision: 60)
    }

    /// January is 1.
    static func month(_ word: String) -> Int64? {
        guard word.count >= 3 else { return nil }
        return months.firstIndex { $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september" }
            .map { Int64($0) + 1 }
    }

    /// Monday is 0.
    static func weekday(_ word: String) -> Int64? {
        guard word.count >= 3 else { return nil }
        return weekdays.firstIndex {
            $0 == word || $0.prefix(3) == word || $0 == word.dropLast() && word.hasSuffix("s")
                || ["tues", "thur", "thurs"].contains(word) && $0.hasPrefix(word)
        }.map { Int64($0) }
    }

    /// `5`, `5th`, `21st`.
    static func dayOfMonth(_ word: String) -> Int64? {
        guard let match = word.wholeMatch(of: #/([0-9]{1,2})(st|nd|rd|th)?/#), let day = Int64(match.1) else {
            return nil
        }
        return (1...31).contains(day) ? day : nil
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}
