// Comparisons, `between`, and texts' operators.

internal import RegularExpressions

extension Evaluator {
    func compared(
        _ operation: Comparison, _ left: BoundExpression, _ right: BoundExpression
    ) throws(KQLFault) -> Column {
        let columns = (try column(left), try column(right))
        if let flags = Self.integers(operation, columns.0, columns.1) { return Column(flags: flags) }
        if let flags = Self.reals(operation, columns.0, columns.1) { return Column(flags: flags) }
        return try rowwise([columns.0, columns.1], .bool, at: left.span) { operation($0[0], $0[1]) }
    }

    /// Of a column of whole numbers, or times, with a constant or a column of such.
    private static func integers(_ operation: Comparison, _ left: Column, _ right: Column) -> [UInt8]? {
        guard left.type.isStoredAsInteger, right.type.isStoredAsInteger, left.type.compares(as: right.type) else {
            return nil
        }
        switch (left.storage, right.storage) {
        case (.integers(let values, let nulls), .constant(let constant)):
            guard let constant = constant.stored else { return nil }
            return flags(operation, values, nulls) { _ in constant }
        case (.constant(let constant), .integers(let values, let nulls)):
            guard let constant = constant.stored else { return nil }
            return flags(operation.mirrored, values, nulls) { _ in constant }
        case (.integers(let values, nil), .integers(let others, nil)):
            return flags(operation, values, nil) { others[$0] }
        default: return nil
        }
    }

    private static func reals(_ operation: Comparison, _ left: Column, _ right: Column) -> [UInt8]? {
        guard case .reals(let values, let nulls) = left.storage, case .constant(let constant) = right.storage,
            constant.type.isNumeric, constant.type != .decimal, let number = constant.double
        else { return nil }
        return flags(operation, values, nulls) { _ in number }
    }

    /// With a null, `==` is false, `!=` true and the orderings are null.
    @inline(__always)
    private static func flags<Number: Comparable>(
        _ operation: Comparison, _ values: [Number], _ nulls: Column.Nulls?, _ other: (Int) -> Number
    ) -> [UInt8] {
        var flags: [UInt8]
        switch operation {
        case .equal: flags = mask(values, other) { $0 == $1 }
        case .notEqual: flags = mask(values, other) { $0 != $1 }
        case .less: flags = mask(values, other) { $0 < $1 }
        case .lessOrEqual: flags = mask(values, other) { $0 <= $1 }
        case .greater: flags = mask(values, other) { $0 > $1 }
        case .greaterOrEqual: flags = mask(values, other) { $0 >= $1 }
        }
        guard let nulls else { return flags }
        let onNull: UInt8 = operation == .equal ? 0 : operation == .notEqual ? 1 : 2
        for (row, isNull) in nulls.enumerated() where isNull { flags[row] = onNull }
        return flags
    }

    @inline(__always)
    private static func mask<Number>(
        _ values: [Number], _ other: (Int) -> Number, _ test: (Number, Number) -> Bool
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: values.count) { output, count in
            for (row, value) in values.enumerated() {
                output.baseAddress.unsafelyUnwrapped[row] = test(value, other(row)) ? 1 : 0
            }
            count = values.count
        }
    }

    /// Both ends count; a timespan as the end counts from the beginning.
    func between(
        _ isNegated: Bool, _ value: BoundExpression, _ lower: BoundExpression, _ upper: BoundExpression
    ) throws(KQLFault) -> Column {
        let columns = [try column(value), try column(lower), try column(upper)]
        if let column = Self.between(isNegated, columns) { return column }
        return try rowwise(columns, .bool, at: value.span) { values in
            let isInside = Comparison.between(values[0], values[1], values[2])
            return isNegated ? Logic.not(isInside) : isInside
        }
    }

    private static func between(_ isNegated: Bool, _ columns: [Column]) -> Column? {
        guard case .integers(let values, nil) = columns[0].storage, case .constant(let lower) = columns[1].storage,
            case .constant(let upper) = columns[2].storage, lower.type == columns[0].type
        else { return nil }
        let end = columns[0].type == .datetime && upper.type == .timespan ? Arithmetic.add(lower, upper) : upper
        guard end.type == lower.type, let first = lower.stored, let last = end.stored else { return nil }
        return Column(flags: mask(values, { _ in first }) { ($1 <= $0 && $0 <= last) != isNegated })
    }
}

// MARK: Texts

extension Evaluator {
    func text(
        _ operation: TextOperator, _ isNegated: Bool, _ left: BoundExpression, _ right: BoundExpression
    ) throws(KQLFault) -> Column {
        let values = try column(left)
        let pattern = try column(right)
        guard case .constant(let constant) = pattern.storage else {
            return try rowwise([values, pattern], .bool, at: left.span) {
                .bool(TextMatcher(operation, $0[1].text).matches($0[0].text) != isNegated)
            }
        }
        let matcher = TextMatcher(operation, constant.text)
        return try flags(values, at: left.span) { matcher.matches($0) != isNegated }
    }

    func matches(
        _ value: BoundExpression, _ pattern: BoundExpression, _ span: SourceSpan
    ) throws(KQLFault) -> Column {
        let values = try column(value)
        let pattern = try column(pattern)
        if case .constant(let constant) = pattern.storage {
            guard let expression = execution.context.patterns.pattern(constant.text) else {
                throw KQLFault("RUN0005", "the regular expression is not valid", at: span)
            }
            return try flags(values, at: span) { expression.matches($0) }
        }
        return try rowwise([values, pattern], .bool, at: span) { [execution] values in
            .bool(execution.context.patterns.pattern(values[1].text)?.matches(values[0].text) ?? false)
        }
    }

    /// A test of each row's text.
    func flags(_ column: Column, at span: SourceSpan, _ test: (String) -> Bool) throws(KQLFault) -> Column {
        if case .coded(let codes, let dictionary) = column.storage, let texts = dictionary.texts {
            try execution.check()
            if dictionary.count <= count {
                let flags = texts.map { test($0) ? UInt8(1) : 0 }
                return Column(flags: codes.map { flags[Int($0)] })
            }
            return Column(flags: codes.map { test(texts[Int($0)]) ? 1 : 0 })
        }
        return try rowwise([column], .bool, at: span) { .bool(test($0[0].text)) }
    }
}

extension Comparison {
    /// The same comparison with its sides exchanged.
    var mirrored: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

extension ScalarType {
    /// Whether columns keep it as whole numbers.
    var isStoredAsInteger: Bool {
        switch self {
        case .int, .long, .datetime, .timespan: true
        default: false
        }
    }

    /// Whether their whole numbers mean the same.
    func compares(as other: ScalarType) -> Bool { self == other || isInteger && other.isInteger }
}
