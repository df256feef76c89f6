/// Works out expressions for all rows of a frame.
///
/// An expression of a single text or dynamic column is worked out once for each different value of it; the commonest
/// operations on numbers have loops of their own; all others go row by row through the functions' bodies.
struct Evaluator: Sendable {
    let frame: Frame
    let execution: Execution

    init(_ frame: Frame, _ execution: Execution) {
        self.frame = frame
        self.execution = execution
    }

    var count: Int { frame.count }

    /// The frame with these columns, each worked out when it is read.
    func projected(_ values: [BoundExpression]) throws(KQLFault) -> Frame {
        var columns: [Column] = []
        columns.reserveCapacity(values.count)
        for value in values { columns.append(later(value)) }
        return Frame(count: count, columns)
    }

    /// The column of an expression, which is worked out when it is read.
    func later(_ expression: BoundExpression) -> Column {
        if let index = expression.column { return frame.columns[index] }
        if let constant = expression.constant { return Column(.constant(constant), of: expression.type, count: count) }
        let select: @Sendable (Selection) -> Column = { [frame, execution] selection in
            Evaluator(frame.picking(selection), execution).later(expression)
        }
        return Column(of: expression.type, count: count, on: expression.isLocal ? select : nil) {
            () throws(KQLFault) in try column(expression)
        }
    }

    /// The column of an expression, worked out.
    func column(_ expression: BoundExpression) throws(KQLFault) -> Column {
        if let index = expression.column { return try frame.columns[index].resolved() }
        if let constant = expression.constant { return Column(.constant(constant), of: expression.type, count: count) }
        if !expression.dependsOnRow, count != 1 || !frame.columns.isEmpty {
            return Column(.constant(try execution.value(expression)), of: expression.type, count: count)
        }
        try execution.check()
        if let mapped = try mapped(expression) { return mapped }
        switch expression.node {
        case .constant(let value): return Column(.constant(value), of: expression.type, count: count)
        case .column(let index): return try frame.columns[index].resolved()
        case .variable(let index): return try variable(index, expression)
        case .logical(let operation, let operands): return try logical(operation, operands)
        case .comparison(let operation, let left, let right): return try compared(operation, left, right)
        case .text(let operation, let isNegated, let left, let right):
            return try text(operation, isNegated, left, right)
        case .matches(let value, let pattern): return try matches(value, pattern, expression.span)
        case .membership(let operation, let value, let list): return try membership(operation, value, list)
        case .membershipInTable(let operation, let value, let variable):
            return try membership(operation, value, inTable: variable)
        case .between(let isNegated, let value, let lower, let upper):
            return try between(isNegated, value, lower, upper)
        case .arithmetic(let operation, let left, let right):
            return try arithmetic(operation, left, right, expression.type)
        case .call(let function, let arguments): return try call(function, arguments, expression)
        case .window(let window, let arguments): return try windowed(window, arguments, expression)
        default: return try composed(expression)
        }
    }

    /// What is left: signs, elements of dynamic values, and bags of columns.
    private func composed(_ expression: BoundExpression) throws(KQLFault) -> Column {
        switch expression.node {
        case .negation(let operand):
            return try rowwise([operand], expression) { Arithmetic.negated($0[0]) }
        case .element(let base, let key):
            return try rowwise([base, key], expression) { values in
                Scalar(values[0].packed[values[1]])
            }
        case .bag(let names, let values, let skipsEmpty):
            return try rowwise(values, expression) { Self.bag(names, $0, skipsEmpty: skipsEmpty) }
        default: return .none(expression.type, count: count)
        }
    }

    private static func bag(_ names: [String], _ values: [Scalar], skipsEmpty: Bool) -> Scalar {
        var members: [Dynamic.Bag.Member] = []
        for (name, value) in zip(names, values) where !skipsEmpty || !value.isEmpty {
            members.append(Dynamic.Bag.Member(name, value.packed))
        }
        return .dynamic(.bag(Dynamic.Bag(members)))
    }

    private func variable(_ index: Int, _ expression: BoundExpression) throws(KQLFault) -> Column {
        switch try execution.variable(index) {
        case .value(let value): return Column(.constant(value), of: expression.type, count: count)
        case .column(let column):
            let value = column.count > 0 ? column.value(at: 0) : .none(expression.type)
            return Column(.constant(value), of: expression.type, count: count)
        }
    }
}

// MARK: One value at a time

extension Evaluator {
    /// The results of a body for each row.
    func rowwise(
        _ operands: [BoundExpression], _ expression: BoundExpression,
        _ body: ([Scalar]) throws(FunctionFault) -> Scalar
    ) throws(KQLFault) -> Column {
        var columns: [Column] = []
        for operand in operands { columns.append(try column(operand)) }
        return try rowwise(columns, expression.type, at: expression.span, body)
    }

    func rowwise(
        _ columns: [Column], _ type: ScalarType, at span: SourceSpan,
        _ body: ([Scalar]) throws(FunctionFault) -> Scalar
    ) throws(KQLFault) -> Column {
        var values = columns.map { column -> Scalar in
            if case .constant(let value) = column.storage { value } else { .none(column.type) }
        }
        let varying = columns.indices.filter { if case .constant = columns[$0].storage { false } else { true } }
        var builder = ColumnBuilder(type, capacity: count)
        do throws(FunctionFault) {
            for row in 0..<count {
                if row & 0xFFF == 0xFFF { try checkTime() }
                for index in varying { values[index] = columns[index].value(at: row) }
                builder.append(try body(values))
            }
        } catch { throw KQLFault(error, at: span) }
        return builder.column
    }

    private func checkTime() throws(FunctionFault) {
        if Task.isCancelled { throw FunctionFault("RUN0002", "the query was cancelled") }
        try execution.context.checkTime()
    }

    /// The results of an expression of one coded column, for each of its different values.
    private func mapped(_ expression: BoundExpression) throws(KQLFault) -> Column? {
        guard expression.isLocal, let index = expression.onlyColumn else { return nil }
        guard case .coded(let codes, let dictionary) = try frame.columns[index].resolved().storage,
            dictionary.count < count
        else { return nil }
        var columns = frame.columns.map { Column.none($0.type, count: dictionary.count) }
        columns[index] = dictionary.column
        let values = try Evaluator(Frame(count: dictionary.count, columns), execution).column(expression)
        return try values.picking(Selection(codes)).resolved()
    }
}
