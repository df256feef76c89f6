// What stands at a query's end for the eye of whoever reads the rows.

extension Generalisation {
    /// The operators without those at the end that count, limit, order and hide.
    mutating func trimmed(_ stages: [Stage]) -> [Stage] {
        var left = uncounted(stages), kept: [Stage] = []
        while let last = left.popLast() {
            switch last.operation {
            case .take, .top, .sample:
                if left.contains(where: \.operation.makesGroups) { remarks.append(.ranked(last.operation.printed)) }
            case .sort, .render, .consume: break
            case .projectReorder, .projectAway, .projectKeep:
                // Columns that are needed behind it would be others without it.
                if !kept.isEmpty { kept.append(last) }
            case .project, .projectRename: kept.append(last)
            case .extend(let items) where !items.contains(where: \.readsNeighbours): kept.append(last)
            default: return left + [last] + kept.reversed()
            }
        }
        return kept.reversed()
    }

    /// Without a last count, or one over time alone, which gives a row whatever happens: unless a condition on it
    /// follows.
    private mutating func uncounted(_ stages: [Stage]) -> [Stage] {
        guard let place = stages.lastIndex(where: { $0.operation.makesGroups }),
            !stages[(place + 1)...].contains(where: \.operation.isFilter)
        else { return stages }
        let operation = stages[place].operation
        switch operation {
        case .count, .getSchema, .makeSeries: break
        case .summarize(let node) where node.groups.allSatisfy({ isTime($0.expression) }): break
        default: return stages
        }
        remarks.append(.counted(operation.printed))
        return Array(stages[..<place])
    }
}

extension TabularOperator {
    /// Whether it makes rows of groups of rows.
    fileprivate var makesGroups: Bool {
        switch self {
        case .count, .getSchema, .makeSeries, .summarize, .distinct, .topHitters, .topNested, .reduce, .sampleDistinct:
            true
        default: false
        }
    }

    fileprivate var isFilter: Bool {
        switch self {
        case .where, .search, .join, .lookup, .parseWhere: true
        default: false
        }
    }
}

extension NamedExpression {
    /// Whether it needs the rows in an order.
    fileprivate var readsNeighbours: Bool {
        let text = printed
        return ["row_", "prev(", "next("].contains { text.contains($0) }
    }
}

// MARK: The tree

extension Expression {
    /// The parts of an `and`; else the expression itself.
    var andParts: [Expression] {
        guard case .logical(let node) = self, node.operation == .and else { return [self] }
        return node.operands.flatMap(\.andParts)
    }

    /// The texts of a literal: one, those of a list, or those of a table that is written out.
    var writtenTexts: [String]? {
        switch self {
        case .literal(let node): node.value.texts
        case .datatable(let node):
            node.columns.count == 1 ? Self.all(node.values.map { $0.value.texts }) : nil
        case .pipeline(let node) where node.stages.isEmpty:
            if case .expression(let source) = node.source { source.writtenTexts } else { nil }
        default: nil
        }
    }

    private static func all(_ parts: [[String]?]) -> [String]? {
        parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
    }

    /// The names of tables that are subtracted here.
    fileprivate var subtracted: [String] {
        switch self {
        case .pipeline(let pipeline):
            var names = pipeline.stages.flatMap(\.operation.subtracted)
            if case .expression(let source) = pipeline.source { names += source.subtracted }
            return names
        case .logical(let node): return node.operands.flatMap(\.subtracted)
        case .membership(let node): return node.operation.isNegated ? node.operands.compactMap(\.firstName) : []
        default: return []
        }
    }

    /// The name of the table that it begins with.
    fileprivate var firstName: String? {
        switch self {
        case .name(let name): name.text
        case .pipeline(let pipeline):
            if case .expression(let source) = pipeline.source { source.firstName } else { nil }
        default: nil
        }
    }
}

extension TabularOperator {
    fileprivate var subtracted: [String] {
        switch self {
        case .join(let node), .lookup(let node):
            node.right.subtracted + (node.isSubtracting ? [node.right.firstName].compactMap { $0 } : [])
        case .union(let node): node.tables.flatMap(\.subtracted)
        case .where(_, let predicate): predicate.subtracted
        default: []
        }
    }
}

extension Statement {
    var subtractedNames: [String] {
        switch self {
        case .let(_, let value, _), .expression(let value): value.subtracted
        default: []
        }
    }
}

extension Join {
    /// Whether more rows at its right are fewer of the result.
    var isSubtracting: Bool { [.leftAnti, .anti, .leftAntiSemi].contains(kind ?? .inner) }
}

extension Literal {
    fileprivate var texts: [String]? {
        switch self {
        case .string(let text): [text]
        case .dynamic(.string(let text)): [text]
        case .dynamic(.array(let items)):
            items.reduce(into: [String]?([])) { texts, item in
                if case .string(let text) = item { texts?.append(text) } else { texts = nil }
            }
        default: nil
        }
    }
}

extension Query {
    /// Without the `let`s that nothing names: they may hold what was taken out.
    var withoutUnusedLets: Query {
        var kept: [Statement] = [], words: Set<String> = []
        for statement in statements.reversed() {
            if case .let(let name, _, _) = statement, !words.contains(name.text) { continue }
            kept.append(statement)
            let tokens = (try? Lexer.tokens(of: statement.printed())) ?? []
            words.formUnion(tokens.compactMap { $0.word ?? $0.string })
        }
        return Query(text: text, statements: kept.reversed())
    }
}
