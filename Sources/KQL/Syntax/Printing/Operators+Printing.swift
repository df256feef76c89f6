extension Join {
    var printed: String {
        let on = conditions.isEmpty ? "" : " on \(conditions.map { $0.printed() }.commaSeparated)"
        return parameters.printed + right.printed(.path) + on
    }
}

extension Evaluate {
    var printed: String {
        let call = plugin.printed(name: plugin.name.printed)
        guard let schema else { return "evaluate \(parameters.printed)\(call)" }
        return "evaluate \(parameters.printed)\(call) : (\(((schema.isOpen ? ["*"] : []) + schema.columns.map(\.printed)).commaSeparated))"
    }
}

extension Branch {
    var printed: String { (name.map { "\($0.printed) = " } ?? "") + "(\(body.printed()))" }
}

extension Facet {
    var printed: String {
        "facet by \(columns.map { $0.printed(.path) }.commaSeparated)" + (body.map { " with (\($0.printed()))" } ?? "")
    }
}

extension Find {
    var printed: String {
        let tables = self.tables.isEmpty ? "" : "in (\(self.tables.map { $0.printed(.path) }.commaSeparated)) "
        let output: String =
            switch self.output {
            case .automatic: ""
            case .smart: " project-smart"
            case .columns(let columns): " project \(columns.map(\.printed).commaSeparated)"
            }
        let away = self.away.isEmpty ? "" : " project-away \(self.away.map(\.printed).commaSeparated)"
        return "find \(parameters.printed)\(tables)where \(predicate.printed())" + output + away
    }
}

extension Find.Column {
    fileprivate var printed: String {
        switch content {
        case .pack: "pack(*)"
        case .column(let name, let type): name.printed + (type.map { ": \($0.rawValue)" } ?? "")
        }
    }
}

extension Search {
    var printed: String {
        let tables = self.tables.isEmpty ? "" : "in (\(self.tables.map { $0.printed(.path) }.commaSeparated)) "
        return "search \(parameters.printed)\(tables)\(predicate.printed())"
    }
}

extension MacroExpand {
    var printed: String {
        let statements = self.statements.map { $0.printed() }.joined(separator: "; ")
        return "macro-expand \(parameters.printed)\(group.printed(.path)) as \(name.printed) (\(statements))"
    }
}

extension Partition {
    var printed: String {
        let values = self.values.map { " in \($0.printed(.path))" } ?? ""
        let (open, close) = isClosed ? ("{ ", " }") : ("(", ")")
        return "partition \(parameters.printed)by \(column.printed(.path))\(values) \(open)\(body.printedWhole())\(close)"
    }
}

extension Render {
    var printed: String {
        let properties = self.properties.map { "\($0.name.text)=\($0.values.map { $0.printed() }.commaSeparated)" }
        return "render \(chart.printedWord)" + (properties.isEmpty ? "" : " with (\(properties.commaSeparated))")
    }
}

// MARK: Aggregation

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
        return "top-nested \(count.map { $0.printed() + " " } ?? "")of \(column.printed)\(others) by \(aggregate.printed)"
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
        let aggregates = self.aggregates.map { $0.value.printed + ($0.fallback.map { " default = \($0.printed())" } ?? "") }
        let steps =
            isInRange
            ? "in range(\([from, to, step].compactMap { $0?.printed() }.commaSeparated))"
            : (from.map { "from \($0.printed()) " } ?? "") + (to.map { "to \($0.printed()) " } ?? "") + "step \(step.printed())"
        return "make-series \(parameters.printed)\(aggregates.commaSeparated) on \(axis.printed) \(steps)"
            + (groups.isEmpty ? "" : " by \(groups.printed)")
    }
}

extension Scan {
    var printed: String {
        let order = self.order.isEmpty ? "" : "order by \(self.order.map(\.printed).commaSeparated) "
        let partition = self.partition.isEmpty ? "" : "partition by \(self.partition.map { $0.printed() }.commaSeparated) "
        let declared = variables.isEmpty ? "" : "declare (\(variables.map(\.printed).commaSeparated)) "
        return "scan \(parameters.printed)\(order)\(partition)\(declared)with (\(steps.map(\.printed).joined(separator: " ")))"
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
