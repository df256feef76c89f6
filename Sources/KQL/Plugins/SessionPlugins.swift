extension Plugins {
    /// Counts over windows that slide along a time line.
    static let sessions: [Plugin] = [
        Plugin(
            "session_count", "(id, timeline, start, end, bin, lookback [, dimension, …])", arguments: 6...64,
            schema: counting("session_count", dimensions: 6, ["count_sessions"])
        ) { call throws(FunctionFault) in try sessionCounts(call) },
        Plugin(
            "sliding_window_counts", "(id, timeline, start, end, lookback, bin [, dimension, …])", arguments: 6...64,
            schema: counting("sliding_window_counts", dimensions: 6, ["Count", "Dcount"])
        ) { call throws(FunctionFault) in try slidingCounts(call) },
        Plugin(
            "active_users_count",
            "(id, timeline, start, end, lookback, period, active_periods, bin [, dimension, …])", arguments: 8...64,
            schema: counting("active_users_count", dimensions: 8, ["dcount"])
        ) { call throws(FunctionFault) in try activeUsers(call) },
        Plugin(
            "rolling_percentile", "(value, percentile, index, bin, bins_per_window [, dimension, …])",
            arguments: 5...64,
            schema: .ofCall { header throws(FunctionFault) in
                let name = "rolling_percentile"
                let value = try header.schema(0, of: name)
                let percent = try header.constant(1, of: name).text.map { $0 == "." ? "_" : String($0) }.joined()
                let column = "rolling_\(try header.constant(4, of: name).text)_percentile_\(value.name)_\(percent)"
                return [try header.schema(2, of: name)] + (try header.schemas(from: 5, of: name))
                    + [ColumnSchema(column, value.type)]
            }
        ) { call throws(FunctionFault) in try rollingPercentiles(call) },
    ]

    /// A look-back window: a length above zero.
    private static func length(_ call: PluginCall, _ index: Int, of name: String) throws(FunctionFault) -> Int64 {
        guard let length = call.value(index).flatMap(Timeline.place), length > 0 else {
            throw FunctionFault("SEM0001", "\(name): argument #\(index + 1) must be a length above zero")
        }
        return length
    }

    private static func activity(
        _ call: PluginCall, _ name: String, dimensions first: Int, _ places: ClosedRange<Int64>, lookback: Int64
    ) throws(FunctionFault) -> Activity {
        Activity(
            call, id: try call.header.column(0, of: name), timeline: try call.header.column(1, of: name),
            dimensions: dimensions(call.header, from: first),
            within: places.lowerBound.clampedSubtracting(lookback)...places.upperBound)
    }

    /// A session begins where an id comes that did not come for the length of the look-back window.
    private static func sessionCounts(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "session_count"
        let places = try range(call, 2, 3, of: name)
        let lookback = try length(call, 5, of: name)
        let timeline = try Timeline(
            try call.header.schema(1, of: name).type, step: call.value(4) ?? .null(.long), of: name)
        return try activity(call, name, dimensions: 6, places, lookback: lookback).groups.flatMap { group in
            var last: [Scalar: Int64] = [:]
            let starts = group.events.filter { event in
                let before = last.updateValue(event.place, forKey: event.id)
                let isNew = before.map { event.place.clampedSubtracting($0) >= lookback } ?? true
                return isNew && places.contains(event.place)
            }
            return Activity.Group(dimensions: [], events: starts).bins(timeline).map { bin in
                [timeline.scalar(bin.start)] + group.dimensions + [.long(Int64(bin.events.count))]
            }
        }
    }

    /// For each bin, the events of the bins of the look-back window that ends with it.
    private static func slidingCounts(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "sliding_window_counts"
        let places = try range(call, 2, 3, of: name)
        let lookback = try length(call, 4, of: name)
        let timeline = try Timeline(
            try call.header.schema(1, of: name).type, step: call.value(5) ?? .null(.long), of: name)
        var rows: [[Scalar]] = []
        for group in try activity(call, name, dimensions: 6, places, lookback: lookback).groups {
            let bins = group.bins(timeline)
            var first = 0
            var next = bins.first.map { max($0.start, timeline.bin(places.lowerBound)) }
            while let bin = next, bin <= places.upperBound, let last = bins.last?.start,
                bin.clampedSubtracting(last) < lookback
            {
                try call.context.checkTime()
                while first < bins.count, bin.clampedSubtracting(bins[first].start) >= lookback { first += 1 }
                let events = bins[first...].prefix { $0.start <= bin }.flatMap(\.events)
                if !events.isEmpty {
                    rows.append(
                        [timeline.scalar(bin)] + group.dimensions
                            + [events.count, events.ids.count].map { .long(Int64($0)) })
                }
                next = timeline.next(bin)
            }
        }
        return rows
    }

    /// An appearance is active where its id came in enough periods of the look-back window that ends with it.
    private static func activeUsers(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "active_users_count"
        let places = try range(call, 2, 3, of: name)
        let lookback = try length(call, 4, of: name)
        let needed = try length(call, 6, of: name)
        let type = try call.header.schema(1, of: name).type
        let periods = try Timeline(type, step: call.value(5) ?? .null(.long), of: name)
        let timeline = try Timeline(type, step: call.value(7) ?? .null(.long), from: call.value(2), of: name)
        var rows: [[Scalar]] = []
        for group in try activity(call, name, dimensions: 8, places, lookback: lookback).groups {
            var recent: [Scalar: [Int64]] = [:]
            var active: [Activity.Event] = []
            for event in group.events {
                try call.context.checkTime()
                var own = recent[event.id, default: []].filter { event.place.clampedSubtracting($0) < lookback }
                own.append(event.place)
                recent[event.id] = own
                let isActive = Set(own.map { periods.bin($0) }).count >= needed
                if isActive, places.contains(event.place) { active.append(event) }
            }
            rows += Activity.Group(dimensions: [], events: active).bins(timeline).map { bin in
                [timeline.scalar(bin.start)] + group.dimensions + [.long(Int64(bin.events.ids.count))]
            }
        }
        return rows
    }

    /// The percentile, by nearest rank, of the values of the last bins.
    private static func rollingPercentiles(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "rolling_percentile"
        let header = call.header
        guard let percent = call.value(1)?.double, let count = call.value(4)?.long, count > 0 else {
            throw FunctionFault("SEM0001", "\(name): percentile and bins per window must be constants above zero")
        }
        let timeline = try Timeline(
            try header.schema(2, of: name).type, step: call.value(3) ?? .null(.long), of: name)
        let activity = Activity(
            call, id: try header.column(0, of: name), timeline: try header.column(2, of: name),
            dimensions: dimensions(header, from: 5), within: .min ... .max)
        let type = try header.schema(0, of: name).type
        var rows: [[Scalar]] = []
        for group in activity.groups {
            let bins = group.bins(timeline)
            var first = 0
            for (index, bin) in bins.enumerated() {
                try call.context.checkTime()
                while Self.distance(bins[first].start, bin.start, timeline, limit: count) >= count { first += 1 }
                var digest = Digest()
                for event in bins[first...index].flatMap(\.events) { digest.add(event.id) }
                digest.compact()
                let value = digest.percentile(percent) ?? .none(type)
                rows.append([timeline.scalar(bin.start)] + group.dimensions + [value])
            }
        }
        return rows
    }

    /// How many bins one lies behind another, no more than needs to be known.
    private static func distance(_ start: Int64, _ end: Int64, _ timeline: Timeline, limit: Int64) -> Int64 {
        var steps: Int64 = 0
        var next: Int64? = start
        while let bin = next, bin < end, steps < limit {
            steps += 1
            next = timeline.next(bin)
        }
        return steps
    }
}
