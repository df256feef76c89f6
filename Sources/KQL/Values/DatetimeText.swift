internal import Tables

/// How points in time are written and read.
enum DatetimeText {
    /// Ticks since 1970 of 0001-01-01T00:00:00 to 9999-12-31T23:59:59.9999999.
    static let range: ClosedRange<Int64> = CivilTime.yearOne...2_534_023_007_999_999_999

    /// `2018-07-01T00:00:00.0000000Z`.
    static func of(_ ticks: Int64) -> String {
        let civil = CivilTime(ticks)
        let date = "\(Digits.padded(civil.year, 4))-\(Digits.padded(civil.month, 2))-\(Digits.padded(civil.day, 2))"
        let clock = [civil.hour, civil.minute, civil.second].map { Digits.padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(clock).\(Digits.padded(civil.fraction, 7))Z"
    }

    /// What `todatetime()` and `datetime(…)` read, in ticks since 1970: ISO 8601, also without a zone, to the hour, to
    /// the month or to the year, and with blanks around its dashes; parts apart by commas (`2025, 6, 14`); month first
    /// (`1/31/2025 10:00`, with AM or PM or without); and RFC 822 (`Sat, 15 Jun 2019 10:00:00 GMT`). `nil` for anything
    /// else and outside the years 1 to 9999. Linear in the text, which may have 64 bytes.
    static func read(_ text: String) -> Int64? {
        guard text.utf8.count <= 64 else { return nil }
        let trimmed = text.trimmingBlanks
        guard let ticks = iso(trimmed) ?? parts(trimmed) ?? monthFirst(trimmed) ?? named(trimmed), range.contains(ticks)
        else {
            return nil
        }
        return ticks
    }

    private static func iso(_ text: String) -> Int64? {
        if let stamp = Timestamp(text) { return stamp.ticks }
        let dashed = text.contains(" - ") ? text.replacing(" - ", with: "-") : text
        guard dashed.utf8.first?.isDecimalDigit ?? false else { return nil }
        let missing: [Int: String] = [4: "-01-01", 7: "-01", 13: ":00"]
        if dashed.utf8.count == 4, !dashed.utf8.allSatisfy(\.isDecimalDigit) { return nil }
        return Timestamp(dashed + (missing[dashed.utf8.count] ?? ""))?.ticks
    }

    private static func parts(_ text: String) -> Int64? {
        let parts = text.split(separator: ",").map { Digits.number($0.trimmingBlanks[...]) }
        guard (3...6).contains(parts.count) else { return nil }
        let numbers = parts.compactMap { $0 } + [0, 0, 0]
        guard numbers.count == parts.count + 3 else { return nil }
        return ticks(
            numbers[0], numbers[1], numbers[2], clock: (numbers[3], numbers[4], numbers[5] * CivilTime.ticksPerSecond))
    }

    private static func monthFirst(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard let date = words.first?.split(whereSeparator: { $0 == "/" || $0 == "-" }), date.count == 3,
            words.count <= 3,
            let month = Digits.number(date[0]), let day = Digits.number(date[1]), let year = Digits.number(date[2]),
            date[0].utf8.count <= 2, date[2].utf8.count == 4, let clock = clock(words.dropFirst())
        else { return nil }
        return ticks(year, month, day, clock: clock)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `Sat, 15 Jun 2019 10:00:00 GMT`, `15-Jun-19`.
    private static func named(_ text: String) -> Int64? {
        var words = text.split { $0 == " " || $0 == "," || $0 == "-" && text.contains { $0.isLetter } }[...]
        if let first = words.first, first.utf8.allSatisfy({ !$0.isDecimalDigit }), first.utf8.count >= 3,
            months.firstIndex(of: first.prefix(3).lowercased()) == nil
        {
            words = words.dropFirst()
        }
        guard words.count >= 3, let day = Digits.number(words[words.startIndex]),
            let month = months.firstIndex(of: words[words.startIndex + 1].prefix(3).lowercased()),
            let year = Digits.number(words[words.startIndex + 2]),
            let clock = clock(words.dropFirst(3).filter { $0 != "GMT" && $0 != "UTC" && $0 != "Z" }[...])
        else { return nil }
        return ticks(year < 50 ? year + 2000 : year < 100 ? year + 1900 : year, Int64(month) + 1, day, clock: clock)
    }

    /// `hh:mm`, `hh:mm:ss.fff`, and AM or PM as a word of its own; nothing is midnight. The seconds are in ticks.
    private static func clock(_ words: ArraySlice<Substring>) -> (Int64, Int64, Int64)? {
        guard let first = words.first else { return (0, 0, 0) }
        let parts = first.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), words.count <= 2, var hour = Digits.number(parts[0]),
            let minute = Digits.number(parts[1]), let seconds = parts.count == 3 ? TimespanText.seconds(parts[2]) : 0
        else { return nil }
        if words.count == 2 {
            let half = words[words.startIndex + 1].lowercased()
            guard half == "am" || half == "pm", (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "pm" ? 12 : 0)
        }
        return (hour, minute, seconds)
    }

    private static func ticks(_ year: Int64, _ month: Int64, _ day: Int64, clock: (Int64, Int64, Int64)) -> Int64? {
        guard (0...23).contains(clock.0), (0...59).contains(clock.1) else { return nil }
        let time = (clock.0 * 3600 + clock.1 * 60) * CivilTime.ticksPerSecond + clock.2
        return CivilTime(year: year, month: month, day: day, time: time).ticks
    }
}

extension StringProtocol {
    /// Without blanks, tabs and line ends around it.
    var trimmingBlanks: String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return String(decoding: utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed(), as: UTF8.self)
    }
}
