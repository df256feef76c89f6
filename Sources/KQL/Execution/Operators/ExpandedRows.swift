/// `mv-expand`: a row for each element of one or several dynamic values.
struct ExpandedRows {
    private let frame: Frame
    private let expansion: BoundExpansion
    private let execution: Execution

    init(_ frame: Frame, _ expansion: BoundExpansion, _ execution: Execution) {
        self.frame = frame
        self.expansion = expansion
        self.execution = execution
    }

    func frame(_ schema: [ColumnSchema]) throws(KQLFault) -> Frame { try expanded(schema).frame }

    /// The expanded rows, with the row of the source that each comes from.
    func expanded(_ schema: [ColumnSchema]) throws(KQLFault) -> (frame: Frame, rows: Selection) {
        var elements: [Elements] = []
        let evaluator = Evaluator(frame, execution)
        for column in expansion.columns {
            elements.append(Elements(try evaluator.column(column.value), isArray: expansion.isArray))
        }
        let limit = try expansion.limit.map { limit throws(KQLFault) in try Operators.number(limit, execution) }
        let (rows, indices) = try places(elements, limit ?? .max)
        let selection = Selection(rows)
        // New columns stand at the end, so the others' places are those of the source.
        var columns: [Column] = []
        for index in schema.indices {
            if let own = expansion.columns.firstIndex(where: { $0.target == index }) {
                columns.append(elements[own].column(rows, indices, schema[index].type))
            } else if index == expansion.indexColumn {
                columns.append(Column(.long, integers: indices.map(Int64.init)))
            } else {
                columns.append(frame.columns[index].picking(selection))
            }
        }
        return (Frame(count: rows.count, columns), selection)
    }

    private func places(_ elements: [Elements], _ limit: Int) throws(KQLFault) -> (rows: [Int32], indices: [Int32]) {
        var rows: [Int32] = []
        var indices: [Int32] = []
        for row in 0..<frame.count {
            let length = min(elements.map { $0.length(row) }.max() ?? 0, limit)
            for index in 0..<length {
                rows.append(Int32(row))
                indices.append(Int32(index))
            }
            if row & 0xFFF == 0 {
                try execution.check()
                try execution.limits.check(rows: rows.count)
            }
        }
        return (rows, indices)
    }
}

/// The elements of each different value of a dynamic column.
private struct Elements {
    private let codes: [Int32]
    /// Where each code's elements begin, and behind the last where they end.
    private var starts: [Int32] = [0]
    private var values: [Scalar] = []

    init(_ column: Column, isArray: Bool) {
        let dictionary: ValueDictionary
        switch column.storage {
        case .coded(let own, let values): (codes, dictionary) = (own, values)
        default:
            codes = [Int32](repeating: 0, count: column.count)
            dictionary = ValueDictionary(.dynamic, [column.count > 0 ? column.value(at: 0) : .null(.dynamic)])
        }
        for code in 0..<Int32(dictionary.count) {
            values += Self.elements(dictionary[code].packed, isArray)
            starts.append(Int32(values.count))
        }
    }

    /// An empty array has none, null has one that is null, and a bag one for each property.
    private static func elements(_ value: Dynamic, _ isArray: Bool) -> [Scalar] {
        switch value {
        case .array(let elements): elements.map { Scalar($0) }
        case .bag(let bag) where isArray:
            bag.members.map { .dynamic(.array([.string($0.key), $0.value])) }
        case .bag(let bag): bag.members.map { .dynamic(.bag(Dynamic.Bag([$0]))) }
        default: [Scalar(value)]
        }
    }

    func length(_ row: Int) -> Int { Int(starts[Int(codes[row]) + 1] - starts[Int(codes[row])]) }

    /// Elements by their rows and indices; null beyond a row's last.
    func column(_ rows: [Int32], _ indices: [Int32], _ type: ScalarType) -> Column {
        let none = Int32(values.count)
        let picked = rows.indices.map { place in
            let code = Int(codes[Int(rows[place])])
            let element = starts[code] + indices[place]
            return element < starts[code + 1] ? element : none
        }
        let all = values + [.null(.dynamic)]
        if type == .dynamic { return Column(codes: picked, ValueDictionary(.dynamic, all)) }
        var builder = ColumnBuilder(type, capacity: all.count)
        for value in all { builder.append(value.converted(to: type)) }
        return builder.column.picking(Selection(picked))
    }
}
