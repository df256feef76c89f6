/// Which stretch of time a query reads of each table, as far as its filters say so.
///
/// A filter counts where it stands between the table and the first operator that hides the time: what is behind a
/// `take` or a `summarize` that drops the time has been read by then.
struct TimeBounds {
    /// From and until, in ticks since 1970, both included; `nil` where nothing bounds it.
    struct Range: Hashable {
        var from: Int64?
        var until: Int64?

        /// What both allow.
        func narrowed(by other: Range) -> Range {
            Range(
                from: [from, other.from].compactMap { $0 }.max(), until: [until, other.until].compactMap { $0 }.min())
        }
    }

    private let query: BoundQuery
    private(set) var reads: [(table: String, range: Range)] = []

    /// Ranges by the columns of the rows that a walk stands at.
    private typealias Ranges = [Int: Range]

    init(_ query: BoundQuery) {
        self.query = query
        walk(query.table, [:])
        for case .firstValue(let table) in query.variables { walk(table, [:]) }
        for case .firstColumn(let table) in query.variables { walk(table, [:]) }
    }

    private mutating func walk(_ table: BoundTable, _ ranges: Ranges) {
        switch table.node {
        case .table(let name): note(name, table.columns, ranges)
        case .view(let index): walk(query.views[index], ranges)
        case .filter(let input, let predicate): walk(input, adding(predicate, to: ranges))
        case .project(let input, let values): walk(input, moved(ranges, values))
        case .summarize(let input, let groups, _): walk(input, moved(ranges, groups))
        case .sort(let input, _): walk(input, ranges)
        case .expand(let input, let expansion):
            walk(input, ranges.filter { range in !expansion.columns.contains { $0.target == range.key } })
        case .parse(let input, let parse):
            walk(input, ranges.filter { range in !parse.targets.contains { $0.index == range.key } })
        case .parseKeyValues(let input, let pairs):
            walk(input, ranges.filter { range in !pairs.columns.contains { $0.target == range.key } })
        case .join(let join): walk(join, ranges)
        case .union(let union): walk(union, ranges)
        case .apply(let input, _, let body, _, _), .partition(let input, _, let body):
            walk(input, [:])
            walk(body, [:])
        default: for input in table.inputs { walk(input, [:]) }
        }
    }

    /// A filter on one side's time says nothing of the other side, and nothing where that side's rows may be missing.
    private mutating func walk(_ join: BoundJoin, _ ranges: Ranges) {
        let count = join.leftColumns.count
        var left: Ranges = [:]
        var right: Ranges = [:]
        for (column, range) in ranges {
            if column < count {
                left[join.leftColumns[column]] = range
            } else if column - count < join.rightColumns.count {
                right[join.rightColumns[column - count]] = range
            }
        }
        walk(join.left, [.rightOuter, .fullOuter].contains(join.kind) ? [:] : left)
        walk(join.right, [.leftOuter, .fullOuter].contains(join.kind) ? [:] : right)
    }

    private mutating func walk(_ union: BoundUnion, _ ranges: Ranges) {
        let offset = union.hasSourceColumn ? 1 : 0
        for input in union.inputs {
            var own: Ranges = [:]
            for (column, range) in ranges where column >= offset && column - offset < input.columns.count {
                if let index = input.columns[column - offset] { own[index] = range }
            }
            walk(input.table, own)
        }
    }

    private func moved(_ ranges: Ranges, _ values: [BoundExpression]) -> Ranges {
        ranges.reduce(into: [:]) { result, range in
            guard range.key < values.count, let column = values[range.key].column else { return }
            result[column] = (result[column] ?? Range()).narrowed(by: range.value)
        }
    }

    private mutating func note(_ name: String, _ columns: [ColumnSchema], _ ranges: Ranges) {
        let range = Self.timeColumn(of: columns).flatMap { ranges[$0] } ?? Range()
        reads.append((name, range))
    }

    /// The column that says when a row came about: what Log Analytics and Defender call it, else the first time.
    static func timeColumn(of columns: [ColumnSchema]) -> Int? {
        for name in ["TimeGenerated", "Timestamp"] {
            if let index = columns.firstIndex(where: { $0.name == name && $0.type == .datetime }) { return index }
        }
        return columns.firstIndex { $0.type == .datetime }
    }
}

// MARK: Filters

extension TimeBounds {
    private func adding(_ predicate: BoundExpression, to ranges: Ranges) -> Ranges {
        var ranges = ranges
        for (column, range) in conditions(predicate) {
            ranges[column] = (ranges[column] ?? Range()).narrowed(by: range)
        }
        return ranges
    }

    private func conditions(_ predicate: BoundExpression) -> [(Int, Range)] {
        switch predicate.node {
        case .logical(.and, let operands): return operands.flatMap(conditions)
        case .comparison(let operation, let left, let right):
            if let column = time(left), let ticks = ticks(right) { return [(column, range(operation, ticks))] }
            if let column = time(right), let ticks = ticks(left) { return [(column, range(operation.mirrored, ticks))] }
            return []
        case .between(false, let value, let lower, let upper):
            guard let column = time(value), let from = ticks(lower) else { return [] }
            let end = upper.type == .timespan ? constant(upper)?.timespanTicks.flatMap(from.addingIfFits) : ticks(upper)
            return [(column, Range(from: from, until: end))]
        default: return []
        }
    }

    private func range(_ operation: Comparison, _ ticks: Int64) -> Range {
        switch operation {
        case .equal: Range(from: ticks, until: ticks)
        case .less, .lessOrEqual: Range(until: ticks)
        case .greater, .greaterOrEqual: Range(from: ticks)
        case .notEqual: Range()
        }
    }

    private func time(_ expression: BoundExpression) -> Int? {
        expression.type == .datetime ? expression.column : nil
    }

    private func ticks(_ expression: BoundExpression) -> Int64? {
        guard expression.type == .datetime else { return nil }
        return constant(expression)?.datetimeTicks
    }

    private func constant(_ expression: BoundExpression) -> Scalar? {
        if case .variable(let index) = expression.node, case .expression(let value) = query.variables[index] {
            return value.constant
        }
        return expression.constant
    }
}
