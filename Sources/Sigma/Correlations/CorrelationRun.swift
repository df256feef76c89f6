internal import Events
internal import Tables

/// Runs correlations over what other rules matched in a table. Near linear in those matches.
struct CorrelationRun {
    private let events: EventTable
    /// By place of the rule: its rows in time order.
    private let rows: [[UInt32]]
    /// By place of the rule: the matches of correlations that have run.
    private(set) var matches: [Int: [CorrelationMatch]] = [:]

    /// How many groups one event may belong to, when several of its fields have several values.
    private static let groupLimit = 256

    /// - Parameter plans: In an order in which each comes after those it refers to.
    /// - Throws: `CancellationError` when the task is cancelled.
    init(_ plans: [CorrelationPlan], _ events: EventTable, rows: [[UInt32]]) async throws {
        self.events = events
        self.rows = rows
        let places = Set(plans.map(\.rule))
        let run = self
        matches = try await withThrowingTaskGroup(of: (Int, [CorrelationMatch]).self) { group in
            for plan in plans where plan.sources.allSatisfy({ !places.contains($0) }) {
                group.addTask { (plan.rule, try run.run(plan)) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for plan in plans where matches[plan.rule] == nil { matches[plan.rule] = try self.run(plan) }
    }

    private func run(_ plan: CorrelationPlan) throws -> [CorrelationMatch] {
        let paths = (plan.group + [plan.counted].compactMap { $0 }).flatMap(\.paths)
        let values = CorrelatedValues(events, paths)
        var matches: [CorrelationMatch] = []
        for (key, items) in try groups(of: plan, values) {
            try Task.checkCancellation()
            let sweep = CorrelationSweep(correlation: plan.correlation, items: items)
            let group = zip(plan.group, key).map { RuleMatch.GroupValue(field: $0.name, value: values.text($1)) }
            for stretch in sweep.stretches(numberOf: { DecimalNumber.parse(values.text($0)) }) {
                matches.append(
                    CorrelationMatch(rows: rows(of: items[stretch.items], plan), onset: stretch.onset, group: group))
            }
        }
        return matches.sorted { left, right in
            left.rows[0] != right.rows[0] && isOrdered(left.rows[0], before: right.rows[0])
        }
    }

    private func isOrdered(_ left: UInt32, before right: UInt32) -> Bool {
        events.isOrdered(Int(left), before: Int(right))
    }

    /// The rows of some items in time order, each once; those of another correlation's match with them.
    private func rows(of items: ArraySlice<CorrelationItem>, _ plan: CorrelationPlan) -> [UInt32] {
        var rows: Set<UInt32> = [], known: Set<[Int]> = []
        for item in items {
            rows.insert(item.row)
            guard let match = item.match, known.insert([item.source, match]).inserted else { continue }
            rows.formUnion(matches[plan.sources[item.source]]?[match].rows ?? [])
        }
        return rows.sorted { isOrdered($0, before: $1) }
    }
}

// MARK: Items and groups

extension CorrelationRun {
    /// The items of each group in time order, and the values that the group has in common. An event without a value for
    /// one of the fields belongs to no group; one with several belongs to the group of each.
    private func groups(
        of plan: CorrelationPlan, _ values: CorrelatedValues
    ) throws -> [(key: [UInt32], items: [CorrelationItem])] {
        let paths = plan.sources.indices.map { source in
            (plan.group + [plan.counted].compactMap { $0 }).map { $0.paths[source] }
        }
        var groups = CorrelationGroups(countsEvents: !plan.correlation.kind.isTemporal)
        for (count, item) in items(of: plan).enumerated() {
            if count % 4096 == 0 { try Task.checkCancellation() }
            var item = item
            let paths = paths[item.source]
            if plan.group.count == 1, let key = values.columnValue(paths[0], Int(item.row)),
                plan.counted == nil || values.take(paths[1], into: &item)
            {
                groups.add(item, to: key)
                continue
            }
            let found = values.read(Int(item.row), paths)
            if plan.counted != nil, let counted = found.last {
                item.value = counted.first ?? 0
                item.moreValues = Array(counted.dropFirst())
            }
            for key in Self.combinations(of: found.prefix(plan.group.count)) { groups.add(item, to: key) }
        }
        return groups.all
    }

    private static func combinations(of values: ArraySlice<[UInt32]>) -> [[UInt32]] {
        var keys: [[UInt32]] = [[]]
        for own in values { keys = Array(keys.lazy.flatMap { key in own.map { key + [$0] } }.prefix(groupLimit)) }
        return keys
    }

    /// What the rules of a plan matched, in time order. What has no time is left out.
    private func items(of plan: CorrelationPlan) -> [CorrelationItem] {
        var items: [CorrelationItem] = []
        for (source, rule) in plan.sources.enumerated() {
            guard let matches = matches[rule] else {
                items += rows[rule].compactMap { item($0, source) }
                continue
            }
            for (place, match) in matches.enumerated() {
                if plan.correlation.kind.isTemporal {
                    items += match.rows.compactMap { item($0, source, notBefore: match.onset) }
                } else if let last = match.rows.last, var item = item(last, source) {
                    item.match = place
                    items.append(item)
                }
            }
        }
        return items.sorted { left, right in
            if left.time != right.time { return left.time < right.time }
            return left.row == right.row ? left.source < right.source : isOrdered(left.row, before: right.row)
        }
    }

    private func item(_ row: UInt32, _ source: Int, notBefore onset: Int64 = .min) -> CorrelationItem? {
        events.time(at: Int(row)).map { CorrelationItem(time: max($0.ticks, onset), row: row, source: source) }
    }
}

/// The items of a correlation by the values that its events have in common.
private struct CorrelationGroups {
    private(set) var all: [(key: [UInt32], items: [CorrelationItem])] = []
    /// Whether an event that two of the rules match counts once.
    let countsEvents: Bool
    private var places: [[UInt32]: Int] = [:]
    /// The same for keys of one value, which are the most.
    private var placesOfOne: [UInt32: Int] = [:]

    init(countsEvents: Bool) { self.countsEvents = countsEvents }

    mutating func add(_ item: CorrelationItem, to key: UInt32) {
        let place = placesOfOne[key] ?? all.count
        if place == all.count {
            placesOfOne[key] = place
            all.append(([key], []))
        }
        add(item, at: place)
    }

    mutating func add(_ item: CorrelationItem, to key: [UInt32]) {
        if key.count == 1 { return add(item, to: key[0]) }
        let place = places[key] ?? all.count
        if place == all.count {
            places[key] = place
            all.append((key, []))
        }
        add(item, at: place)
    }

    private mutating func add(_ item: CorrelationItem, at place: Int) {
        if countsEvents, item.match == nil, let last = all[place].items.last, last.row == item.row, last.match == nil {
            return
        }
        all[place].items.append(item)
    }
}
