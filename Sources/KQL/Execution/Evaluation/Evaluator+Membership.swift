// `in`, `has_any` and `has_all`.

extension Evaluator {
    /// Dynamic arrays in the list stand for their elements.
    func membership(
        _ operation: MembershipOperator, _ value: BoundExpression, _ list: [BoundExpression]
    ) throws(KQLFault) -> Column {
        var members: [Scalar] = []
        for (index, item) in list.enumerated() {
            guard !item.dependsOnRow else { return try varyingMembership(operation, value, list, after: index) }
            members += Self.elements(try execution.value(item))
        }
        return try test(operation, value, members)
    }

    func membership(
        _ operation: MembershipOperator, _ value: BoundExpression, inTable variable: Int
    ) throws(KQLFault) -> Column {
        guard case .column(let column) = try execution.variable(variable) else {
            return try test(operation, value, [])
        }
        return try test(operation, value, (0..<column.count).flatMap { Self.elements(column.value(at: $0)) })
    }

    private static func elements(_ value: Scalar) -> [Scalar] {
        guard case .dynamic(let dynamic) = value, let elements = dynamic.elements else { return [value] }
        return elements.map(\.unpacked)
    }

    private func varyingMembership(
        _ operation: MembershipOperator, _ value: BoundExpression, _ list: [BoundExpression], after index: Int
    ) throws(KQLFault) -> Column {
        var columns = [try column(value)]
        for item in list { columns.append(try column(item)) }
        return try rowwise(columns, .bool, at: value.span) { values in
            .bool(MemberTest(operation, values.dropFirst().flatMap(Self.elements)).holds(for: values[0]))
        }
    }

    private func test(
        _ operation: MembershipOperator, _ value: BoundExpression, _ members: [Scalar]
    ) throws(KQLFault) -> Column {
        let test = MemberTest(operation, members)
        let values = try column(value)
        if values.type == .string { return try flags(values, at: value.span) { test.holds(for: .string($0)) } }
        return try rowwise([values], .bool, at: value.span) { .bool(test.holds(for: $0[0])) }
    }
}

/// A list and what is asked of it, prepared for many values.
struct MemberTest: Sendable {
    private let operation: MembershipOperator
    private let equal: Set<Scalar>
    private let folded: Set<[UInt8]>
    private let others: [Scalar]
    private let matchers: [TextMatcher]

    init(_ operation: MembershipOperator, _ members: [Scalar]) {
        self.operation = operation
        switch operation {
        case .in, .notIn:
            let members = members.filter { !$0.isNull }
            equal = Set(members)
            // Numbers of other types are equal too, and are compared one by one.
            others = members.contains { $0.type != .string } ? members : []
            matchers = []
            folded = []
        case .inUncased, .notInUncased:
            equal = []
            folded = Set(members.map { TextFolding.bytes(of: $0.text) })
            others = []
            matchers = []
        default:
            equal = []
            folded = []
            others = []
            matchers = members.map { TextMatcher(.has, $0.text) }
        }
    }

    func holds(for value: Scalar) -> Bool {
        switch operation {
        case .in: isEqual(value)
        case .notIn: !isEqual(value)
        case .inUncased: folded.contains(TextFolding.bytes(of: value.text))
        case .notInUncased: !folded.contains(TextFolding.bytes(of: value.text))
        case .hasAny: matches(value.text, all: false)
        case .notHasAny: !matches(value.text, all: false)
        case .hasAll: matches(value.text, all: true)
        case .notHasAll: !matches(value.text, all: true)
        }
    }

    private func isEqual(_ value: Scalar) -> Bool {
        if value.isNull { return false }
        if equal.contains(value) { return true }
        return others.contains { $0.type != value.type && Comparison.areEqual(value, $0) }
    }

    private func matches(_ text: String, all: Bool) -> Bool {
        all ? matchers.allSatisfy { $0.matches(text) } : matchers.contains { $0.matches(text) }
    }
}
