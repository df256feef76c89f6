extension Parser {
    /// An expression, or rows and what is done to them.
    mutating func pipelineOrExpression() throws(KQLFault) -> Expression {
        let start = current.span
        if beginsWithOperator {
            let stages = try stages(after: [try stage(isFirst: true)])
            return .pipeline(Pipeline(source: .none, stages: stages, span: span(from: start)))
        }
        let head = try expression()
        guard at(.pipe) else { return head }
        let stages = try stages(after: [])
        return .pipeline(Pipeline(source: .expression(head), stages: stages, span: span(from: start)))
    }

    /// `operator { "|" operator }` in brackets: the sub-query of an operator that hands its rows in.
    mutating func enclosedPipeline() throws(KQLFault) -> Pipeline {
        try expect(.openParenthesis)
        let start = current.span
        let stages = try stages(after: [try stage()])
        let pipeline = Pipeline(source: .enclosing, stages: stages, span: span(from: start))
        guard accept(.closeParenthesis) else { throw expected("`|` or `)`", near: Suggestion.operators) }
        return pipeline
    }

    private mutating func stages(after first: [Stage]) throws(KQLFault) -> [Stage] {
        var stages = first
        while accept(.pipe) { stages.append(try stage()) }
        return stages
    }

    /// Whether the current word is an operator that needs no rows, and no name.
    private var beginsWithOperator: Bool {
        guard let (keyword, words) = operatorKeyword, keyword.isSource else { return false }
        let next = ahead(words)
        if keyword == .range { return next.symbol == .openBracket || ahead(words + 1).word == "from" }
        switch next.kind {
        case .end: return false
        case .symbol(let symbol):
            return [.times, .openBracket, .openParenthesis].contains(symbol) || symbol == .minus && keyword == .print
        default: return true
        }
    }

    /// The operator that stands here, and how many tokens its words take: `project-away` is three.
    private var operatorKeyword: (TabularOperator.Keyword, words: Int)? {
        let (text, words) = operatorText
        return Self.keywords[text].map { ($0, words) }
    }

    /// The current word and those that follow it with a dash and no blank.
    private var operatorText: (String, words: Int) {
        var text = current.word ?? ""
        var words = 1
        while words < 7, ahead(words).symbol == .minus, let next = ahead(words + 1).word {
            guard touches(ahead(words - 1), ahead(words)), touches(ahead(words), ahead(words + 1)) else { break }
            text += "-" + next
            words += 2
        }
        return (text, words)
    }

    private static let keywords = Dictionary(
        uniqueKeysWithValues: TabularOperator.Keyword.allCases.map { ($0.rawValue, $0) })

    /// One operator with its arguments.
    private mutating func stage(isFirst: Bool = false) throws(KQLFault) -> Stage {
        guard let (keyword, words) = operatorKeyword else { throw unknownOperator() }
        guard isFirst || !keyword.isSourceOnly else {
            throw .syntax(
                "`\(keyword.rawValue)` stands only at the beginning of a query", at: current.span,
                suggestion: keyword == .print ? "Did you mean `project`?" : nil)
        }
        let keywordSpan = current.span.through(ahead(words - 1).span)
        for _ in 0..<words { advance() }
        let operation = try nested { parser throws(KQLFault) in try parser.arguments(of: keyword, from: keywordSpan) }
        return Stage(operation: operation, keywordSpan: keywordSpan, span: span(from: keywordSpan))
    }

    private func unknownOperator() -> KQLFault {
        guard current.word != nil else { return expected("an operator") }
        let (text, words) = operatorText
        return .syntax(
            "unknown operator `\(text.shortened)`", at: current.span.through(ahead(words - 1).span),
            suggestion: Suggestion.near(text, in: TabularOperator.Keyword.allCases.map(\.rawValue)))
    }

    private mutating func arguments(
        of keyword: TabularOperator.Keyword, from start: SourceSpan
    ) throws(KQLFault) -> TabularOperator {
        switch keyword {
        case .as, .assertSchema, .consume, .count, .getSchema: try plain(keyword)
        case .distinct: .distinct(parameters: try parameters(), try distinctColumns())
        case .evaluate: .evaluate(try evaluate(from: start))
        case .extend, .project, .print, .projectRename: try columns(of: keyword)
        case .facet: .facet(try facet(from: start))
        case .filter, .where: .where(parameters: try parameters(), try expression())
        case .find: .find(try find(from: start))
        case .fork: .fork(try branches())
        case .graphMarkComponents, .graphMatch, .graphShortestPaths, .graphToTable, .makeGraph:
            try graph(keyword, from: start)
        case .invoke: .invoke(try path())
        case .join, .lookup: try joining(keyword, from: start)
        case .limit, .take, .sample: try rowCount(of: keyword)
        case .macroExpand: .macroExpand(try macroExpand(from: start))
        case .makeSeries: .makeSeries(try makeSeries(from: start))
        case .mvApply, .mvapply: .mvApply(try mvApply(from: start))
        case .mvExpand, .mvexpand: .mvExpand(try mvExpand(from: start))
        case .order, .sort: try sorting()
        case .parse, .parseWhere: try parsing(keyword, from: start)
        case .parseKeyValues: .parseKeyValues(try parseKeyValues(from: start))
        case .partition: .partition(try partition(from: start))
        case .projectAway, .projectKeep, .projectReorder: try patterns(of: keyword)
        case .range: .range(try range(from: start))
        case .reduce: .reduce(try reduce(from: start))
        case .render: .render(try render(from: start))
        case .sampleDistinct, .topHitters: try sampling(keyword, from: start)
        case .scan: .scan(try scan(from: start))
        case .search: .search(try search(from: start))
        case .serialize: try serializing()
        case .summarize: .summarize(try summarize(from: start))
        case .top: .top(try top(from: start))
        case .topNested: .topNested(try topNested(from: start))
        case .union: .union(try union(from: start))
        }
    }
}
