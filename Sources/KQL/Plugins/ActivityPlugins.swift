extension Plugins {
    /// Who comes, who stays and who leaves, window by window. Columns and figures: Kusto's documentation of
    /// each plugin.
    static let activities: [Plugin] = [
        Plugin(
            "activity_counts_metrics", "(id, timeline, start, end, window [, dimension, …])", arguments: 5...64,
            schema: counting(
                "activity_counts_metrics", dimensions: 5, ["count", "dcount", "new_dcount", "aggregated_dcount"])
        ) { call throws(FunctionFault) in try activityCounts(call) },
        Plugin(
            "activity_metrics", "(id, timeline [, start, end], window [, dimension, …])", arguments: 3...64,
            schema: .ofCall { header throws(FunctionFault) in
                let name = "activity_metrics"
                let first = window(header, afterRange: 4)
                return [try header.schema(1, of: name)] + (try header.schemas(from: first + 1, of: name))
                    + longs(["dcount_values", "dcount_newvalues"]) + reals(["retention_rate", "churn_rate"])
            }
        ) { call throws(FunctionFault) in try activityRates(call) },
        Plugin(
            "activity_engagement", "(id, timeline [, start, end], inner, outer [, dimension, …])", arguments: 4...64,
            schema: .ofCall { header throws(FunctionFault) in
                let name = "activity_engagement"
                let first = window(header, afterRange: 4)
                return [try header.schema(1, of: name)] + (try header.schemas(from: first + 2, of: name))
                    + longs(["dcount_activities_inner", "dcount_activities_outer"]) + reals(["activity_ratio"])
            }
        ) { call throws(FunctionFault) in try engagement(call) },
        Plugin(
            "new_activity_metrics",
            "(id, timeline, start, end, window [, cohort] [, dimension, …] [, lookback])", arguments: 5...64,
            schema: .ofCall { header throws(FunctionFault) in
                let name = "new_activity_metrics"
                let time = try header.schema(1, of: name)
                return [ColumnSchema("from_" + time.name, time.type), ColumnSchema("to_" + time.name, time.type)]
                    + dimensions(header, from: 5).map { header.columns[$0] }
                    + longs(["dcount_new_values", "dcount_retained_values", "dcount_churn_values"])
                    + reals(["retention_rate", "churn_rate"])
            }
        ) { call throws(FunctionFault) in try cohorts(call) },
    ]

    static func longs(_ names: [String]) -> [ColumnSchema] { names.map { ColumnSchema($0, .long) } }
    static func reals(_ names: [String]) -> [ColumnSchema] { names.map { ColumnSchema($0, .real) } }

    /// The time line, the dimensions, then counts.
    static func counting(_ name: String, dimensions first: Int, _ counts: [String]) -> Plugin.Schema {
        .ofCall { header throws(FunctionFault) in
            _ = try header.schema(0, of: name)
            return [try header.schema(1, of: name)] + (try header.schemas(from: first, of: name)) + longs(counts)
        }
    }

    /// The columns from an argument on.
    static func dimensions(_ header: PluginHeader, from first: Int) -> [Int] {
        header.arguments.dropFirst(first).compactMap { argument in
            if case .column(let column) = argument, column < header.columns.count { column } else { nil }
        }
    }

    /// Where the window's width stands: behind a start and an end, or without them at the third place.
    private static func window(_ header: PluginHeader, afterRange index: Int) -> Int {
        guard header.arguments.count > index, case .column = header.arguments[index] else {
            return header.arguments.count > index ? index : 2
        }
        return 2
    }

    /// From a start to an end, both included.
    static func range(_ call: PluginCall, _ start: Int, _ end: Int, of name: String) throws(FunctionFault)
        -> ClosedRange<Int64>
    {
        guard let low = call.value(start).flatMap(Timeline.place), let high = call.value(end).flatMap(Timeline.place)
        else { throw FunctionFault("SEM0001", "\(name): start and end must be constants of the time line's type") }
        return low...max(low, high)
    }

    /// Where the window's width stands, the stretch of the time line that counts, and its windows.
    private static func windows(
        _ call: PluginCall, of name: String
    ) throws(FunctionFault) -> (width: Int, places: ClosedRange<Int64>, timeline: Timeline) {
        let width = window(call.header, afterRange: 4), isOpen = width == 2
        let places = isOpen ? Int64.min...Int64.max : try range(call, 2, 3, of: name)
        let timeline = try Timeline(
            try call.header.schema(1, of: name).type, step: call.value(width) ?? .null(.long),
            from: isOpen ? nil : call.value(2), of: name)
        return (width, places, timeline)
    }

    private static func activityCounts(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "activity_counts_metrics"
        let header = call.header
        let places = try range(call, 2, 3, of: name)
        let timeline = try Timeline(
            try header.schema(1, of: name).type, step: call.value(4) ?? .null(.long), from: call.value(2), of: name)
        let activity = Activity(
            call, id: try header.column(0, of: name), timeline: try header.column(1, of: name),
            dimensions: dimensions(header, from: 5), within: places)
        return activity.groups.flatMap { group in
            var seen: Set<Scalar> = []
            return group.bins(timeline).map { bin in
                let ids = bin.events.ids
                let new = ids.subtracting(seen)
                seen.formUnion(new)
                return [timeline.scalar(bin.start)] + group.dimensions
                    + [bin.events.count, ids.count, new.count, seen.count].map { .long(Int64($0)) }
            }
        }
    }

    private static func activityRates(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "activity_metrics"
        let (step, places, timeline) = try windows(call, of: name)
        let activity = Activity(
            call, id: try call.header.column(0, of: name), timeline: try call.header.column(1, of: name),
            dimensions: dimensions(call.header, from: step + 1), within: places)
        return activity.groups.flatMap { group in
            var previous: (end: Int64?, ids: Set<Scalar>) = (nil, [])
            return group.bins(timeline).map { bin in
                let ids = bin.events.ids
                let before = previous.end == bin.start ? previous.ids : []
                let kept = Double(ids.intersection(before).count) / Double(before.count)
                previous = (timeline.next(bin.start), ids)
                return [timeline.scalar(bin.start)] + group.dimensions
                    + [
                        .long(Int64(ids.count)), .long(Int64(ids.subtracting(before).count)), .real(kept),
                        .real(1 - kept),
                    ]
            }
        }
    }

    private static func engagement(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "activity_engagement"
        let (inner, places, timeline) = try windows(call, of: name)
        guard let outer = call.value(inner + 1).flatMap(Timeline.place), outer > 0 else {
            throw FunctionFault("SEM0001", "\(name): the outer window must be a constant above zero")
        }
        let activity = Activity(
            call, id: try call.header.column(0, of: name), timeline: try call.header.column(1, of: name),
            dimensions: dimensions(call.header, from: inner + 2), within: places)
        var rows: [[Scalar]] = []
        for group in activity.groups {
            for bin in group.bins(timeline) {
                try call.context.checkTime()
                let end = timeline.next(bin.start) ?? .max
                let start = end.clampedSubtracting(outer)
                let wide = group.events.filter { $0.place >= start && $0.place < end }.ids.count
                let near = bin.events.ids.count
                rows.append(
                    [timeline.scalar(bin.start)] + group.dimensions
                        + [.long(Int64(near)), .long(Int64(wide)), .real(Double(near) / Double(wide))])
            }
        }
        return rows
    }
}
