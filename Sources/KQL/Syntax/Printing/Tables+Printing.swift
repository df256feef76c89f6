extension Pipeline {
    func printed(between pipe: String = " | ") -> String {
        let isOverLines = pipe.hasPrefix("\n")
        let operations = stages.map { isOverLines ? $0.operation.printedOverLines : $0.operation.printed }
        guard case .expression(let source) = source else { return operations.joined(separator: pipe) }
        return ([source.printed()] + operations).joined(separator: pipe)
    }
}

extension Datatable {
    var printed: String {
        let values = self.values.map(\.value.printed).commaSeparated
        return "datatable \(parameters.printed)(\(columns.map(\.printed).commaSeparated)) [\(values)]"
    }
}

extension ExternalData {
    var printed: String {
        "externaldata \(parameters.printed)(\(columns.map(\.printed).commaSeparated)) "
            + "[\(addresses.map { $0.printed() }.commaSeparated)]" + properties.printedClause
    }
}

extension [OperatorParameter] {
    /// ` with (a=1, b=2)`, or nothing.
    fileprivate var printedClause: String { isEmpty ? "" : " with (\(map(\.printed).commaSeparated))" }
}

extension TabularOperator {
    /// As ``printed``; a condition that is too long for one line has a line for each alternative.
    fileprivate var printedOverLines: String {
        guard case .where(let parameters, .logical(let node)) = self, printed.isLong else { return printed }
        return "where \(parameters.printed)\(node.printed(indent: 4))"
    }

    /// The operator and its arguments as a query writes them.
    var printed: String {
        switch self {
        case .as(let parameters, let name): "as \(parameters.printed)\(name.printed)"
        case .assertSchema(let columns): "assert-schema (\(columns.map(\.printed).commaSeparated))"
        case .consume(let parameters): "consume \(parameters.printed)".withoutLastBlank
        case .count(let name): "count" + (name.map { " as \($0.printed)" } ?? "")
        case .distinct(let parameters, let columns): "distinct \(parameters.printed)\(columns.printed)"
        case .extend(let columns): "extend \(columns.printed)"
        case .getSchema: "getschema"
        case .invoke(let call): "invoke \(call.printed(.path))"
        case .print(let columns): "print \(columns.printed)"
        case .project(let columns): "project \(columns.printed)".withoutLastBlank
        case .projectAway(let patterns): "project-away \(patterns.map(\.printed).commaSeparated)"
        case .projectKeep(let patterns): "project-keep \(patterns.map(\.printed).commaSeparated)"
        case .projectRename(let columns): "project-rename \(columns.printed)"
        case .projectReorder(let items):
            "project-reorder "
                + items.map { $0.pattern.printed + ($0.order.map { " \($0.rawValue)" } ?? "") }.commaSeparated
        case .sample(let parameters, let count): "sample \(parameters.printed)\(count.printed())"
        case .sampleDistinct(let parameters, let count, let column):
            "sample-distinct \(parameters.printed)\(count.printed()) of \(column.printed)"
        case .serialize(let parameters, let columns):
            "serialize \(parameters.printed)\(columns.printed)".withoutLastBlank
        case .sort(let parameters, let keys): "sort \(parameters.printed)by \(keys.map(\.printed).commaSeparated)"
        case .take(let parameters, let count): "take \(parameters.printed)\(count.printed())"
        case .where(let parameters, let predicate): "where \(parameters.printed)\(predicate.printed())"
        default: printedByNode
        }
    }

    /// Those whose arguments are a node of their own.
    private var printedByNode: String {
        switch self {
        case .evaluate(let node): node.printed
        case .facet(let node): node.printed
        case .find(let node): node.printed
        case .fork(let branches): "fork " + branches.map(\.printed).joined(separator: " ")
        case .join(let node): "join " + node.printed
        case .lookup(let node): "lookup " + node.printed
        case .macroExpand(let node): node.printed
        case .makeSeries(let node): node.printed
        case .mvApply(let node): "mv-apply \(node.expansion.printed) on (\(node.body.printed()))"
        case .mvExpand(let node): "mv-expand " + node.printed
        case .parse(let node): "parse " + node.printed
        case .parseWhere(let node): "parse-where " + node.printed
        case .parseKeyValues(let node): node.printed
        case .partition(let node): node.printed
        case .range(let node): node.printed
        case .reduce(let node): node.printed
        case .render(let node): node.printed
        case .scan(let node): node.printed
        case .search(let node): node.printed
        case .summarize(let node): node.printed
        case .top(let node): "top \(node.parameters.printed)\(node.count.printed()) by \(node.key.printed)"
        case .topHitters(let node): node.printed
        case .topNested(let levels): levels.map(\.printed).commaSeparated
        case .union(let node): "union \(node.parameters.printed)\(node.tables.map { $0.printed(.path) }.commaSeparated)"
        default: printedGraph
        }
    }
}

extension String {
    fileprivate var withoutLastBlank: String { last == " " ? String(dropLast()) : self }
}

extension ParseKeyValues {
    fileprivate var printed: String {
        "parse-kv \(source.printed()) as (\(columns.map(\.printed).commaSeparated))" + properties.printedClause
    }
}
