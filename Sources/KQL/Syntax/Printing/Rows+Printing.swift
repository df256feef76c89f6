// Operators that aggregate and multiply rows.

extension Summarize {
    var printed: String {
        let parts = (aggregates.isEmpty ? [] : [aggregates.printed]) + (groups.isEmpty ? [] : ["by \(groups.printed)"])
        return "summarize \(parameters.printed)" + parts.joined(separator: " ")
    }
}

extension TopHitters {
    var printed: String {
        "top-hitters \(count.printed()) of \(column.printed)" + (weight.map { " by \($0.printed)" } ?? "")
    }
}

extension TopNested {
    var printed: String {
        let others = self.others.map { " with others = \($0.printed())" } ?? ""
        return
            "top-nested \(count.map { $0.printed() + " " } ?? "")of \(column.printed)\(others) by \(aggregate.printed)"
    }
}

extension RangeRows {
    var printed: String { "range \(name.printed) from \(from.printed()) to \(to.printed()) step \(step.printed())" }
}

extension Reduce {
    var printed: String {
        "reduce \(parameters.printed)by \(column.printed)" + (options.isEmpty ? "" : " with \(options.printed)")
    }
}

extension MakeSeries {
    var printed: String {
        let aggregates = self.aggregates.map {
            $0.value.printed + ($0.fallback.map { " default = \($0.printed())" } ?? "")
        }
        let steps =
            isInRange
            ? "in range(\([from, to, step].compactMap { $0?.printed() }.commaSeparated))"
            : (from.map { "from \($0.printed()) " } ?? "") + (to.map { "to \($0.printed()) " } ?? "")
                + "step \(step.printed())"
        return "make-series \(parameters.printed)\(aggregates.commaSeparated) on \(axis.printed) \(steps)"
            + (groups.isEmpty ? "" : " by \(groups.printed)")
    }
}

extension Scan {
    var printed: String {
        let order = self.order.isEmpty ? "" : "order by \(self.order.map(\.printed).commaSeparated) "
        let groups = partition.isEmpty ? "" : "partition by \(partition.map { $0.printed() }.commaSeparated) "
        let declared = variables.isEmpty ? "" : "declare (\(variables.map(\.printed).commaSeparated)) "
        let steps = self.steps.map(\.printed).joined(separator: " ")
        return "scan \(parameters.printed)\(order)\(groups)\(declared)with (\(steps))"
    }
}

extension Scan.Step {
    fileprivate var printed: String {
        "step \(name.printed)" + (isOptional ? " optional" : "") + (output.map { " output=\($0.rawValue)" } ?? "")
            + ": \(condition.printed())" + (assignments.isEmpty ? "" : " => \(assignments.printed)") + ";"
    }
}

// MARK: Expansion

extension MvExpand {
    var printed: String {
        let columns = self.columns.map { $0.value.printed + ($0.type.map { " to typeof(\($0.rawValue))" } ?? "") }
        return parameters.printed + columns.commaSeparated + (limit.map { " limit \($0.printed())" } ?? "")
    }
}

extension Parse {
    var printed: String {
        "\(parameters.printed)\(source.printed()) with " + parts.map(\.printed).joined(separator: " ")
    }
}

extension Parse.Part {
    fileprivate var printed: String {
        switch self {
        case .skip: "*"
        case .text(let text, _): text.quotedForKQL
        case .column(let name, let type, _): name.printed + (type.map { ": \($0.rawValue)" } ?? "")
        }
    }
}
