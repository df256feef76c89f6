extension Join {
    var printed: String {
        let on = conditions.isEmpty ? "" : " on \(conditions.map { $0.printed() }.commaSeparated)"
        return parameters.printed + right.printed(.path) + on
    }
}

extension Evaluate {
    var printed: String {
        let call = "evaluate \(parameters.printed)\(plugin.printed(name: plugin.name.printed))"
        guard let schema else { return call }
        let columns = (schema.isOpen ? ["*"] : []) + schema.columns.map(\.printed)
        return "\(call) : (\(columns.commaSeparated))"
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
        return
            "partition \(parameters.printed)by \(column.printed(.path))\(values) \(open)\(body.printedWhole())\(close)"
    }
}

extension Render {
    var printed: String {
        let properties = self.properties.map { "\($0.name.text)=\($0.values.map { $0.printed() }.commaSeparated)" }
        return "render \(chart.printedWord)" + (properties.isEmpty ? "" : " with (\(properties.commaSeparated))")
    }
}
