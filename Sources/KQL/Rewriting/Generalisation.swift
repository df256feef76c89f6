internal import Tables

/// The walk through a query that takes out whom and when it asked for.
struct Generalisation {
    private(set) var removals: [GeneralQuery.Removal] = []
    var remarks: [GeneralQuery.Remark] = []
    private(set) var conditions: [QueryCondition] = []
    private(set) var exclusions: [QueryCondition] = []
    /// The stretches of time that tables are read over, as their conditions have them, each once. One without a
    /// condition counts where its rows are subtracted from others.
    private(set) var stretches: Set<Set<String>> = []
    /// The conditions on the time of the pipeline that is walked through.
    private var times: Set<String> = []

    /// What a column names, given the values that it is compared with.
    let ask: (String, [String]) -> ColumnMeaning?
    /// Names that the query is known to be about, in small letters.
    let names: Set<ByteText>
    /// Whether all tables are read over one stretch of time, which then is the schedule's.
    private let dropsTimes: Bool
    /// The values that `let` gives, as KQL writes them.
    let values: [String: String]
    /// The texts among them.
    let boundTexts: [String: [String]]
    /// The names of tables whose rows are subtracted from others: fewer of them would be more rows of the result.
    private let subtracted: Set<String>
    /// Names that were made on the way, with the columns that they are made of; `nil` where that is not known.
    var made: [String: [String]?] = [:]
    private var isSubtracted = false

    init(
        _ query: Query, dropsTimes: Bool, about names: Set<ByteText>,
        meaning: @escaping (String, [String]) -> ColumnMeaning?
    ) {
        ask = meaning
        self.names = names
        self.dropsTimes = dropsTimes
        var values: [String: String] = [:], texts: [String: [String]] = [:]
        for case .let(let name, let value, _) in query.statements {
            values[name.text] = value.printed()
            texts[name.text] = value.writtenTexts
        }
        self.values = values
        boundTexts = texts
        subtracted = Set(query.statements.flatMap(\.subtractedNames))
    }

    mutating func rewritten(_ query: Query) -> Query {
        let statements = query.statements.map { statement -> Statement in
            switch statement {
            case .let(let name, .pipeline(let pipeline), let span):
                isSubtracted = subtracted.contains(name.text)
                defer { isSubtracted = false }
                return .let(name: name, value: .pipeline(rewritten(pipeline)), span)
            case .expression(.pipeline(let pipeline)):
                let stages = trimmed(pipeline.stages)
                let trimmed = Pipeline(source: pipeline.source, stages: stages, span: pipeline.span)
                return .expression(.pipeline(rewritten(trimmed)))
            default: return statement
            }
        }
        return Query(text: query.text, statements: statements).withoutUnusedLets
    }

    private mutating func rewritten(_ pipeline: Pipeline) -> Pipeline {
        let outer = (made, times)
        times = []
        defer {
            if !times.isEmpty || isSubtracted { stretches.insert(times) }
            (made, times) = outer
        }
        var source = pipeline.source
        if case .expression(let expression) = source { source = .expression(rewritten(table: expression)) }
        made = [:]
        let before = removals.count
        let stages = pipeline.stages.compactMap { rewritten($0, after: before) }
        return Pipeline(source: source, stages: stages, span: pipeline.span)
    }

    /// A table where one stands: a pipeline in brackets is rewritten too.
    private mutating func rewritten(table: Expression) -> Expression {
        guard case .pipeline(let pipeline) = table else { return table }
        return .pipeline(rewritten(pipeline))
    }

    // MARK: Operators

    private mutating func rewritten(_ stage: Stage, after first: Int) -> Stage? {
        var operation = stage.operation
        switch operation {
        case .where(let parameters, let predicate):
            guard let left = left(of: predicate) else { return nil }
            operation = .where(parameters: parameters, left)
        case .extend(let items), .project(let items), .projectRename(let items): note(items)
        case .summarize(let node): note(node.aggregates + node.groups)
        case .mvExpand(let node): note(node.columns.map(\.value))
        case .union(let node):
            let tables = node.tables.map { rewritten(table: $0) }
            operation = .union(Union(parameters: node.parameters, tables: tables, span: node.span))
        case .join(let node): operation = .join(rewritten(node, isLookup: false, after: first))
        case .lookup(let node): operation = .lookup(rewritten(node, isLookup: true, after: first))
        case .take, .top, .sample: remarks.append(.limited(operation.printed))
        case .search(let node): keep(.other(node.predicate.printed()))
        case .find(let node): keep(.other(node.predicate.printed()))
        case .parseWhere: keep(.other(operation.printed))
        default: break
        }
        return Stage(operation: operation, keywordSpan: stage.keywordSpan, span: stage.span)
    }

    private mutating func rewritten(_ join: Join, isLookup: Bool, after first: Int) -> Join {
        let before = removals.count, outer = isSubtracted
        isSubtracted = outer || join.isSubtracting
        let right = rewritten(table: join.right)
        isSubtracted = outer
        if removals.count > before, before > first { remarks.append(.joined) }
        let kind = join.kind ?? (isLookup ? .leftOuter : .innerUnique)
        if ![.leftOuter, .fullOuter].contains(kind) {
            keep(.other(join.conditions.map { $0.printed() }.commaSeparated))
        }
        return Join(parameters: join.parameters, right: right, conditions: join.conditions, span: join.span)
    }

    private mutating func keep(_ condition: QueryCondition) {
        if !isSubtracted { conditions.append(condition) }
    }

    /// Remembers which columns the new names are made of.
    private mutating func note(_ items: [NamedExpression]) {
        let known = items.compactMap { item -> (String, [String]?)? in
            item.names.count == 1 ? (item.names[0].text, roots(of: item.expression)) : nil
        }
        for (name, roots) in known { made[name] = .some(roots) }
    }

    // MARK: Conditions

    /// What is left of a predicate; `nil` for nothing.
    private mutating func left(of predicate: Expression) -> Expression? {
        let kept = predicate.andParts.compactMap { left(ofConjunct: $0) }
        guard kept.count > 1 else { return kept.first }
        return .logical(LogicalExpression(operation: .and, operands: kept, span: predicate.span))
    }

    private mutating func left(ofConjunct part: Expression) -> Expression? {
        let text = part.printed()
        switch judgement(of: part) {
        case .pins(let meaning, let values):
            if isSubtracted {
                remarks.append(.subtracted(text))
                return part
            }
            removals.append(.init(meaning: meaning, text: text, values: values))
            return nil
        case .time(let isInstant):
            // Tables name their time differently.
            times.insert(text.replacing("TimeGenerated", with: "Timestamp"))
            if dropsTimes { return nil }
            remarks.append(isInstant ? .comparesInstants : .comparesTimes)
            return part
        case .excludes:
            remarks.append(.excludes(text))
            exclusions.append(condition(of: part))
        case .presence: exclusions.append(.other(text))
        case .group:
            remarks.append(.group(text))
            keep(condition(of: part))
        case .mixed:
            remarks.append(.mixed(text))
            keep(condition(of: part))
        case .other: keep(condition(of: part))
        }
        return rewritten(member: part)
    }

    /// A condition whose list is a pipeline, with that rewritten.
    private mutating func rewritten(member: Expression) -> Expression {
        guard case .membership(let node) = member, node.operands.count == 1, case .pipeline(let list) = node.operands[0]
        else { return member }
        let outer = isSubtracted
        isSubtracted = outer || node.operation.isNegated
        defer { isSubtracted = outer }
        return .membership(
            MembershipExpression(
                operation: node.operation, left: node.left, operands: [.pipeline(rewritten(list))],
                operatorSpan: node.operatorSpan, span: node.span))
    }
}
