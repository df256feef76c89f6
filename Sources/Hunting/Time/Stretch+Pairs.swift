internal import Tables

// MARK: Two ends

extension Stretch {
    /// `between A and B`, `from A to B`, `A to B`, `A - B`.
    static func pair(at index: Int, _ reader: TimeReader) -> Stretch? {
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
            MomentReader.Found(
                moment: second, zone: reader.zone(at: index + 1)?.zone,
                end: reader.zone(at: index + 1)?.end ?? index + 1),
            reader)
    }

    private static func joined(_ first: MomentReader.Found, _ second: MomentReader.Found, _ reader: TimeReader)
        -> Stretch
    {
        var (one, other) = (first.moment, second.moment)
        let zone = second.zone ?? first.zone ?? reader.zone
        var others: Set<Int> = []
        if one.day == nil, other.day == nil, one.instant == nil, other.instant == nil,
            let day = MomentReader.strayDay(after: second.end, before: first.end, reader, in: zone)
        {
            one.day = day.day
            others = day.used
        }
        if one.day == nil, let day = other.day {
            one.day = day
        } else if other.day == nil, let day = one.day {
            other.day = day
        }
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
