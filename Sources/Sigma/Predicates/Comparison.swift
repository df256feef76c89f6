internal import Tables

/// How a value is compared with one of a rule.
enum Comparison: String, CaseIterable, Hashable, Sendable {
    case less = "lt"
    case lessOrEqual = "lte"
    case greater = "gt"
    case greaterOrEqual = "gte"
    case equal = "eq"

    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal: left == right
        }
    }
}

/// Whether the number that a text is compares so.
struct NumberTest: Hashable, Sendable {
    let comparison: Comparison
    let number: Double

    func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        DecimalNumber.parse(text).map { comparison.holds($0, number) } ?? false
    }
}

/// Whether a part of the time that a text is compares so; UTC.
struct TimeTest: Hashable, Sendable {
    let part: TimePart
    let comparison: Comparison
    let number: Double

    func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let time = Timestamp(ascii: text.bindMemory(to: UInt8.self)) else { return false }
        return comparison.holds(Double(part.value(of: time)), number)
    }
}

/// Whether a text comes before or after another: as numbers where both are numbers, as instants where both are times,
/// else by the bytes, letters in lower case.
struct OrderTest: Hashable, Sendable {
    let comparison: Comparison
    private let text: [UInt8]
    private let number: Double?
    private let time: Timestamp?

    init(_ comparison: Comparison, _ text: String) {
        self.comparison = comparison
        self.text = LetterCase.folded(text.utf8)
        number = DecimalNumber.parse(text)
        time = Timestamp(text)
    }

    func matches(_ other: UnsafeRawBufferPointer) -> Bool {
        if let number, let other = DecimalNumber.parse(other) { return comparison.holds(other, number) }
        if let time, let other = Timestamp(ascii: other.bindMemory(to: UInt8.self)) {
            return comparison.holds(other, time)
        }
        let other = LetterCase.folded(other)
        return comparison.holds(other.lexicographicallyPrecedes(text) ? -1 : other == text ? 0 : 1, 0)
    }
}

/// A part of an instant in UTC; the raw values are Sigma's modifiers.
enum TimePart: String, CaseIterable, Hashable, Sendable {
    case minute, hour, day, week, month, year

    func value(of time: Timestamp) -> Int {
        // YYYY-MM-DDThh:mm:ss
        let text = Array(time.description.utf8)
        func number(_ range: Range<Int>) -> Int { text[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        return switch self {
        case .minute: number(14..<16)
        case .hour: number(11..<13)
        case .day: number(8..<10)
        case .week: Self.week(of: time)
        case .month: number(5..<7)
        case .year: number(0..<4)
        }
    }

    /// The week of the year by ISO 8601: weeks begin on Monday, and belong to the year of their Thursday.
    private static func week(of time: Timestamp) -> Int {
        let day = 86_400 * Timestamp.ticksPerSecond
        let days = (time.ticks - ((time.ticks % day) + day) % day) / day
        let weekday = ((days + 3) % 7 + 7) % 7
        let thursday = days - weekday + 3
        let year = Timestamp(ticks: thursday * day).date.prefix { $0 != "-" }
        guard let newYear = Timestamp("\(year)-01-01") else { return 0 }
        return Int((thursday - newYear.ticks / day) / 7 + 1)
    }
}
