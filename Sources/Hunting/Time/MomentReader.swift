internal import Tables

/// Reads one moment, a day or a time of day or both, out of a question's words.
enum MomentReader {
    struct Found {
        var moment: CivilMoment
        var zone: HuntZone?
        /// One past the last word.
        var end: Int
    }

    /// `2025-11-05 18:00 CET`, `3am yesterday`, `monday at 9:00`, `5th of march`, `now`.
    static func read(at start: Int, _ reader: TimeReader) -> Found? {
        if reader.word(start) == "now" {
            return Found(moment: CivilMoment(precision: 1, instant: reader.now), zone: nil, end: start + 1)
        }
        if let moment = CivilMoment.iso(reader.word(start)) { return zoned(moment, start + 1, reader) }
        if let (day, end) = day(at: start, reader) {
            let place = ["at", "@"].contains(reader.word(end)) ? end + 1 : end
            guard let (time, after) = time(at: place, reader) else { return zoned(day, end, reader) }
            return zoned(CivilMoment(day: day.day, time: time.time, precision: time.precision), after, reader)
        }
        guard let (time, end) = time(at: start, reader) else { return nil }
        var found = zoned(time, end, reader)
        let place = ["on", "the"].contains(reader.word(found.end)) ? found.end + 1 : found.end
        if let (day, after) = day(at: place, reader, in: found.zone), !isOpening(after, reader) {
            found.moment.day = day.day
            found.end = after
            if found.zone == nil {
                found = Found(
                    moment: found.moment, zone: reader.zone(at: after)?.zone, end: reader.zone(at: after)?.end ?? after)
            }
        }
        return found
    }

    /// Whether a time follows, which belongs to the day before it.
    private static func isOpening(_ index: Int, _ reader: TimeReader) -> Bool { time(at: index, reader) != nil }

    private static func zoned(_ moment: CivilMoment, _ end: Int, _ reader: TimeReader) -> Found {
        let named = moment.instant == nil ? reader.zone(at: end) : nil
        return Found(moment: moment, zone: named?.zone, end: named?.end ?? end)
    }

    /// `3am`, `3 am`, `14:00`.
    private static func time(at index: Int, _ reader: TimeReader) -> (CivilMoment, Int)? {
        let word = reader.word(index)
        if ["am", "pm"].contains(reader.word(index + 1)),
            let time = CivilMoment.timeOfDay(word + reader.word(index + 1))
        {
            return (time, index + 2)
        }
        if let time = CivilMoment.timeOfDay(word) { return (time, index + 1) }
        // `between 1 and 3am`: the half of the day stands behind the second.
        guard ["and", "to", "-"].contains(reader.word(index + 1)), word.wholeMatch(of: #/[0-9]{1,2}/#) != nil,
            let half = half(at: index + 2, reader)
        else { return nil }
        return CivilMoment.timeOfDay(word + half).map { ($0, index + 1) }
    }

    /// `am` of `3am` and `3 am`.
    private static func half(at index: Int, _ reader: TimeReader) -> String? {
        let word = reader.word(index)
        if let match = word.wholeMatch(of: #/[0-9]{1,2}(?::[0-9]{2})?(am|pm)/#) { return String(match.1) }
        let isNumber = word.wholeMatch(of: #/[0-9]{1,2}(?::[0-9]{2})?/#) != nil
        return isNumber && ["am", "pm"].contains(reader.word(index + 1)) ? reader.word(index + 1) : nil
    }

    /// `2025-11-05`, `yesterday`, `monday`, `5 march`, `march 5th 2025`, `the 5th of march`.
    static func day(at start: Int, _ reader: TimeReader, in zone: HuntZone? = nil) -> (CivilMoment, Int)? {
        let index = ["the", "last"].contains(reader.word(start)) ? start + 1 : start
        let word = reader.word(index)
        let today = reader.today(reader.zone(at: index + 1)?.zone ?? zone ?? reader.zone)
        if let date = CivilMoment.date(word) { return (date, index + 1) }
        switch word {
        case "today": return (CivilMoment(day: today, precision: 86_400), index + 1)
        case "yesterday": return (CivilMoment(day: today - 1, precision: 86_400), index + 1)
        default: break
        }
        if let weekday = CivilMoment.weekday(word) {
            let back = (NamedStretch.weekday(today) - weekday + 7) % 7
            let isLast = index > start && reader.word(start) == "last" && back == 0
            return (CivilMoment(day: today - back - (isLast ? 7 : 0), precision: 86_400), index + 1)
        }
        return dayAndMonth(at: index, reader, today)
    }

    private static func dayAndMonth(at index: Int, _ reader: TimeReader, _ today: Int64) -> (CivilMoment, Int)? {
        let of = reader.word(index + 1) == "of" ? 1 : 0
        let day: Int64
        let month: Int64
        if let number = CivilMoment.dayOfMonth(reader.word(index)),
            let named = CivilMoment.month(reader.word(index + 1 + of))
        {
            (day, month) = (number, named)
        } else if of == 0, let named = CivilMoment.month(reader.word(index)),
            let number = CivilMoment.dayOfMonth(reader.word(index + 1))
        {
            (day, month) = (number, named)
        } else {
            return nil
        }
        let end = index + 2 + of
        if let year = Int64(reader.word(end)), (1970...9999).contains(year) {
            return Timestamp.daysSince1970(year, month, day).map { (CivilMoment(day: $0, precision: 86_400), end + 1) }
        }
        let year = Timestamp(ticks: today * 86_400 * Timestamp.ticksPerSecond).components.year
        let dates = [year, year - 1].compactMap { Timestamp.daysSince1970($0, month, day) }
        return dates.first { $0 <= today }.map { (CivilMoment(day: $0, precision: 86_400), end) }
    }

    // MARK: Days that stand apart, and instants

    /// A day behind the end or before the beginning of a stretch of times: `yesterday between 1am and 3am`.
    static func strayDay(
        after end: Int, before start: Int, _ reader: TimeReader, in zone: HuntZone
    ) -> (day: Int64, used: Set<Int>)? {
        let place = reader.word(end) == "on" ? end + 1 : end
        if let (day, after) = day(at: place, reader, in: zone), let date = day.day { return (date, Set(end..<after)) }
        for index in stride(from: start - 1, through: max(0, start - 5), by: -1) {
            if let (day, after) = day(at: index, reader, in: zone), let date = day.day, after <= start {
                return (date, Set(index..<after))
            }
        }
        return nil
    }

    /// The latest day on which a time of day has come already.
    static func latest(_ moment: CivilMoment, _ reader: TimeReader, _ zone: HuntZone) -> (Int64, Int64) {
        let today = reader.today(zone)
        let hasCome = zone.instant(today * 86_400 + (moment.time ?? 0)) <= reader.now
        return hasCome ? (today, today) : (today - 1, today - 1)
    }

    static func start(_ moment: CivilMoment, _ zone: HuntZone, _ reader: TimeReader) -> Timestamp {
        if let instant = moment.instant { return instant }
        return zone.instant((moment.day ?? reader.today(zone)) * 86_400 + (moment.time ?? 0))
    }

    /// A day ends when the next begins.
    static func end(_ moment: CivilMoment, _ zone: HuntZone, _ reader: TimeReader) -> Timestamp {
        if let instant = moment.instant { return instant }
        let day = moment.day ?? reader.today(zone)
        return zone.instant(moment.time.map { day * 86_400 + $0 } ?? (day + 1) * 86_400)
    }
}
