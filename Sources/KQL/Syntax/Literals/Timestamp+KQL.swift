import Tables

extension Timestamp {
    /// Reads the text of a `datetime(…)` literal: ISO 8601, also with blanks around its dashes
    /// (`2017 - 08 - 01`), to the hour, to the month or to the year; its parts apart by commas (`2025, 6, 14`);
    /// month first (`1/31/2025 10:00`); and RFC 822 (`Sat, 15 Jun 2019 10:00:00 GMT`). `nil` for anything else and
    /// outside the years 1 to 9999.
    init?(kqlLiteral text: String) {
        guard text.utf8.count <= 64,
            let stamp = Self.iso(text) ?? Self.parts(text) ?? Self.monthFirst(text) ?? Self.mail(text),
            stamp.ticks >= Self.yearOne
        else { return nil }
        self = stamp
    }

    /// 0001-01-01 in ticks since 1970.
    private static let yearOne: Int64 = -621_355_968_000_000_000

    private static func iso(_ text: String) -> Timestamp? {
        if let stamp = Timestamp(text) { return stamp }
        let digits = text.utf8.allSatisfy(\.isDecimalDigit)
        if digits, text.utf8.count == 4 { return Timestamp(text + "-01-01") }
        let dashed = text.replacing(" - ", with: "-")
        if dashed.utf8.count == 7 { return Timestamp(dashed + "-01") }
        if dashed.utf8.count == 13 { return Timestamp(dashed + ":00") }
        return dashed == text ? nil : Timestamp(dashed)
    }

    private static func parts(_ text: String) -> Timestamp? {
        let parts = text.split(separator: ",").map { $0.trimmingBlanks }
        guard (3...6).contains(parts.count),
            parts.allSatisfy({ $0.utf8.allSatisfy(\.isDecimalDigit) && $0.utf8.count <= 4 })
        else {
            return nil
        }
        let numbers = parts.compactMap { Int64($0) } + [0, 0, 0]
        guard numbers.count >= 6 else { return nil }
        return date(
            numbers[0], numbers[1], numbers[2],
            clock: numbers[3...].prefix(3).map { filled($0, 2) }.joined(separator: ":"))
    }

    private static func monthFirst(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ", maxSplits: 1)
        guard let parts = words.first?.split(whereSeparator: { $0 == "/" || $0 == "-" }), parts.count == 3,
            let month = Int64(parts[0]), let day = Int64(parts[1]), let year = Int64(parts[2]), parts[2].utf8.count == 4
        else { return nil }
        return date(year, month, day, clock: words.count > 1 ? String(words[1]) : nil)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func mail(_ text: String) -> Timestamp? {
        var words = text.split(separator: " ")[...]
        if words.first?.hasSuffix(",") ?? false { words = words.dropFirst() }
        guard words.count >= 3, let day = Int64(words[words.startIndex]), let year = Int64(words[words.startIndex + 2]),
            let month = months.firstIndex(of: String(words[words.startIndex + 1].prefix(3)).lowercased()), year >= 1000
        else { return nil }
        let rest = words.dropFirst(3).filter { $0 != "GMT" && $0 != "UTC" }
        return rest.count > 1 ? nil : date(year, Int64(month) + 1, day, clock: rest.first.map(String.init))
    }

    private static func date(_ year: Int64, _ month: Int64, _ day: Int64, clock: String?) -> Timestamp? {
        let date = "\(filled(year, 4))-\(filled(month, 2))-\(filled(day, 2))"
        return Timestamp(clock.map { date + "T" + $0 } ?? date)
    }

    private static func filled(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
