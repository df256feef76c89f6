internal import Events
internal import Tables

/// The stretch of time that a question names.
///
/// Knows `between 18:00 and 18:05`, `from … to …`, `after`, `since`, `before`, `until`, `at`, `around`, dates such as
/// `2025-11-12`, `the 12th` and `12 november`, `today`, `yesterday`, and `in the last 2 hours`. All times are UTC.
struct QuestionTime {
    /// The words it takes by themselves.
    static let words: Set<String> = Set(months + months.map { String($0.prefix(3)) } + Array(units.keys))

    private(set) var window = TimeWindow()

    private let words: [String]
    private let clock: Timestamp
    /// The day that a time of day belongs to where the question names none.
    private var day: String

    /// - Parameters:
    ///   - words: The question's words in lower case; those that tell a time are removed.
    ///   - last: The day of the newest event.
    init(_ words: inout [String], clock: Timestamp, last: Timestamp?) {
        self.words = words
        self.clock = clock
        day = (last ?? clock).date
        var used: Set<Int> = []
        let named = takeDay(&used)
        takeTimes(&used, dayIsNamed: named)
        words = words.indices.filter { !used.contains($0) }.map { words[$0] }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let units: [String: Double] = [
        "minute": 60, "minutes": 60, "min": 60, "hour": 3600, "hours": 3600, "day": 86_400, "days": 86_400,
        "week": 604_800, "weeks": 604_800,
    ]

    // MARK: Days

    private mutating func takeDay(_ used: inout Set<Int>) -> Bool {
        for index in words.indices {
            guard let date = date(at: index, &used) else { continue }
            day = date
            used.insert(index)
            guard let start = Timestamp(date) else { continue }
            window = TimeWindow(since: start, until: start.advanced(bySeconds: 86_399.999))
            limit(by: index)
            return true
        }
        return takeMonth(&used)
    }

    /// `in november`: the whole month, of the year of the newest event.
    private mutating func takeMonth(_ used: inout Set<Int>) -> Bool {
        for index in words.indices.dropFirst() where ["in", "during"].contains(words[index - 1]) {
            guard let month = month(words[index]), let start = Timestamp("\(day.prefix(5))\(Self.two(month))-01") else {
                continue
            }
            let next = month == 12 ? nil : Timestamp("\(day.prefix(5))\(Self.two(month + 1))-01")
            let end = next ?? start.advanced(bySeconds: 31 * 86_400)
            window = TimeWindow(since: start, until: end.advanced(bySeconds: -0.001))
            used.insert(index)
            return false
        }
        return false
    }

    /// `after 2025-11-12` and the like: the day is one end only.
    private mutating func limit(by index: Int) {
        let before = words[max(0, index - 2)..<index].last { $0 != "the" }
        switch before {
        case "after": window = TimeWindow(since: window.until)
        case "since": window = TimeWindow(since: window.since)
        case "before": window = TimeWindow(until: window.since?.advanced(bySeconds: -0.001))
        case "until": window = TimeWindow(until: window.until)
        default: break
        }
    }

    private func date(at index: Int, _ used: inout Set<Int>) -> String? {
        let word = words[index]
        if word.utf8.count == 10, Timestamp(word) != nil { return word }
        if word == "today" { return clock.date }
        if word == "yesterday" { return clock.advanced(bySeconds: -86_400).date }
        guard let number = ordinal(word) else { return nil }
        let around = [index - 1, index + 1].filter(words.indices.contains)
        if let place = around.first(where: { month(words[$0]) != nil }), let month = month(words[place]) {
            used.insert(place)
            return checked(String(day.prefix(5)) + Self.two(month) + "-" + Self.two(number))
        }
        return word.last?.isLetter == true ? checked(String(day.prefix(8)) + Self.two(number)) : nil
    }

    private func checked(_ date: String) -> String? { Timestamp(date) == nil ? nil : date }

    private func month(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        return Self.months.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
    }

    /// `12`, `12th`, `1st`.
    private func ordinal(_ word: String) -> Int? {
        let digits = word.prefix { $0.isNumber }
        guard (1...2).contains(digits.count), ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else {
            return nil
        }
        return Int(digits).flatMap { (1...31).contains($0) ? $0 : nil }
    }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    // MARK: Times of day

    private mutating func takeTimes(_ used: inout Set<Int>, dayIsNamed: Bool) {
        let times = words.indices.compactMap { index in instant(words[index]).map { (index: index, time: $0) } }
        used.formUnion(times.map(\.index))
        guard let first = times.first else { return takeLast(&used) }
        let isPair = times.count > 1
        let word = words[max(0, first.index - 1)..<first.index].first ?? ""
        switch word {
        case _ where isPair:
            window = TimeWindow(since: min(first.time, times[1].time), until: max(first.time, times[1].time))
        case "after", "since", "from": window = TimeWindow(since: first.time, until: dayIsNamed ? window.until : nil)
        case "before", "until", "by": window = TimeWindow(since: dayIsNamed ? window.since : nil, until: first.time)
        case "around", "about", "near":
            window = TimeWindow(since: first.time.advanced(bySeconds: -300), until: first.time.advanced(bySeconds: 300))
        default:
            let end = first.time.advanced(bySeconds: precision(words[first.index]))
            window = TimeWindow(since: first.time, until: end)
        }
    }

    /// A time of day on the question's day, or an instant in full.
    private func instant(_ word: String) -> Timestamp? {
        let text = word.uppercased()
        if text.contains("T"), let instant = Timestamp(text) { return instant }
        guard text.contains(":") else { return nil }
        let time = text.count == 4 || text.prefix(2).last == ":" ? "0" + text : text
        return Timestamp("\(day)T\(time)")
    }

    /// How long a moment lasts as it was written: a minute, or a second.
    private func precision(_ word: String) -> Double { word.split(separator: ":").count > 2 ? 0.999 : 59.999 }

    /// `in the last 2 hours`, `past day`.
    private mutating func takeLast(_ used: inout Set<Int>) {
        for index in words.indices where ["last", "past", "previous"].contains(words[index]) {
            let count = words.indices.contains(index + 1) ? Double(words[index + 1]) : nil
            let place = index + (count == nil ? 1 : 2)
            guard words.indices.contains(place), let unit = Self.units[words[place]] else { continue }
            used.formUnion(index...place)
            window = TimeWindow(since: clock.advanced(bySeconds: -(count ?? 1) * unit), until: clock)
            return
        }
    }
}
