// `and`, `or` and filters, in three-valued logic.

extension Evaluator {
    /// `null and false` is false, `null or true` is true, and null otherwise wins.
    func logical(_ operation: LogicalExpression.Operator, _ operands: [BoundExpression]) throws(KQLFault) -> Column {
        let decisive: UInt8 = operation == .and ? 0 : 1
        var result = try flags(operands[0])
        for operand in operands.dropFirst() {
            if result.allSatisfy({ $0 == decisive }) { break }
            let next = try flags(operand)
            for row in result.indices {
                if result[row] == decisive { continue }
                if next[row] == decisive || next[row] == 2 { result[row] = next[row] }
            }
        }
        return Column(flags: result)
    }

    /// The truth of an expression for each row: 0, 1, and 2 for null. Dynamic values count as what they convert to.
    func flags(_ expression: BoundExpression) throws(KQLFault) -> [UInt8] {
        let column = try column(expression)
        switch column.storage {
        case .flags(let flags): return flags
        case .constant(let value): return [UInt8](repeating: Self.flag(value.truth), count: count)
        default: return (0..<count).map { Self.flag(column.value(at: $0).truth) }
        }
    }

    static func flag(_ truth: Bool?) -> UInt8 { truth.map { $0 ? 1 : 0 } ?? 2 }

    /// The rows for which a condition holds. The operands of `and` are tried one after the other, each on the rows that
    /// are left.
    func filtered(by predicate: BoundExpression) throws(KQLFault) -> Frame {
        guard case .logical(.and, let operands) = predicate.node, operands.allSatisfy(\.isLocal) else {
            return try narrowed(by: predicate)
        }
        var evaluator = self
        for operand in operands {
            if evaluator.count == 0 { break }
            evaluator = Evaluator(try evaluator.narrowed(by: operand), execution)
        }
        return evaluator.frame
    }

    private func narrowed(by predicate: BoundExpression) throws(KQLFault) -> Frame {
        let rows = try rows(where: predicate)
        return rows.count == count ? frame : frame.picking(rows)
    }

    /// The rows for which a condition is true.
    func rows(where predicate: BoundExpression) throws(KQLFault) -> [Int32] {
        let flags = try flags(predicate)
        return [Int32](unsafeUninitializedCapacity: flags.count) { output, length in
            // The place is written for every row and kept only where the flag is set, which needs no branch.
            for (row, flag) in flags.enumerated() {
                output.baseAddress.unsafelyUnwrapped[length] = Int32(truncatingIfNeeded: row)
                length += flag == 1 ? 1 : 0
            }
        }
    }
}
