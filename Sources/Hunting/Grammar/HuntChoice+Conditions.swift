extension HuntChoice {
    /// A condition in a table's own columns; `nil` where it lacks one.
    static func translated(
        _ condition: HuntCondition, from origin: String, to table: String, _ names: Set<String>, isInbound: Bool
    ) -> HuntCondition? {
        let renamed = condition.renamed { column in
            // The port of what comes in is the machine's own.
            if isInbound, column == "RemotePort" { return "LocalPort" }
            return origin == table ? column : OktaColumns.name(of: column, in: table)
        }
        return renamed.flatMap { $0.columns.isSubset(of: names) ? $0 : nil }
    }

    /// Names of one kind are alternatives, those that are left out are not.
    static func merged(_ placed: [(HuntEntity, HuntCondition)]) -> [HuntCondition] {
        var groups: [(key: HuntRole, conditions: [HuntCondition])] = []
        var rest: [HuntCondition] = []
        for (entity, condition) in placed {
            if entity.isExcluded || entity.role == .command || entity.form == .remote {
                rest.append(condition)
            } else if let index = groups.firstIndex(where: { $0.key == entity.role }) {
                groups[index].conditions.append(condition)
            } else {
                groups.append((entity.role, [condition]))
            }
        }
        return groups.map { $0.conditions.count == 1 ? $0.conditions[0] : joined($0.conditions) } + rest
    }

    /// `medium or low`, `ssh or rdp`: a column has one value, so values of one column are alternatives.
    static func alternatives(_ conditions: [HuntCondition]) -> [HuntCondition] {
        conditions.reduce(into: [HuntCondition]()) { result, condition in
            if let column = condition.valued, let index = result.firstIndex(where: { $0.valued == column }) {
                result[index] = joined([result[index], condition])
            } else {
                result.append(condition)
            }
        }
    }

    /// `X =~ "a" or X =~ "b"` as `X in~ ("a", "b")`.
    private static func joined(_ conditions: [HuntCondition]) -> HuntCondition {
        var column: String?
        var all: [String] = []
        for condition in conditions {
            guard case .text(let name, .same, let values) = condition, column == nil || column == name else {
                return .any(conditions)
            }
            column = name
            all += values
        }
        return column.map { .text($0, .same, all) } ?? .any(conditions)
    }

    static func unique(_ conditions: [HuntCondition]) -> [HuntCondition] {
        conditions.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension HuntCondition {
    /// The column that must have one of some values; `nil` for other conditions.
    fileprivate var valued: String? {
        switch self {
        case .text(let column, .same, _), .number(let column, _): column
        case .any(let conditions) where Set(conditions.map(\.valued)).count == 1: conditions.first?.valued
        default: nil
        }
    }
}
