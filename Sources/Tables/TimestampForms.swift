// Times as other products write them. `init(_:)` reads ISO 8601, which is what Okta writes; these forms are met only
// where an export went through another product, and are never guessed at by the general reader.

extension Timestamp {
    /// Reads what other products write where Okta has an ISO 8601 text:
    /// - `1679864732` or `1679864732.159`, seconds since 1970: ten digits before the point;
    /// - `1679864732159`, milliseconds since 1970: thirteen digits;
    /// - `3/26/2023, 9:05:32.159 PM`: the Log Analytics portal's CSV, UTC, month first. Without AM or PM it is not
    ///   read, as places that write 24 hours mostly write the day first;
    /// - `Sun Mar 26 21:05:32 UTC 2023`: Java's `Date.toString` and Unix `date`;
    /// - `Sun, 26 Mar 2023 21:05:32 GMT`: RFC 1123;
    /// - `2023-03-26 21:05:32.159 UTC`: SQL engines.
    ///
    /// `nil` for anything else, ISO 8601 included.
    public init?(asOthersWrite text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let words = text.split { $0.isWhitespace || $0 == "," }
        let stamp = switch words.count {
        case 1: Self.epoch(words[0])
        case 3: Self.unitedStates(words) ?? Self.sql(words)
        case 5, 6: Self.monthName(words)
        default: Timestamp?.none
        }
        guard let stamp else { return nil }
        self = stamp
    }

    /// Reads seconds (ten digits before the point) or milliseconds (thirteen digits) since 1970 from a number, to the
    /// microsecond: a double holds no more. `nil` for any other size.
    public init?(epoch number: Double) {
        switch number {
        case 1e9..<1e10: self.init(whole: number.rounded(.down), microseconds: (number - number.rounded(.down)) * 1e6)
        case 1e12..<1e13:
            let seconds = (number / 1000).rounded(.down)
            self.init(whole: seconds, microseconds: (number - seconds * 1000) * 1000)
        default: return nil
        }
    }

    private init(whole: Double, microseconds: Double) {
        self.init(ticks: Int64(whole) * Self.ticksPerSecond + Int64(microseconds.rounded()) * 10)
    }

    private static func epoch(_ word: Substring) -> Timestamp? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) && !$0.isEmpty }) else { return nil }
        switch (parts[0].utf8.count, parts.count) {
        case (13, 1): return Int64(parts[0]).map { Timestamp(ticks: $0 * (ticksPerSecond / 1000)) }
        case (10, 1): return Int64(parts[0]).map { Timestamp(ticks: $0 * ticksPerSecond) }
        case (10, 2):
            let digits = parts[1].prefix(7)
            let fraction = Int64(digits + String(repeating: "0", count: 7 - digits.count))
            guard let seconds = Int64(parts[0]), let fraction else { return nil }
            return Timestamp(ticks: seconds * ticksPerSecond + fraction)
        default: return nil
        }
    }

    /// `3/26/2023`, `9:05:32.159`, `PM`.
    private static func unitedStates(_ words: [Substring]) -> Timestamp? {
        let date = words[0].split(separator: "/", omittingEmptySubsequences: false)
        let clock = words[1].split(separator: ":", maxSplits: 1)
        let isAfternoon = words[2] == "PM" || words[2] == "pm"
        guard date.count == 3, clock.count == 2, isAfternoon || words[2] == "AM" || words[2] == "am",
            let hour = twoDigits(clock[0]).flatMap({ Int64($0) }), (1...12).contains(hour),
            let month = twoDigits(date[0]), let day = twoDigits(date[1])
        else { return nil }
        return Timestamp("\(date[2])-\(month)-\(day)T\(two(hour % 12 + (isAfternoon ? 12 : 0))):\(clock[1])Z")
    }

    /// `2023-03-26`, `21:05:32.159`, `UTC`.
    private static func sql(_ words: [Substring]) -> Timestamp? {
        zone(words[2]).flatMap { Timestamp("\(words[0])T\(words[1])\($0)") }
    }

    /// `Sun Mar 26 21:05:32 [UTC] 2023` or `Sun 26 Mar 2023 21:05:32 GMT`.
    private static func monthName(_ words: [Substring]) -> Timestamp? {
        if let month = month(words[1]), let year = words.last, let day = twoDigits(words[2]) {
            let zone = zone(words.count == 6 ? words[4] : "UTC")
            return zone.flatMap { Timestamp("\(year)-\(month)-\(day)T\(words[3])\($0)") }
        }
        guard words.count == 6, let month = month(words[2]), let day = twoDigits(words[1]) else { return nil }
        return zone(words[5]).flatMap { Timestamp("\(words[3])-\(month)-\(day)T\(words[4])\($0)") }
    }

    /// The names that mean UTC, and offsets in digits; other names of zones mean different things to different people.
    private static func zone(_ word: Substring) -> String? {
        switch word {
        case "UTC", "GMT", "Z": "Z"
        default: word.hasPrefix("+") || word.hasPrefix("-") ? String(word) : nil
        }
    }

    private static func month(_ name: Substring) -> String? {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return names.firstIndex { $0 == name }.map { two(Int64($0 + 1)) }
    }

    /// One or two digits as two.
    private static func twoDigits(_ word: Substring) -> String? {
        guard (1...2).contains(word.utf8.count), word.utf8.allSatisfy(isDigit) else { return nil }
        return word.utf8.count == 1 ? "0" + word : String(word)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
