public import JSON
public import Tables

/// The stretch of time that a hunt reads, in UTC, with where it comes from.
public struct HuntRange: Hashable, Sendable {
    /// The first instant that is read.
    public let from: Timestamp
    /// The first instant that is not read any more; never after the clock.
    public let until: Timestamp
    /// The question's words for it; empty where it named no time.
    public let words: String
    /// What was done to it, as sentences: a default, a cut.
    public let notes: [String]

    /// A range; `until` is after `from`.
    public init(from: Timestamp, until: Timestamp, words: String = "", notes: [String] = []) {
        self.from = from
        self.until = max(until, Timestamp(ticks: from.ticks &+ 1))
        self.words = words
        self.notes = notes
    }

    /// How long it is, in seconds.
    public var seconds: Double { until.seconds(since: from) }

    /// For an engine whose windows hold both ends: the last instant is a tick before ``until``.
    public var window: ClosedRange<Timestamp> { from...Timestamp(ticks: until.ticks - 1) }

    /// For a service that takes a timespan as ISO 8601 texts: `2025-11-12T00:00:00Z/2025-11-12T03:04:00Z`.
    public var timespan: String { "\(from)/\(until)" }

    /// `2025-11-12 00:00:00Z to 2025-11-12 03:04:00Z (today)`, for people.
    public var shown: String { "\(from.spaced) to \(until.spaced)" + (words.isEmpty ? "" : " (\(words))") }

    /// `{"from","until","words","notes"}`.
    public var json: JSONValue {
        [
            "from": .string(from.description), "until": .string(until.description), "words": .string(words),
            "notes": JSONValue(notes),
        ]
    }
}

extension HuntRange {
    /// The range when a question names none.
    static func standard(at now: Timestamp, _ limits: HuntLimits) -> HuntRange {
        let seconds = min(limits.defaultWindow, limits.maximumWindow)
        return HuntRange(
            from: now.advanced(bySeconds: -seconds), until: now,
            notes: ["no time was named: the last \(words(seconds)) are read"])
    }

    /// This range no longer than allowed: what is too old is cut, and that is said.
    func limited(_ limits: HuntLimits) -> HuntRange {
        guard seconds > limits.maximumWindow else { return self }
        let start = until.advanced(bySeconds: -limits.maximumWindow)
        let note = "the range was cut to its last \(Self.words(limits.maximumWindow)), the most that one hunt reads"
        return HuntRange(from: start, until: until, words: words, notes: notes + [note])
    }

    /// `24 hours`, `30 days`.
    static func words(_ seconds: Double) -> String {
        for (unit, length) in [("day", 86_400.0), ("hour", 3600), ("minute", 60)] {
            let count = seconds / length
            if count == count.rounded(), count >= (unit == "day" ? 2 : 1) {
                return "\(Int(count)) \(unit)\(count == 1 ? "" : "s")"
            }
        }
        return "\(Int(seconds)) seconds"
    }
}
