internal import Tables

/// A stretch of time that some words of a question tell.
struct Stretch {
    let from: Timestamp
    /// `nil` is the clock.
    var until: Timestamp?
    /// One past the last word.
    let end: Int
    /// Words elsewhere that belong to it: the day of `between 1 and 3 … yesterday`.
    var others: Set<Int> = []
    var notes: [String] = []

    /// The stretch that begins with this word; `nil` where none does.
    static func read(at index: Int, _ reader: TimeReader) -> Stretch? {
        dayThenPair(at: index, reader) ?? relative(at: index, reader) ?? pair(at: index, reader) ?? oneSided(
            at: index, reader) ?? named(at: index, reader)
    }

    /// `yesterday between 18:00 and 20:00`: the day stands before.
    private static func dayThenPair(at index: Int, _ reader: TimeReader) -> Stretch? {
        guard let (_, end) = MomentReader.day(at: index, reader), ["between", "from"].contains(reader.word(end)) else {
            return nil
        }
        return pair(at: end, reader)
    }

    // MARK: Counted back

    private static let units: [(names: Set<String>, seconds: Double)] = [
        (["second", "seconds", "sec", "secs", "s"], 1), (["minute", "minutes", "min", "mins", "m"], 60),
        (["hour", "hours", "hr", "hrs", "h", "hours'"], 3600), (["day", "days", "d"], 86_400),
        (["week", "weeks", "wk", "wks", "w"], 604_800), (["month", "months"], 30 * 86_400),
        (["year", "years"], 365 * 86_400),
    ]

    private static func seconds(_ unit: some StringProtocol) -> Double? {
        units.first { $0.names.contains(String(unit)) }?.seconds
    }

    /// `last 2 hours`, `past day`, `in the last 24h`, `2 hours ago`, `24h`.
    private static func relative(at index: Int, _ reader: TimeReader) -> Stretch? {
        if ["last", "past", "previous", "preceding", "recent"].contains(reader.word(index)) {
            return span(at: index + 1, reader).map { ago($0.seconds, $0.end, reader) }
        }
        if reader.word(index) == "since" || reader.word(index) == "from", let span = span(at: index + 1, reader),
            ["ago", "back"].contains(reader.word(span.end))
        {
            return ago(span.seconds, span.end + 1, reader)
        }
        // `longer than 5 minutes` and `within 10 minutes` measure something else.
        let measures = ["than", "over", "under", "within", "every", "each", "per", "least", "most", "above", "below"]
        guard reader.word(index).first?.isNumber == true, !measures.contains(reader.word(index - 1)),
            let span = span(at: index, reader)
        else { return nil }
        let isAgo = ["ago", "back"].contains(reader.word(span.end))
        return ago(span.seconds, span.end + (isAgo ? 1 : 0), reader)
    }

    private static func ago(_ seconds: Double, _ end: Int, _ reader: TimeReader) -> Stretch {
        Stretch(from: reader.now.advanced(bySeconds: -seconds), end: end)
    }

    /// `2 hours`, `24h`, `a few days`, `half an hour`, `day`; seconds and the place after it.
    private static func span(at start: Int, _ reader: TimeReader) -> (seconds: Double, end: Int)? {
        var index = start
        if reader.word(index) == "half", ["an", "a"].contains(reader.word(index + 1)) {
            return seconds(reader.word(index + 2)).map { ($0 / 2, index + 3) }
        }
        while ["a", "an", "the"].contains(reader.word(index)) { index += 1 }
        let word = reader.word(index)
        if let match = word.wholeMatch(of: #/([0-9]{1,5}(?:\.[0-9]{1,2})?)-?([a-z]+)/#), let unit = seconds(match.2) {
            return (max(1, Double(match.1) ?? 1) * unit, index + 1)
        }
        if let count = Double(word), count > 0, count < 100_000, word.utf8.count <= 5 {
            let place = reader.word(index + 1) == "of" ? index + 2 : index + 1
            return seconds(reader.word(place)).map { (count * $0, place + 1) }
        }
        // `last s` would be a slip, not a second.
        return word.utf8.count > 2 ? seconds(word).map { ($0, index + 1) } : nil
    }
}
