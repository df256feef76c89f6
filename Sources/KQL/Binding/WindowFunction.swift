/// Functions of the rows around. They need rows in an order: `sort`, `serialize`, `range` and the like before them.
enum WindowFunction: String, CaseIterable, Sendable {
    case rowNumber = "row_number"
    case rowCumulativeSum = "row_cumsum"
    case rowRankDense = "row_rank_dense"
    case rowRankMinimum = "row_rank_min"
    case rowWindowSession = "row_window_session"
    case previous = "prev"
    case next
}

extension QueryBinder {
    mutating func windowed(
        _ window: WindowFunction, _ call: FunctionCall, _ rows: RowScope
    ) throws(KQLFault) -> BoundExpression {
        let arguments = try arguments(of: call, rows)
        guard rows.isSerialized else {
            throw KQLFault(
                "SEM0001", "\(window.rawValue)() needs rows in an order", at: call.span,
                suggestion: "Put `sort by …` or `serialize` before it.")
        }
        guard let signature = window.signature(arguments.map(\.argument)) else {
            throw KQLFault(
                "SEM0001", "\(window.rawValue)(): the arguments' number or types are wrong", at: call.span,
                suggestion: "It is written \(window.usage).")
        }
        return BoundExpression(.window(window, arguments), signature, at: call.span, dependsOnRow: true)
    }
}

extension WindowFunction {
    var usage: String {
        switch self {
        case .rowNumber: "row_number(start, restart)"
        case .rowCumulativeSum: "row_cumsum(number, restart)"
        case .rowRankDense, .rowRankMinimum: "\(rawValue)(value, restart)"
        case .rowWindowSession: "row_window_session(time, maxFromFirst, maxBetween, restart)"
        case .previous, .next: "\(rawValue)(column, offset, default), offset and default constant"
        }
    }

    /// The type of the result; `nil` where the arguments will not do.
    func signature(_ arguments: [FunctionArgument]) -> ScalarType? {
        switch self {
        case .rowNumber:
            guard arguments.count <= 2, arguments.first.map(\.type.isInteger) ?? true else { return nil }
            return arguments.count < 2 || arguments[1].type == .bool ? .long : nil
        case .rowCumulativeSum:
            guard let first = arguments.first?.type, first.isNumeric || first == .timespan else { return nil }
            return restarts(arguments, at: 1) ? (first == .int ? .long : first) : nil
        case .rowRankDense, .rowRankMinimum: return !arguments.isEmpty && restarts(arguments, at: 1) ? .long : nil
        case .rowWindowSession:
            guard arguments.count >= 3, arguments[0].type == .datetime, restarts(arguments, at: 3) else { return nil }
            return arguments[1...2].allSatisfy { $0.type == .timespan } ? .datetime : nil
        case .previous, .next: return neighbour(arguments)
        }
    }

    private func restarts(_ arguments: [FunctionArgument], at index: Int) -> Bool {
        arguments.count <= index || arguments.count == index + 1 && arguments[index].type == .bool
    }

    /// The offset and the default are constants, and the offset is positive.
    private func neighbour(_ arguments: [FunctionArgument]) -> ScalarType? {
        guard (1...3).contains(arguments.count) else { return nil }
        if arguments.count > 1 {
            guard let offset = arguments[1].constant?.long, arguments[1].type.isInteger, offset > 0 else { return nil }
        }
        if arguments.count > 2 {
            guard let constant = arguments[2].constant, ScalarType.common(constant.type, arguments[0].type) != nil
            else { return nil }
        }
        return arguments[0].type
    }
}
