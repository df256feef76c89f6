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
        relative(at: index, reader) ?? pair(at: index, reader) ?? oneSided(at: index, reader) ?? named(at: index, reader)
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
            ["ago", "back"].contains(reader.word(span.end)) {
            return ago(span.seconds, span.end + 1, reader)
        }
        guard reader.word(index).first?.isNumber == true, let span = span(at: index, reader) else { return nil }
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

// MARK: Two ends

extension Stretch {
    /// `between A and B`, `from A to B`, `A to B`, `A - B`.
    private static func pair(at index: Int, _ reader: TimeReader) -> Stretch? {
        let opens = ["between", "from", "betwen", "on", "btw"].contains(reader.word(index))
        if let both = hyphenated(at: index + (opens ? 1 : 0), reader) { return both }
        guard let first = MomentReader.read(at: index + (opens ? 1 : 0), reader),
            ["and", "to", "until", "till", "through", "-", "–", "&", ".."].contains(reader.word(first.end)),
            let second = MomentReader.read(at: first.end + 1, reader)
        else { return nil }
        return joined(first, second, reader)
    }

    /// `1am-3am`, `18:00-20:00`, in one word.
    private static func hyphenated(at index: Int, _ reader: TimeReader) -> Stretch? {
        let parts = reader.word(index).split { $0 == "-" || $0 == "–" }
        guard parts.count == 2, let first = CivilMoment.timeOfDay(String(parts[0])),
            let second = CivilMoment.timeOfDay(String(parts[1]))
        else { return nil }
        return joined(
            MomentReader.Found(moment: first, zone: nil, end: index),
            MomentReader.Found(moment: second, zone: reader.zone(at: index + 1)?.zone, end: reader.zone(at: index + 1)?.end ?? index + 1),
            reader)
    }

    private static func joined(_ first: MomentReader.Found, _ second: MomentReader.Found, _ reader: TimeReader) -> Stretch {
        var (one, other) = (first.moment, second.moment)
        let zone = second.zone ?? first.zone ?? reader.zone
        var others: Set<Int> = []
        if one.day == nil, other.day == nil, one.instant == nil, other.instant == nil,
            let day = MomentReader.strayDay(after: second.end, before: first.end, reader, in: zone) {
            one.day = day.day
            others = day.used
        }
        if one.day == nil, let day = other.day { one.day = day } else if other.day == nil, let day = one.day { other.day = day }
        if one.day == nil, one.instant == nil {
            (one.day, other.day) = MomentReader.latest(one, reader, zone)
        }
        if let start = one.time, let end = other.time, one.day == other.day, end <= start, one.day != nil {
            other.day = other.day.map { $0 + 1 }
        }
        let from = MomentReader.start(one, zone, reader)
        return Stretch(from: from, until: MomentReader.end(other, zone, reader), end: second.end, others: others)
    }
}

// MARK: One end, and stretches with a name

extension Stretch {
    /// `since A`, `after A`, `before A`, `until A`, `around A`, `at A`, `on A`.
    private static func oneSided(at index: Int, _ reader: TimeReader) -> Stretch? {
        let word = reader.word(index)
        let known = ["since", "after", "from", "starting", "before", "until", "till", "by", "around", "about", "near", "at", "on", "during", "in"]
        guard known.contains(word) else { return nil }
        let place = ["last", "the", "this"].contains(reader.word(index + 1)) && MomentReader.read(at: index + 2, reader) != nil
            ? index + 2 : index + 1
        if ["since", "from", "during", "in", "over"].contains(word), let named = named(at: index + 1, reader), MomentReader.read(at: place, reader) == nil {
            return word == "since" || word == "from" ? Stretch(from: named.from, end: named.end) : named
        }
        guard var found = MomentReader.read(at: place, reader) else { return nil }
        let zone = found.zone ?? reader.zone
        var others: Set<Int> = []
        if found.moment.day == nil, found.moment.instant == nil {
            if let day = MomentReader.strayDay(after: found.end, before: index, reader, in: zone) {
                found.moment.day = day.day
                others = day.used
            } else {
                found.moment.day = MomentReader.latest(found.moment, reader, zone).0
            }
        }
        var stretch = side(word, found, zone, reader)
        stretch.others = others
        return stretch
    }

    private static func side(
        _ word: String, _ found: MomentReader.Found, _ zone: HuntZone, _ reader: TimeReader
    ) -> Stretch {
        let start = MomentReader.start(found.moment, zone, reader)
        let after = start.advanced(bySeconds: Double(found.moment.precision))
        let isDay = found.moment.time == nil && found.moment.instant == nil
        switch word {
        case "since", "from", "starting": return Stretch(from: start, end: found.end)
        case "after": return Stretch(from: isDay ? after : start, end: found.end)
        case "before", "by", "until", "till":
            let end = isDay && word != "before" ? after : start
            let window = min(reader.limits.defaultWindow, reader.limits.maximumWindow)
            return Stretch(
                from: end.advanced(bySeconds: -window), until: end, end: found.end,
                notes: ["no beginning was named: \(HuntRange.words(window)) before the end are read"])
        case "around", "about", "near":
            let reach: Double = isDay ? 0 : 1800
            return Stretch(from: start.advanced(bySeconds: -reach), until: (isDay ? after : start).advanced(bySeconds: reach), end: found.end)
        default: return whole(found, start, after)
        }
    }

    /// A day, an hour, or a quarter of an hour on both sides of a minute.
    private static func whole(_ found: MomentReader.Found, _ start: Timestamp, _ after: Timestamp) -> Stretch {
        guard found.moment.precision < 3600 else { return Stretch(from: start, until: after, end: found.end) }
        return Stretch(from: start.advanced(bySeconds: -900), until: start.advanced(bySeconds: 900), end: found.end)
    }

    /// `today`, `yesterday`, `last night`, `this week`, `the weekend`, and a date by itself.
    private static func named(at index: Int, _ reader: TimeReader) -> Stretch? {
        if let named = NamedStretch.read(at: index, reader) { return named }
        guard reader.word(index) != "now", let found = MomentReader.read(at: index, reader), found.moment.day != nil || found.moment.instant != nil else {
            return nil
        }
        let start = MomentReader.start(found.moment, found.zone ?? reader.zone, reader)
        return whole(found, start, start.advanced(bySeconds: Double(found.moment.precision)))
    }
}
