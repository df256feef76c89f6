/// The appearances of ids on a time line, by dimensions: what the plugins on activities count.
struct Activity: Sendable {
    /// One appearance.
    struct Event: Sendable {
        let id: Scalar
        let place: Int64
    }

    /// The events of one combination of the dimensions, in the order of the time line.
    struct Group: Sendable {
        let dimensions: [Scalar]
        var events: [Event] = []
    }

    let groups: [Group]

    /// - Parameters:
    ///   - places: What of the time line counts.
    ///   - dimensions: The columns that slice.
    init(
        _ call: PluginCall, id: Int, timeline: Int, dimensions: [Int], within places: ClosedRange<Int64>
    ) {
        var groups: [Group] = dimensions.isEmpty ? [Group(dimensions: [])] : []
        var indices: [[Scalar]: Int] = dimensions.isEmpty ? [[]: 0] : [:]
        for row in call.rows {
            guard let place = Timeline.place(row[timeline]), places.contains(place) else { continue }
            let key = dimensions.map { row[$0] }
            let index = indices[key, default: groups.count]
            if index == groups.count {
                indices[key] = index
                groups.append(Group(dimensions: key))
            }
            groups[index].events.append(Event(id: row[id], place: place))
        }
        for index in groups.indices { groups[index].events.sort { $0.place < $1.place } }
        self.groups = groups
    }
}

extension Activity.Group {
    /// The events of each bin, in order; empty bins are left out.
    func bins(_ timeline: Timeline) -> [(start: Int64, events: [Activity.Event])] {
        var bins: [(start: Int64, events: [Activity.Event])] = []
        for event in events {
            let start = timeline.bin(event.place)
            if bins.last?.start == start {
                bins[bins.count - 1].events.append(event)
            } else {
                bins.append((start, [event]))
            }
        }
        return bins
    }
}

extension [Activity.Event] {
    var ids: Set<Scalar> { Set(map(\.id)) }
}

extension Int64 {
    /// The difference, or the number furthest away.
    func clampedSubtracting(_ other: Int64) -> Int64 {
        let (result, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : result
    }
}
