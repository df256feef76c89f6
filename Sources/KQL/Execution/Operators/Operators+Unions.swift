extension Operators {
    /// `union`: the inputs one after the other, each column from those that have it.
    static func united(
        _ union: BoundUnion, _ columns: [ColumnSchema], _ execution: Execution, _ enclosing: Frame?
    ) throws(KQLFault) -> Frame {
        var frames: [Frame] = []
        for input in union.inputs { frames.append(try execution.run(input.table, enclosing)) }
        let inputs = frames
        let count = inputs.reduce(0) { $0 + $1.count }
        try execution.limits.check(rows: count)
        let offset = union.hasSourceColumn ? 1 : 0
        var result: [Column] = union.hasSourceColumn ? [names(union, inputs)] : []
        for index in 0..<(columns.count - offset) {
            let type = columns[index + offset].type
            result.append(
                Column(of: type, count: count) { () throws(KQLFault) in
                    let parts = zip(union.inputs, inputs).map { input, frame in
                        input.columns[index].map { frame.columns[$0] } ?? .none(type, count: frame.count)
                    }
                    return try Column.concatenated(parts, as: type)
                })
        }
        return Frame(count: count, result)
    }

    private static func names(_ union: BoundUnion, _ inputs: [Frame]) -> Column {
        let codes = inputs.enumerated().flatMap { [Int32](repeating: Int32($0.offset), count: $0.element.count) }
        return Column(codes: codes, ValueDictionary(texts: union.inputs.map(\.name)))
    }
}
