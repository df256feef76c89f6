/// What a stage of a pipeline does, with its arguments typed. Names are as the query writes them; the binder resolves
/// them against the rows that come in.
indirect enum TabularOperator: Sendable {
    case `as`(parameters: [OperatorParameter], Name)
    case assertSchema([ColumnDeclaration])
    case consume(parameters: [OperatorParameter])
    /// `count as name`; the name is rarely there.
    case count(as: Name?)
    case distinct(parameters: [OperatorParameter], [NamedExpression])
    case evaluate(Evaluate)
    case extend([NamedExpression])
    case facet(Facet)
    case find(Find)
    case fork([Branch])
    case getSchema
    case graphMarkComponents(parameters: [OperatorParameter])
    case graphMatch(GraphMatch)
    case graphShortestPaths(GraphMatch)
    case graphToTable([GraphOutput])
    /// `invoke f(x)`, or a path of calls.
    case invoke(Expression)
    case join(Join)
    case lookup(Join)
    case macroExpand(MacroExpand)
    case makeGraph(MakeGraph)
    case makeSeries(MakeSeries)
    case mvApply(MvApply)
    case mvExpand(MvExpand)
    case parse(Parse)
    case parseKeyValues(ParseKeyValues)
    case parseWhere(Parse)
    case partition(Partition)
    case print([NamedExpression])
    case project([NamedExpression])
    case projectAway([NamePattern])
    case projectKeep([NamePattern])
    case projectRename([NamedExpression])
    case projectReorder([ReorderItem])
    case range(RangeRows)
    case reduce(Reduce)
    case render(Render)
    case sample(parameters: [OperatorParameter], Expression)
    case sampleDistinct(parameters: [OperatorParameter], count: Expression, of: NamedExpression)
    case scan(Scan)
    case search(Search)
    case serialize(parameters: [OperatorParameter], [NamedExpression])
    case sort(parameters: [OperatorParameter], [OrderedExpression])
    case summarize(Summarize)
    case take(parameters: [OperatorParameter], Expression)
    case top(Top)
    case topHitters(TopHitters)
    case topNested([TopNested])
    case union(Union)
    case `where`(parameters: [OperatorParameter], Expression)
}

extension TabularOperator {
    /// An operator's words; `filter`, `limit`, `order`, `mvexpand` and `mvapply` are other spellings of the same.
    enum Keyword: String, CaseIterable, Sendable {
        case `as`
        case assertSchema = "assert-schema"
        case consume, count, distinct, evaluate, extend, facet, filter, find, fork
        case getSchema = "getschema"
        case graphMarkComponents = "graph-mark-components"
        case graphMatch = "graph-match"
        case graphShortestPaths = "graph-shortest-paths"
        case graphToTable = "graph-to-table"
        case invoke, join, limit, lookup
        case macroExpand = "macro-expand"
        case makeGraph = "make-graph"
        case makeSeries = "make-series"
        case mvApply = "mv-apply"
        case mvapply
        case mvExpand = "mv-expand"
        case mvexpand, order
        case parse
        case parseKeyValues = "parse-kv"
        case parseWhere = "parse-where"
        case partition, print
        case project
        case projectAway = "project-away"
        case projectKeep = "project-keep"
        case projectRename = "project-rename"
        case projectReorder = "project-reorder"
        case range, reduce, render, sample
        case sampleDistinct = "sample-distinct"
        case scan, search, serialize, sort, summarize, take, top
        case topHitters = "top-hitters"
        case topNested = "top-nested"
        case union, `where`

        /// Whether it stands only at the beginning of a pipeline.
        var isSourceOnly: Bool { self == .print || self == .range || self == .macroExpand }
        /// Whether it may stand at the beginning of a pipeline, without rows before it.
        var isSource: Bool { isSourceOnly || [.union, .find, .search, .evaluate].contains(self) }
    }
}
