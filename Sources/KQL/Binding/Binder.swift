internal import Tables

/// Gives a query a meaning: resolves its names against the tables of a catalog, follows columns and types through its
/// stages, and checks operators and calls. Nothing is read.
///
/// ```swift
/// let bound = try Binder(catalog, context: EvaluationContext(now: ticks)).bind(Query.parse("T | count"))
/// bound.columns  // Count: long
/// ```
struct Binder: Sendable {
    /// The columns of a plugin whose columns depend on the rows: it has to be run to know them.
    typealias PluginSchema = @Sendable (BoundPlugin, BoundQuery) throws(KQLFault) -> [ColumnSchema]

    let catalog: Catalog
    /// `now()` is worked out while binding.
    let context: EvaluationContext
    /// `nil`: such plugins are refused as not implemented.
    let pluginSchema: PluginSchema?

    init(_ catalog: Catalog, context: EvaluationContext, pluginSchema: PluginSchema? = nil) {
        self.catalog = catalog
        self.context = context
        self.pluginSchema = pluginSchema
    }

    /// - Throws: The first fault, `SEM…`, or `UNS…` for what is not implemented.
    func bind(_ query: Query) throws(KQLFault) -> BoundQuery {
        var binder = QueryBinder(self)
        return try binder.bind(query)
    }
}

/// The work of binding one query.
struct QueryBinder {
    let binder: Binder
    /// What names stand for, apart from columns and the catalog's tables.
    var environment = NameTable<Binding>()
    /// What `set` gives a value.
    var settings = NameTable<Scalar>()
    var views: [BoundTable] = []
    /// The names that `as` gives, by the views' indices.
    var viewNames: [Int: String] = [:]
    var variables: [BoundVariable] = []
    var tablesRead: Set<ByteText> = []
    /// The patterns by which tables are read, as written.
    var tablePatterns: [String] = []
    /// The rows of the sub-query's enclosing operator.
    var enclosing: BoundTable?
    /// The aggregations of the expression that is being bound, where it may hold some.
    var aggregation: AggregationScope?
    /// In `search`, where a text alone stands for "some column has it".
    var isSearching = false
    var searchesCased = false
    /// The rows of the call whose function's body is being bound.
    var callerRows = RowScope.none
    /// The pattern of a graph that is being bound.
    var graphScope: GraphScope?
    private var depth = 0
    private var nodes = 0
    private var scopes = 0

    init(_ binder: Binder) { self.binder = binder }
}

extension QueryBinder {
    /// Functions are written out where they are called, so nesting and size are bounded anew.
    private static let depthLimit = 600, nodeLimit = 1_000_000
    /// Columns of a table; Kusto's own limit is of the same size.
    private static let columnLimit = 10_000

    func checkWidth(_ count: Int, at span: SourceSpan) throws(KQLFault) {
        guard count > Self.columnLimit else { return }
        throw KQLFault("SEM0001", "a table would have more than \(Self.columnLimit) columns", at: span)
    }

    /// One level deeper.
    ///
    /// - Throws: Where a query, its functions written out, is deeper or larger than one may be.
    mutating func nested<T>(
        at span: SourceSpan, _ body: (inout QueryBinder) throws(KQLFault) -> T
    ) throws(KQLFault) -> T {
        depth += 1
        nodes += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit, nodes <= Self.nodeLimit else {
            throw KQLFault("SEM0001", "the query is too complex once its functions are written out", at: span)
        }
        return try body(&self)
    }

    /// A new set of rows to name columns of.
    mutating func rows(_ columns: [ColumnSchema], of operation: String, isSerialized: Bool = false) -> RowScope {
        scopes += 1
        return RowScope(id: scopes, columns: columns, operation: operation, isSerialized: isSerialized)
    }

    mutating func rows(_ table: BoundTable, of operation: String) -> RowScope {
        rows(table.columns, of: operation, isSerialized: table.isSerialized)
    }

    mutating func variable(_ variable: BoundVariable) -> Int {
        variables.append(variable)
        return variables.count - 1
    }
}

/// The rows whose columns an expression may name.
struct RowScope {
    let id: Int
    let columns: [ColumnSchema]
    /// The operator's word, for messages.
    let operation: String
    let isSerialized: Bool
    /// What `name.column` may name besides: the states of `scan`'s steps.
    var elements: [RowElement] = []

    /// Where there are no rows: the value of a `let`, an argument of `take`.
    static let none = RowScope(id: 0, columns: [], operation: "", isSerialized: false)
}

/// Further columns of a row, under a name of their own.
struct RowElement {
    let name: String
    /// Where its columns begin in the row.
    let offset: Int
    let columns: [ColumnSchema]
}

/// What a name stands for.
enum Binding: Sendable {
    /// `scope`: the rows that the value reads, where it reads any.
    case scalar(BoundExpression, scope: Int)
    case table(BoundTable)
    case function(UserFunction)
    case pattern(UserPattern)
    /// While it is only asked whether something is a table.
    case unknown(isTable: Bool)
}

/// A function of the query, with the names that it sees.
struct UserFunction: Sendable {
    let declaration: FunctionDeclaration
    let environment: NameTable<Binding>
}

/// A pattern of the query, with the names that its bodies see.
struct UserPattern: Sendable {
    let declaration: PatternDeclaration
    let environment: NameTable<Binding>
}

/// The aggregations of one `summarize` and the rows that they run over.
struct AggregationScope {
    let rows: RowScope
    /// How many columns stand before the aggregates'.
    let groupCount: Int
    var aggregates: [BoundAggregate] = []

    var columnCount: Int { groupCount + aggregates.reduce(0) { $0 + $1.types.count } }
}
