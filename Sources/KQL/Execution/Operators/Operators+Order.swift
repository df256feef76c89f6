// Operators that order rows, and that take some of them.

extension Operators {
    static func ordered(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        switch table.node {
        case .sort(let input, let keys):
            let frame = try execution.run(input, enclosing)
            return frame.picking(try RowOrder(keys, frame, execution).rows())
        case .top(let input, let count, let key):
            let frame = try execution.run(input, enclosing)
            return frame.picking(try RowOrder([key], frame, execution).first(try number(count, execution)))
        case .take(let input, let count):
            return try execution.run(input, enclosing).prefix(try number(count, execution))
        case .sample(let input, let count):
            return try sampled(execution.run(input, enclosing), try number(count, execution), execution)
        case .sampleDistinct(let input, let count, let value):
            let frame = try execution.run(input, enclosing)
            let values = try Summary(frame, execution).frame([value], [])
            return try sampled(values, try number(count, execution), execution)
        default: return Frame(count: 0, [])
        }
    }

    static func number(_ count: BoundExpression, _ execution: Execution) throws(KQLFault) -> Int {
        Int(clamping: max(0, try execution.value(count).long ?? 0))
    }

    /// Some rows, each as likely as any other, in their order (Floyd's way of sampling).
    private static func sampled(_ frame: Frame, _ length: Int, _ execution: Execution) throws(KQLFault) -> Frame {
        guard length < frame.count else { return frame }
        var picked = Set<Int32>(minimumCapacity: length)
        for limit in (frame.count - length)..<frame.count {
            let row = Int32(truncatingIfNeeded: execution.context.random() % UInt64(limit + 1))
            if !picked.insert(row).inserted { picked.insert(Int32(limit)) }
        }
        return frame.picking(picked.sorted())
    }
}
