extension Plugins {
    /// `new_activity_metrics`: of those who first came in one window, who came back in each later one.
    static func cohorts(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let name = "new_activity_metrics"
        let header = call.header
        let places = try range(call, 2, 3, of: name)
        let id = try header.column(0, of: name)
        let timeline = try Timeline(
            try header.schema(1, of: name).type, step: call.value(4) ?? .null(.long), from: call.value(2), of: name)
        let activity = Activity(
            call, id: id, timeline: try header.column(1, of: name), dimensions: dimensions(header, from: 5),
            within: places)
        let windows = try windows(timeline, places, of: name)
        let wanted = call.value(5).flatMap(Timeline.place).map { timeline.bin($0) }
        let before = earlier(call, id: header.columns[id].name)
        var rows: [[Scalar]] = []
        for group in activity.groups {
            let seen = Dictionary(group.bins(timeline).map { ($0.start, $0.events.ids) }) { $0.union($1) }
            var known = before
            for (index, from) in windows.enumerated() {
                try call.context.checkTime()
                let cohort = seen[from, default: []].subtracting(known)
                known.formUnion(cohort)
                guard !cohort.isEmpty, wanted == nil || wanted == from else { continue }
                for target in windows[index...] {
                    let ids = seen[target, default: []]
                    let new = target == from ? cohort.count : ids.subtracting(known).count
                    let figures = counts(cohort.count, new: new, kept: ids.intersection(cohort).count)
                    rows.append([timeline.scalar(from), timeline.scalar(target)] + group.dimensions + figures)
                }
            }
        }
        return rows
    }

    /// The windows from the start to the end.
    private static func windows(
        _ timeline: Timeline, _ places: ClosedRange<Int64>, of name: String
    ) throws(FunctionFault) -> [Int64] {
        var windows: [Int64] = []
        var next: Int64? = timeline.bin(places.lowerBound)
        while let window = next, window <= places.upperBound {
            windows.append(window)
            guard windows.count <= 10_000 else {
                throw FunctionFault(
                    "RUN0001", "\(name): there are more than 10000 windows", suggestion: "Take a wider window.")
            }
            next = timeline.next(window)
        }
        return windows
    }

    /// The ids of the look-back table, which are not new: its column of the same name, or else its first.
    private static func earlier(_ call: PluginCall, id: String) -> Set<Scalar> {
        guard let columns = call.header.tables.first, let rows = call.tables.first else { return [] }
        let index = columns.index(named: id) ?? 0
        return Set(rows.compactMap { $0.indices.contains(index) ? $0[index] : nil })
    }

    private static func counts(_ size: Int, new: Int, kept: Int) -> [Scalar] {
        let rate = Double(kept) / Double(size)
        return [new, kept, size - kept].map { .long(Int64($0)) } + [.real(rate), .real(1 - rate)]
    }
}
