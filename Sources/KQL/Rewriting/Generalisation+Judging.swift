internal import Tables

/// What a condition does to the rows, as far as accounts, machines, addresses and time go.
enum ConditionJudgement: Hashable {
    /// It keeps the rows of certain ones alone.
    case pins(ColumnMeaning, [String])
    /// It bounds the time; `isInstant` where it names an instant.
    case time(isInstant: Bool)
    /// It leaves certain ones out.
    case excludes
    /// It asks for a kind of them.
    case group
    /// It asks for certain ones, or for something else.
    case mixed
    /// It asks that there be a value.
    case presence
    case other
}

extension Generalisation {
    func judgement(of expression: Expression) -> ConditionJudgement {
        switch expression {
        case .logical(let node): return judgement(ofAll: node.operands.map { judgement(of: $0) })
        case .comparison(let node): return judgement(of: node)
        case .membership(let node): return judgement(of: node)
        case .between(let node):
            let bounds = [node.lower, node.upper]
            guard !node.isNegated, isTime(node.left), bounds.allSatisfy(isConstant) else { return .other }
            return .time(isInstant: bounds.contains(where: namesInstant))
        case .call(let call): return judgement(of: call)
        default: return .other
        }
    }

    /// Of an `or`, or of an `and` inside one.
    private func judgement(ofAll parts: [ConditionJudgement]) -> ConditionJudgement {
        var pins: [(ColumnMeaning, [String])] = [], times = 0, isInstant = false
        for part in parts {
            switch part {
            case .pins(let meaning, let values): pins.append((meaning, values))
            case .time(let instant):
                times += 1
                isInstant = isInstant || instant
            default: break
            }
        }
        if pins.count == parts.count, let first = pins.first { return .pins(first.0, pins.flatMap(\.1)) }
        if times == parts.count { return .time(isInstant: isInstant) }
        if !pins.isEmpty || times > 0 || parts.contains(.mixed) { return .mixed }
        if parts.allSatisfy({ $0 == .excludes }) { return .excludes }
        return parts.contains(.group) ? .group : .other
    }

    // MARK: Comparisons

    private func judgement(of node: ComparisonExpression) -> ConditionJudgement {
        let sides = [(node.left, node.right), (node.right, node.left)]
        for (side, other) in sides where isTime(side) && isConstant(other) {
            return node.operation.bounds ? .time(isInstant: namesInstant(other)) : .other
        }
        if case .call = node.left, case .literal(let literal) = node.right, case .bool(let truth?) = literal.value,
            node.operation == .equal
        {
            let inner = judgement(of: node.left)
            return truth ? inner : negated(inner)
        }
        for (side, other) in sides {
            guard let values = texts(of: other), let meaning = meaning(of: side, values) else { continue }
            return judgement(of: node.operation, meaning, values)
        }
        return .other
    }

    private func judgement(
        of operation: ComparisonOperator, _ meaning: ColumnMeaning, _ values: [String]
    ) -> ConditionJudgement {
        if values.allSatisfy({ EntityName.isNobody($0, meaning) }) { return .other }
        if operation.isNegated { return .excludes }
        switch operation {
        case .equal, .sameText: return .pins(meaning, values)
        case .has, .hasCased, .contains, .containsCased:
            return isWhole(values, meaning) ? .pins(meaning, values) : .group
        case .hasPrefix, .hasPrefixCased, .startsWith, .startsWithCased:
            let areNames = values.allSatisfy { value in
                EntityName.isWholeBeginning(value, meaning) || names.contains(ByteText(value.lowercased()))
            }
            return areNames ? .pins(meaning, values) : .group
        case .like, .likeCased:
            return values.contains { $0.contains("*") } ? .group : .pins(meaning, values)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .other
        default: return .group
        }
    }

    private func judgement(of node: MembershipExpression) -> ConditionJudgement {
        let values = node.operands.compactMap { texts(of: $0) }
        guard values.count == node.operands.count, let meaning = meaning(of: node.left, values.flatMap { $0 }) else {
            return .other
        }
        let all = values.flatMap { $0 }
        if all.allSatisfy({ EntityName.isNobody($0, meaning) }) { return .other }
        if node.operation.isNegated { return .excludes }
        let isExact = [.in, .inUncased].contains(node.operation)
        return isExact || isWhole(all, meaning) ? .pins(meaning, all) : .group
    }

    /// Of an address a part is a network; names are told apart by nothing.
    private func isWhole(_ values: [String], _ meaning: ColumnMeaning) -> Bool {
        meaning != .address || values.allSatisfy(EntityName.isWholeAddress)
    }

    // MARK: Calls

    /// Functions that compare an address with others.
    private static let addressTests: Set<String> = [
        "ipv4_is_match", "ipv6_is_match", "has_ipv4", "has_any_ipv4", "ipv4_is_in_range", "ipv6_is_in_range",
        "ipv4_is_in_any_range", "ipv6_is_in_any_range", "has_ipv4_prefix", "has_any_ipv4_prefix",
    ]

    private func judgement(of call: FunctionCall) -> ConditionJudgement {
        let arguments = call.arguments.map(\.value)
        switch call.name.text {
        case "not": return arguments.count == 1 ? negated(judgement(of: arguments[0])) : .other
        case "isnotempty", "isnotnull": return .presence
        case let name where Self.addressTests.contains(name):
            let values = arguments.dropFirst().compactMap { texts(of: $0) }.flatMap { $0 }
            guard let side = arguments.first, !values.isEmpty, let meaning = meaning(of: side, values) else {
                return .other
            }
            if values.allSatisfy({ EntityName.isNobody($0, meaning) }) { return .other }
            return values.allSatisfy(EntityName.isWholeAddress) ? .pins(meaning, values) : .group
        default: return .other
        }
    }

    private func negated(_ judgement: ConditionJudgement) -> ConditionJudgement {
        switch judgement {
        case .pins, .group: .excludes
        case .excludes, .mixed, .time: .mixed
        case .presence, .other: .other
        }
    }
}

extension ComparisonOperator {
    /// Whether it keeps what is not so.
    var isNegated: Bool {
        switch self {
        case .notEqual, .otherText, .notLike, .notLikeCased: true
        default: rawValue.hasPrefix("!")
        }
    }

    /// Whether it bounds an order.
    fileprivate var bounds: Bool { [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal].contains(self) }
}

extension MembershipOperator {
    var isNegated: Bool { rawValue.hasPrefix("!") }
}
