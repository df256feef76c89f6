public import Events
internal import Tables

extension LocalTable {
    /// The events of a session as the table `OktaSystemLog`, with the columns of the contract.
    ///
    /// Cheap: a column is made when a query first reads it, and then kept. Those that the events have in columns of
    /// their own are taken over as they are; the others are read from the raw events (about 1.5 seconds a million), for
    /// few rows each time anew. A snapshot: events that are added later need a new table.
    public static func oktaSystemLog(_ events: EventTable) -> LocalTable {
        okta("OktaSystemLog", OktaColumn.systemLog, events)
    }

    /// The events of a session as Sentinel's second connector writes them: the table `OktaV2_CL`. As cheap as
    /// ``oktaSystemLog(_:)``. Columns that the System Log has nothing for are empty.
    public static func oktaV2(_ events: EventTable) -> LocalTable { okta("OktaV2_CL", OktaColumn.oktaV2, events) }

    /// The events of a session as Sentinel's first connector writes them: the table `Okta_CL`. As cheap as
    /// ``oktaSystemLog(_:)``. Columns that the System Log has nothing for are empty.
    public static func oktaCL(_ events: EventTable) -> LocalTable { okta("Okta_CL", OktaColumn.oktaCL, events) }

    static func okta(_ name: String, _ columns: [OktaColumn], _ events: EventTable) -> LocalTable {
        let late = columns.map { $0.late(of: events) }
        return LocalTable(
            name, columns.map(\.schema), LateColumns(count: events.count, late) { events.rows(inTicks: $0) })
    }
}

extension OktaColumn {
    /// This column of some events, not yet made.
    fileprivate func late(of events: EventTable) -> LateColumn {
        let type = schema.type
        if case .raw(let path) = source {
            let raw = RawColumn(events, path, type)
            return LateColumn(some: { raw.column(keptIn: $0) }) { () throws(KQLFault) in try raw.read() }
        }
        return LateColumn { [source] () throws(KQLFault) in
            switch source {
            case .time: events.times()
            case .id: Column.texts((0..<events.count).map { events[$0].id })
            case .field(let field, let words): events.texts(of: field, as: type, words)
            case .number(let field): events.numbers(of: field, as: type)
            case .constant(let value): Column(constant: value, count: events.count)
            case .raw: Column.none(type, count: events.count)
            }
        }
    }
}

extension EventTable {
    /// The rows whose time lies in a window, by time: the same for the same events in any order. Costs what they cost,
    /// not what all rows do.
    fileprivate func rows(inTicks window: ClosedRange<Int64>) -> [Int32] {
        let order = timeOrder
        func place(_ isBefore: (Int64) -> Bool) -> Int {
            var low = 0, high = order.count
            while low < high {
                let middle = (low + high) / 2
                if isBefore(time(at: order[middle])?.ticks ?? .max) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let first = place { $0 < window.lowerBound }, end = place { $0 <= window.upperBound && $0 != .max }
        return order[first..<max(first, end)].map { Int32($0) }
    }

    fileprivate func times() -> Column {
        var builder = ColumnBuilder(.datetime, capacity: count)
        for row in 0..<count { builder.append(Scalar(datetime: time(at: row)?.ticks)) }
        return builder.column
    }

    /// The codes as they are, and each different text once.
    fileprivate func texts(of field: EventField, as type: ScalarType, _ words: ((String) -> String)?) -> Column {
        let own = column(field)
        let codes = own.codes.map { Int32(truncatingIfNeeded: $0) }
        let texts = own.dictionary.map { words?($0) ?? $0 }
        if type == .string {
            return Column(codes: codes, ValueDictionary(texts: texts, isDistinct: words == nil))
        }
        return Column(codes: codes, of: texts.map { $0.isEmpty ? .none(type) : Scalar(cell: $0, as: type) }, type)
    }

    fileprivate func numbers(of field: NumberField, as type: ScalarType) -> Column {
        var builder = ColumnBuilder(type, capacity: count)
        for row in 0..<count {
            let value = number(field, at: row)
            builder.append(type == .real ? Scalar(value) : Scalar(value.flatMap { Int64(exactly: $0) }))
        }
        return builder.column
    }
}

extension Column {
    /// A column of texts that are nearly all different.
    static func texts(_ texts: [String]) -> Column {
        Column(codes: (0..<Int32(texts.count)).map { $0 }, ValueDictionary(texts: texts))
    }

    /// A column of values that stand for codes.
    init(codes: [Int32], of values: [Scalar], _ type: ScalarType) {
        switch type {
        case .bool, .int, .long, .datetime, .timespan, .real:
            var builder = ColumnBuilder(type, capacity: codes.count)
            for code in codes { builder.append(values[Int(code)]) }
            self = builder.column
        default: self.init(codes: codes, ValueDictionary(type, values))
        }
    }
}
