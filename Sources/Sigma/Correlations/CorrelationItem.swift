internal import Events

/// A match of a rule, as a correlation sees it.
struct CorrelationItem: Sendable {
    /// When it counts, in ticks: the time of the event, or, for an event of another correlation's match that came
    /// before that match was complete, the time at which it was.
    let time: Int64
    let row: UInt32
    /// The place of the rule among the correlation's own.
    let source: Int
    /// Of a whole match of another correlation: its place among that one's matches.
    var match: Int?
    /// Of the field that is counted or summed up: the first value, 0 for none.
    var value: UInt32 = 0
    /// The others, where an event has several.
    var moreValues: [UInt32] = []

    var values: [UInt32] { value == 0 ? [] : [value] + moreValues }
}

/// A match of a correlation while others may build upon it.
struct CorrelationMatch: Sendable {
    /// In time order, each once.
    let rows: [UInt32]
    /// When it first was complete, in ticks.
    let onset: Int64
    let group: [RuleMatch.GroupValue]
}

/// A stretch of a group's items that belong to one match.
struct CorrelationStretch: Hashable, Sendable {
    var items: Range<Int>
    /// When it first was complete, in ticks.
    let onset: Int64

    /// Adds a stretch to those before it, none of which begins later: those that share items are one.
    static func merge(_ next: CorrelationStretch, into stretches: inout [CorrelationStretch]) {
        guard let last = stretches.last, next.items.lowerBound < last.items.upperBound else {
            return stretches.append(next)
        }
        let end = max(last.items.upperBound, next.items.upperBound)
        stretches[stretches.count - 1].items = last.items.lowerBound..<end
    }
}
