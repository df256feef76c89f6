internal import Tables

/// Stretches that have a name of their own: `today`, `last night`, `this week`.
enum NamedStretch {
    static func read(at start: Int, _ reader: TimeReader) -> Stretch? {
        var index = start
        while ["the", "over", "earlier"].contains(reader.word(index)) { index += 1 }
        let (word, next) = (reader.word(index), reader.word(index + 1))
        let zone = reader.zone(at: index + 1) ?? reader.zone(at: index + 2)
        let today = reader.today(zone?.zone ?? reader.zone)
        func days(_ from: Int64, _ until: Int64?, words: Int, hours: (Int64, Int64) = (0, 0)) -> Stretch {
            let place = zone?.zone ?? reader.zone
            let named = reader.zone(at: index + words)
            return Stretch(
                from: place.instant(from * 86_400 + hours.0 * 3600),
                until: until.map { place.instant($0 * 86_400 + hours.1 * 3600) }, end: named?.end ?? index + words)
        }
        switch (word, next) {
        case ("today", _), ("tday", _): return days(today, nil, words: 1)
        case ("yesterday", "night"): return days(today - 1, today, words: 2, hours: (18, 6))
        case ("yesterday", _), ("yday", _), ("yesteday", _): return days(today - 1, today, words: 1)
        case ("tonight", _): return days(today, nil, words: 1, hours: (18, 0))
        case ("last", "night"), ("overnight", _):
            return days(today - 1, today, words: word == "last" ? 2 : 1, hours: (18, 6))
        case ("this", "morning"): return days(today, today, words: 2, hours: (0, 12))
        case ("this", "afternoon"): return days(today, today, words: 2, hours: (12, 18))
        case ("this", "evening"): return days(today, nil, words: 2, hours: (18, 0))
        case ("this", "week"): return days(today - weekday(today), nil, words: 2)
        case ("weekend", _), ("last", "weekend"), ("this", "weekend"):
            let monday = today - weekday(today)
            let isNow = weekday(today) >= 5 && word != "last"
            return days(isNow ? monday + 5 : monday - 2, isNow ? nil : monday, words: word == "weekend" ? 1 : 2)
        case ("this", "month"):
            return days(today - day(of: today) + 1, nil, words: 2)
        default: return month(at: index, reader)
        }
    }

    /// `in november`: the latest one that has begun.
    private static func month(at index: Int, _ reader: TimeReader) -> Stretch? {
        guard ["in", "during", "since", "of"].contains(reader.word(index - 1)),
            let month = CivilMoment.month(reader.word(index)), reader.word(index).count > 2
        else { return nil }
        let now = reader.now.components
        let named = Int64(reader.word(index + 1)).flatMap { (1970...9999).contains($0) ? $0 : nil }
        let year = named ?? (month <= now.month ? now.year : now.year - 1)
        let next = month == 12 ? (year + 1, Int64(1)) : (year, month + 1)
        guard let first = Timestamp.daysSince1970(year, month, 1), let end = Timestamp.daysSince1970(next.0, next.1, 1)
        else { return nil }
        return Stretch(
            from: reader.zone.instant(first * 86_400), until: reader.zone.instant(end * 86_400),
            end: index + (named == nil ? 1 : 2))
    }

    /// Monday is 0; 1970-01-01 was a Thursday.
    static func weekday(_ day: Int64) -> Int64 { ((day + 3) % 7 + 7) % 7 }

    private static func day(of day: Int64) -> Int64 {
        Timestamp(ticks: day * 86_400 * Timestamp.ticksPerSecond).components.day
    }
}
