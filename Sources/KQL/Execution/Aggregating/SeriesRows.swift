/// `make-series`: for each key one row, whose arrays have an element for each step of the axis.
struct SeriesRows {
    private let series: BoundSeries
    private let axis: SeriesAxis
    private let frame: Frame
    /// For each row the step that it is in; rows out of the axis are left out.
    private let places: [Int64]
    private let execution: Execution

    init(_ frame: Frame, _ series: BoundSeries, _ execution: Execution) throws(KQLFault) {
        self.series = series
        self.execution = execution
        axis = try SeriesAxis(series, execution)
        let column = try Evaluator(frame, execution).column(series.axis)
        var rows: [Int32] = []
        var places: [Int64] = []
        for row in 0..<frame.count {
            guard let place = axis.place(of: column.value(at: row)) else { continue }
            rows.append(Int32(row))
            places.append(place)
        }
        self.frame = rows.count == frame.count ? frame : frame.picking(rows)
        self.places = places
    }

    /// The keys, the series, the axis.
    func result() throws(KQLFault) -> Frame {
        let evaluator = Evaluator(frame, execution)
        var keys: [Column] = []
        for group in series.groups { keys.append(try evaluator.column(group)) }
        let owners = Grouping(keys, rows: frame.count)
        guard frame.count > 0 || series.isNonEmpty && keys.isEmpty else {
            return Frame(count: 0, (keys.map(\.type) + series.arrayTypes).map { .none($0, count: 0) })
        }
        let cells = Cells(owners: owners, places: places)
        let spans = try self.spans(of: cells, count: owners.count)
        var columns = keys.map { $0.picking(Selection(owners.firsts)) }
        let values = try self.values(of: cells, keys, evaluator)
        for (index, column) in values.enumerated() {
            columns.append(arrays(column, try fallback(index, column.type), cells, spans))
        }
        return Frame(count: owners.count, columns + [axisColumn(spans)])
    }

    /// Elements of all arrays together, as each takes some dozens of bytes.
    private static let elementLimit: Int64 = 20_000_000

    /// A key's rows in one step.
    private struct Cells {
        let grouping: Grouping
        let owners: [Int32]
        let places: [Int64]

        init(owners: Grouping, places: [Int64]) {
            let keys = [Column(.long, integers: owners.groups.map(Int64.init)), Column(.long, integers: places)]
            // Without rows there are no cells.
            grouping = places.isEmpty ? Grouping(.none(.long, count: 0)) : Grouping(keys, rows: places.count)
            self.owners = grouping.firsts.map { owners.groups[Int($0)] }
            self.places = grouping.firsts.map { places[Int($0)] }
        }
    }

    private func values(of cells: Cells, _ keys: [Column], _ evaluator: Evaluator) throws(KQLFault) -> [Column] {
        let rows = GroupedRows(evaluator, groups: cells.grouping.groups, count: cells.grouping.count)
        let firsts = Selection(cells.grouping.firsts)
        var columns = keys.map { $0.picking(firsts) }
        for aggregate in series.aggregates { columns += try rows.columns(of: aggregate) }
        let results = Evaluator(Frame(count: cells.grouping.count, columns), execution)
        var values: [Column] = []
        for series in series.series { values.append(try results.column(series.value)) }
        return values
    }

    /// The steps of each key: all those asked for, or as far as it has rows.
    private func spans(of cells: Cells, count: Int) throws(KQLFault) -> [Range<Int64>] {
        var least = [Int64?](repeating: axis.first, count: count)
        var end = [Int64?](repeating: axis.end, count: count)
        for (owner, place) in zip(cells.owners, cells.places) {
            if axis.first == nil { least[Int(owner)] = min(least[Int(owner)] ?? place, place) }
            if axis.end == nil { end[Int(owner)] = max(end[Int(owner)] ?? place, place.addingIfFits(1) ?? .max) }
        }
        let spans = zip(least, end).map { least, end -> Range<Int64> in
            let start = least ?? end ?? 0
            return start..<max(start, end ?? start)
        }
        let lengths = spans.map { $0.upperBound.subtractingIfFits($0.lowerBound) ?? .max }
        let longest = lengths.max() ?? 0
        let (total, overflow) = longest.multipliedReportingOverflow(by: Int64(count * (series.series.count + 1)))
        guard longest <= Int64(ValueLimits.elements), !overflow, total <= Self.elementLimit else {
            throw KQLFault(
                "RUN0004", "make-series: the series would have more elements than a query may make",
                at: series.step.span, suggestion: "Take a longer step, a shorter time or fewer keys.")
        }
        return spans
    }

    /// What stands where a key has no rows: zero unless the query says otherwise.
    private func fallback(_ index: Int, _ type: ScalarType) throws(KQLFault) -> Dynamic {
        let isNumber = type.isNumeric || type == .timespan
        guard let expression = series.series[index].fallback else {
            return isNumber ? Scalar.long(0).converted(to: type).packed : Scalar.none(type).packed
        }
        let value = try execution.value(expression)
        // A fraction among whole numbers stays what it is.
        return isNumber && !(type.isInteger && value.type == .real) ? value.converted(to: type).packed : value.packed
    }

    private func arrays(_ column: Column, _ fallback: Dynamic, _ cells: Cells, _ spans: [Range<Int64>]) -> Column {
        var elements = spans.map { [Dynamic](repeating: fallback, count: $0.count) }
        for cell in cells.owners.indices {
            let owner = Int(cells.owners[cell])
            elements[owner][Int(cells.places[cell] - spans[owner].lowerBound)] = column.value(at: cell).packed
        }
        return Column(
            codes: (0..<Int32(spans.count)).map { $0 },
            ValueDictionary(.dynamic, elements.map { .dynamic(.array($0)) }))
    }

    private func axisColumn(_ spans: [Range<Int64>]) -> Column {
        let isShared = spans.allSatisfy { $0 == spans[0] }
        let axes = (isShared ? Array(spans.prefix(1)) : spans).map { span in
            Scalar.dynamic(.array(span.map { axis.value(at: $0) }))
        }
        let codes = (0..<Int32(spans.count)).map { isShared ? 0 : $0 }
        return Column(codes: codes, ValueDictionary(.dynamic, axes))
    }
}

extension BoundSeries {
    /// The types of the series and of the axis.
    fileprivate var arrayTypes: [ScalarType] { [ScalarType](repeating: .dynamic, count: series.count + 1) }
}
