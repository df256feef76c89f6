internal import Tables

extension QueryEngine {
    /// A query without whom and when it asked for, by its syntax tree.
    ///
    /// Conditions on the time go, where all tables are read over one stretch of it. Conditions that ask for accounts,
    /// machines or addresses by name go, where that gives no fewer rows. What sorts, limits and counts at the end goes
    /// too. All else stays. Nothing is read.
    ///
    /// - Parameters:
    ///   - shown: Columns that the result is to have, as far as they are there: a final `project` is given them.
    ///   - names: Of accounts, machines and addresses that the query is known to be about: one of them as the beginning
    ///     of a name stands for the name.
    ///   - meaning: What a column names, or a path into one (`InitiatedBy.user.userPrincipalName`), given the values
    ///     that it is compared with; of a time there are none.
    /// - Throws: Where the query does not bind, before or after.
    public func generalised(
        _ text: String, showing shown: [String], about names: [String] = [],
        meaning: @escaping (String, [String]) -> ColumnMeaning?
    ) throws(KQLFault) -> GeneralQuery {
        let known = Set(names.map { ByteText($0.lowercased()) })
        let outline = try outline(of: text)
        let query = try Query.parse(text)
        var walk = Generalisation(query, dropsTimes: true, about: known, meaning: meaning), general = walk.rewritten(query)
        if walk.stretches.count > 1 {
            walk = Generalisation(query, dropsTimes: false, about: known, meaning: meaning)
            general = walk.rewritten(query)
        }
        general = try showing(shown, general)
        return GeneralQuery(
            walk, general, try self.outline(of: general.description), tables: outline.reads.map(\.table))
    }

    /// The query whose final `project` also gives these columns, as far as they come in.
    private func showing(_ names: [String], _ query: Query) throws(KQLFault) -> Query {
        guard let pipeline = query.result, let last = pipeline.stages.last, case .project(let items) = last.operation
        else { return query }
        let before = query.replacingResult(stages: Array(pipeline.stages.dropLast()))
        let there = Set(try outline(of: before.description).columns.map(\.name))
        let given = Set(try outline(of: query.description).columns.map(\.name))
        let added = names.filter { there.contains($0) && !given.contains($0) }.map { name in
            NamedExpression(
                names: [], isTuple: false, expression: .name(Name(text: name, span: last.span)), span: last.span)
        }
        let stage = Stage(operation: .project(items + added), keywordSpan: last.keywordSpan, span: last.span)
        return query.replacingResult(stages: pipeline.stages.dropLast() + [stage])
    }
}

extension GeneralQuery {
    fileprivate init(_ walk: Generalisation, _ query: Query, _ outline: QueryOutline, tables: [String]) {
        text = query.description
        removals = walk.removals
        remarks = walk.remarks
        conditions = walk.conditions
        exclusions = walk.exclusions
        self.tables = tables.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        columns = outline.columns
        isPlain = query.isPlain
        isGrouped = query.isGrouped
        let tokens = (try? Lexer.tokens(of: query.description)) ?? []
        texts = tokens.compactMap(\.string)
        words = Set(tokens.compactMap(\.word))
    }
}

extension Query {
    /// The pipeline of what is asked for; `nil` where it is none, as for a table alone.
    var result: Pipeline? {
        for case .expression(.pipeline(let pipeline)) in statements { return pipeline }
        return nil
    }

    func replacingResult(stages: [Stage]) -> Query {
        let statements = self.statements.map { statement in
            guard case .expression(.pipeline(let pipeline)) = statement else { return statement }
            return .expression(
                .pipeline(Pipeline(source: pipeline.source, stages: stages, span: pipeline.span)))
        }
        return Query(text: text, statements: statements)
    }

    /// Whether it chooses among the rows of one table by conditions, and among the columns, and does nothing else.
    fileprivate var isPlain: Bool {
        guard statements.count == 1 else { return false }
        guard let pipeline = result else {
            if case .expression(.name)? = statements.first { return true }
            return false
        }
        guard case .expression(.name) = pipeline.source else { return false }
        return pipeline.stages.allSatisfy { stage in
            switch stage.operation {
            case .where: true
            case .project(let items): items.allSatisfy { $0.names.isEmpty && $0.expression.isName }
            default: false
            }
        }
    }

    /// Whether some operator makes one row of several.
    fileprivate var isGrouped: Bool { statements.contains { $0.isGrouped } }
}

extension Statement {
    fileprivate var isGrouped: Bool {
        switch self {
        case .let(_, let value, _), .expression(let value): value.isGrouped
        default: false
        }
    }
}

extension Expression {
    fileprivate var isGrouped: Bool {
        guard case .pipeline(let pipeline) = self else { return false }
        if case .expression(let source) = pipeline.source, source.isGrouped { return true }
        return pipeline.stages.contains { stage in
            switch stage.operation {
            case .where, .extend, .project, .projectAway, .projectKeep, .projectRename, .projectReorder, .parse,
                .parseWhere, .parseKeyValues, .as, .mvExpand, .search:
                false
            case .union(let node): node.tables.contains { $0.isGrouped }
            default: true
            }
        }
    }
}
