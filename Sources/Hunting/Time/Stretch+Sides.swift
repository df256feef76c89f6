internal import Tables

// MARK: One end, and stretches with a name

extension Stretch {
    /// `since A`, `after A`, `before A`, `until A`, `around A`, `at A`, `on A`.
    static func oneSided(at index: Int, _ reader: TimeReader) -> Stretch? {
        let word = reader.word(index)
        let known = [
            "since", "after", "from", "starting", "before", "until", "till", "by", "around", "about", "near", "at",
            "on", "during", "in",
        ]
        guard known.contains(word) else { return nil }
        let place =
            ["last", "the", "this"].contains(reader.word(index + 1)) && MomentReader.read(at: index + 2, reader) != nil
            ? index + 2 : index + 1
        if ["since", "from", "during", "in", "over"].contains(word), let named = named(at: index + 1, reader),
            MomentReader.read(at: place, reader) == nil
        {
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
            return Stretch(
                from: start.advanced(bySeconds: -reach), until: (isDay ? after : start).advanced(bySeconds: reach),
                end: found.end)
        default: return whole(found, start, after)
        }
    }

    /// A day, an hour, or a quarter of an hour on both sides of a minute.
    private static func whole(_ found: MomentReader.Found, _ start: Timestamp, _ after: Timestamp) -> Stretch {
        guard found.moment.precision < 3600 else { return Stretch(from: start, until: after, end: found.end) }
        return Stretch(from: start.advanced(bySeconds: -900), until: start.advanced(bySeconds: 900), end: found.end)
    }

    /// `today`, `yesterday`, `last night`, `this week`, `the weekend`, and a date by itself.
    static func named(at index: Int, _ reader: TimeReader) -> Stretch? {
        if let named = NamedStretch.read(at: index, reader) { return named }
        guard reader.word(index) != "now", let found = MomentReader.read(at: index, reader),
            found.moment.day != nil || found.moment.instant != nil
        else {
            return nil
        }
        let start = MomentReader.start(found.moment, found.zone ?? reader.zone, reader)
        return whole(found, start, start.advanced(bySeconds: Double(found.moment.precision)))
    }
}
