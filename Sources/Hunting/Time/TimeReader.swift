internal import Tables

/// Reads the stretch of time out of a question's words.
///
/// ```swift
/// let reader = TimeReader(HuntToken.tokens(of: "failed logins between 1am and 3am CET"), now: now, limits)
/// reader.range.shown  // 2025-11-12 00:00:00Z to 2025-11-12 02:00:00Z (between 1am and 3am CET)
/// reader.used         // [2, 3, 4, 5, 6]
/// ```
struct TimeReader {
    /// The stretch, no longer than allowed.
    private(set) var range: HuntRange
    /// The words that told it.
    private(set) var used: Set<Int> = []

    let words: [String]
    let now: Timestamp
    let limits: HuntLimits
    private(set) var zone: HuntZone

    /// Linear in the words.
    init(_ tokens: [HuntToken], now: Timestamp, _ limits: HuntLimits) {
        words = Self.words(tokens)
        self.now = now
        self.limits = limits
        zone = HuntZone(limits.zone) ?? .utc
        range = .standard(at: now, limits)
        let stray = Self.zone(tokens)
        zone = stray?.zone ?? zone
        // `20 failures in 10 minutes today` is about today.
        let reader = self
        let found = words.indices.lazy.compactMap { index in Stretch.read(at: index, reader).map { (index, $0) } }
        let isLength = { (place: Int) in reader.words[place].first?.isNumber == true && reader.word(place - 1) == "in" }
        guard let first = found.first else { return }
        let other = isLength(first.0) ? found.first { $0.0 >= first.1.end && !isLength($0.0) } : nil
        let (index, stretch) = other ?? first
        take(stretch, at: index, stray?.place, tokens)
    }

    /// The words as they are read: none of quoted ones, and numbers as digits.
    private static func words(_ tokens: [HuntToken]) -> [String] {
        tokens.map { $0.isQuoted ? "" : numbers[$0.lower] ?? $0.lower }
    }

    static let numbers: [String: String] = [
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
        "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30",
        "few": "3", "couple": "2",
    ]

    /// The one zone that a question names, wherever it stands: `10pm to 11pm yesterday CET`.
    private static func zone(_ tokens: [HuntToken]) -> (zone: HuntZone, place: Int)? {
        let common = ["utc", "gmt", "cet", "cest"]
        let found = tokens.indices.filter { index in
            let text = tokens[index].text
            let isWritten = text == text.uppercased() || common.contains(text.lowercased()) || text.contains("/")
            return !tokens[index].isQuoted && text.utf8.count >= 3 && text.first?.isLetter == true && isWritten
                && HuntZone(text) != nil
        }
        guard found.count == 1, let zone = HuntZone(tokens[found[0]].text) else { return nil }
        return (zone, found[0])
    }

    private mutating func take(_ found: Stretch, at index: Int, _ zonePlace: Int?, _ tokens: [HuntToken]) {
        used = Set(index..<found.end).union(found.others).union([zonePlace].compactMap { $0 })
        let said = used.sorted().map { tokens[$0].text }.joined(separator: " ")
        guard found.from < now else {
            let note = "`\(said)` has not come yet: the last \(HuntRange.words(limits.defaultWindow)) are read"
            let standard = HuntRange.standard(at: now, limits)
            range = HuntRange(from: standard.from, until: standard.until, words: "", notes: [note])
            return
        }
        let until = min(found.until ?? now, now)
        let from = found.from < until ? found.from : until.advanced(bySeconds: -limits.defaultWindow)
        range = HuntRange(from: from, until: until, words: said, notes: found.notes).limited(limits)
    }

    /// The civil day of the clock.
    func today(_ zone: HuntZone) -> Int64 { Self.floored(zone.civil(now), CivilMoment.daySeconds) }

    static func floored(_ value: Int64, _ unit: Int64) -> Int64 { value / unit - (value % unit < 0 ? 1 : 0) }

    /// A word, or nothing beyond the end.
    func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }

    /// The zone that a word names, with the place after it.
    func zone(at index: Int) -> (zone: HuntZone, end: Int)? {
        let isAfter = ["in", "time"].contains(word(index)) ? 1 : 0
        guard let zone = HuntZone(word(index + isAfter)), !word(index + isAfter).isEmpty else { return nil }
        let end = index + isAfter + 1
        return (zone, word(end) == "time" ? end + 1 : end)
    }
}
