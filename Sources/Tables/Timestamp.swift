/// An instant in UTC, to 100 nanoseconds: Kusto's resolution, and finer than Okta's milliseconds.
///
/// ```swift
/// Timestamp("2025-11-12T18:00:00.250+02:00")?.description  // 2025-11-12T16:00:00.250Z
/// ```
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Ticks of 100 ns since 1970-01-01T00:00:00Z.
    public let ticks: Int64

    /// Ten million: a tick is 100 ns.
    public static let ticksPerSecond: Int64 = 10_000_000

    @inlinable public init(ticks: Int64) { self.ticks = ticks }

    /// - Parameter seconds: Since 1970-01-01T00:00:00Z.
    public init(seconds: Double) { ticks = Int64((seconds * Double(Self.ticksPerSecond)).rounded()) }

    @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool { left.ticks < right.ticks }

    /// Seconds from `other` to this.
    @inlinable public func seconds(since other: Timestamp) -> Double {
        Double(ticks - other.ticks) / Double(Self.ticksPerSecond)
    }

    /// This instant moved by a number of seconds.
    public func advanced(bySeconds seconds: Double) -> Timestamp {
        Timestamp(ticks: ticks &+ Int64((seconds * Double(Self.ticksPerSecond)).rounded()))
    }
}

// MARK: Reading

extension Timestamp {
    /// Reads ISO 8601: a date, or a date and time apart by `T` or a space, with up to nine digits of fraction
    /// (cut to 100 ns), and `Z`, an offset, or nothing, which means UTC. `nil` for anything else, and for
    /// dates that do not exist or, in UTC, lie outside the years 0000 to 9999. A leap second counts as the
    /// second before it.
    public init?(_ text: String) {
        var text = text
        guard let stamp = text.withUTF8({ Timestamp(ascii: $0) }) else { return nil }
        self = stamp
    }

    /// As ``init(_:)``, from bytes.
    public init?(ascii bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes: bytes)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), let days = Self.daysSince1970(year, month, day)
        else { return nil }
        guard !reader.isAtEnd else {
            self.init(ticks: days * 86_400 * Self.ticksPerSecond)
            return
        }
        guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let time = reader.timeOfDay(),
            let offset = reader.offset(), reader.isAtEnd,
            Self.readableSeconds.contains(days * 86_400 - offset + time / Self.ticksPerSecond)
        else { return nil }
        self.init(ticks: (days * 86_400 - offset) * Self.ticksPerSecond + time)
    }

    /// The seconds of the years 0000 to 9999, which four digits can write.
    private static let readableSeconds: Range<Int64> = -62_167_219_200..<253_402_300_800

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `nil` where there is no such date.
    /// The arithmetic is Howard Hinnant's `days_from_civil` (public domain).
    public static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[Int(month) - 1]).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Reads fixed runs of digits from bytes.
private struct DigitReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    mutating func number(_ digits: Int) -> Int64? {
        guard position + digits <= bytes.count else { return nil }
        var value: Int64 = 0
        for index in position..<position + digits {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
        }
        position += digits
        return value
    }

    /// `hh:mm[:ss[.fraction]]` in ticks.
    mutating func timeOfDay() -> Int64? {
        guard let hour = number(2), hour <= 23, skip(":"), let minute = number(2), minute <= 59 else { return nil }
        var ticks = (hour * 3600 + minute * 60) * Timestamp.ticksPerSecond
        guard skip(":") else { return ticks }
        guard let second = number(2), second <= 60 else { return nil }
        ticks += min(second, 59) * Timestamp.ticksPerSecond
        guard skip(".") || skip(",") else { return ticks }
        var unit = Timestamp.ticksPerSecond / 10
        let start = position
        while position < bytes.count, position - start < 9, let digit = number(1) {
            ticks += digit * unit
            unit /= 10
        }
        return position > start ? ticks : nil
    }

    /// Seconds east of UTC; no zone is UTC.
    mutating func offset() -> Int64? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        let sign: Int64 = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours <= 23 else { return nil }
        if isAtEnd { return sign * hours * 3600 }
        _ = skip(":")
        guard let minutes = number(2), minutes <= 59 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

// MARK: Writing

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC with `Z`; a fraction of three or seven digits only where there is one.
    public var description: String {
        let parts = components
        let base = "\(date)T\(Self.two(parts.hour)):\(Self.two(parts.minute)):\(Self.two(parts.second))"
        return base + fraction + "Z"
    }

    /// `2025-11-12`.
    public var date: String {
        let parts = components
        return "\(Self.padded(parts.year, 4))-\(Self.two(parts.month))-\(Self.two(parts.day))"
    }

    /// `18:00:00Z`, for a second mention on the same day.
    public var timeOfDay: String {
        let parts = components
        return "\(Self.two(parts.hour)):\(Self.two(parts.minute)):\(Self.two(parts.second))Z"
    }

    /// `2025-11-12 18:00:00Z`, for people.
    public var spaced: String { date + " " + timeOfDay }

    private var fraction: String {
        let rest = ((ticks % Self.ticksPerSecond) + Self.ticksPerSecond) % Self.ticksPerSecond
        if rest == 0 { return "" }
        return rest % 10_000 == 0 ? "." + Self.padded(rest / 10_000, 3) : "." + Self.padded(rest, 7)
    }

    /// The date of the proleptic Gregorian calendar and the time of day, in UTC, down to the second; the inverse of
    /// ``daysSince1970(_:_:_:)``.
    public var components: (year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64) {
        let exact = ticks / Self.ticksPerSecond - (ticks % Self.ticksPerSecond < 0 ? 1 : 0)
        let day = exact >= 0 ? exact / 86_400 : (exact - 86_399) / 86_400
        let second = exact - day * 86_400
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            second / 3600, second % 3600 / 60, second % 60
        )
    }

    static func two(_ number: Int64) -> String { padded(number, 2) }

    static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number.magnitude)
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
