public import Tables

/// Runs KQL on tables in memory: parses, binds, and executes, with limits.
///
/// ```swift
/// let engine = QueryEngine(tables: [logins], now: time)
/// let result = try engine.run("Logins | summarize count() by User | top 5 by count_")
/// ```
///
/// Relative times (`ago()`, `now()`) count from `now`. Sendable: many queries may run at the same time.
public struct QueryEngine: Sendable {
    private let tables: [String: LocalTable]
    private let now: Timestamp

    /// - Parameter tables: The tables that queries may read; of two of one name the later counts.
    public init(tables: [LocalTable], now: Timestamp) {
        self.tables = tables.reduce(into: [:]) { $0[$1.name] = $1 }
        self.now = now
    }

    /// Runs a query to its end.
    ///
    /// - Parameter seed: What `rand()`, `new_guid()` and samples are drawn from, so that a recorded query can be
    ///   repeated; without it they differ from run to run.
    /// - Throws: `SYN…` or `SEM…` before anything is read; `RUN…` where running fails, takes longer than the limits
    ///   allow, or is cancelled; `UNS…` for what is not implemented.
    public func run(
        _ text: String, limits: QueryLimits = QueryLimits(), seed: UInt64? = nil
    ) throws(KQLFault) -> QueryResult {
        let query = try Query.parse(text)
        let context = context(limits, seed)
        let bound = try binder(context, limits).bind(query)
        let execution = Execution(bound, sources, context, executionLimits(limits))
        let frame = try execution.run()
        return try QueryResult(bound, frame, limits, execution, chart: query.chart)
    }

    /// What a query would read and give. Nothing is read, but for a plugin whose columns depend on the rows: for those
    /// it is run, within the usual limits.
    ///
    /// - Throws: `SYN…`, `SEM…` or `UNS…`, as ``run(_:limits:)`` would.
    public func outline(of text: String) throws(KQLFault) -> QueryOutline {
        let limits = QueryLimits()
        return QueryOutline(try binder(context(limits, nil), limits).bind(Query.parse(text)))
    }

    func executionLimits(_ limits: QueryLimits) -> ExecutionLimits {
        ExecutionLimits(rows: limits.stepRows, window: limits.ticks)
    }

    func context(_ limits: QueryLimits, _ seed: UInt64? = nil) -> EvaluationContext {
        let deadline = limits.time.map { ContinuousClock.now + $0 }
        guard let seed else { return EvaluationContext(now: now.ticks, deadline: deadline) }
        let numbers = SeededNumbers(seed: seed)
        return EvaluationContext(now: now.ticks, deadline: deadline) { numbers.next() }
    }

    var sources: [String: any TableSource] { tables.mapValues(\.source) }

    /// A plugin whose columns depend on the rows is run for them, on no more rows than the query may read.
    func binder(_ context: EvaluationContext, _ limits: QueryLimits) -> Binder {
        let catalog = Catalog(tables.mapValues(\.schema))
        let sources = sources
        let limits = executionLimits(limits)
        return Binder(catalog, context: context) { plugin, query throws(KQLFault) in
            try Operators.columns(of: plugin, Execution(query, sources, context, limits))
        }
    }
}

/// How much a query may take.
public struct QueryLimits: Sendable {
    /// Rows of the result; more are counted and left out.
    public var rows: Int
    /// Rows of any step in between.
    public var stepRows: Int
    /// How long it may run.
    public var time: Duration?
    /// Rows outside are as if they were not there, in every table that has a time; both ends are inside.
    public var window: ClosedRange<Timestamp>?

    /// - Parameter time: `nil` lets it run as long as it takes.
    public init(
        rows: Int = 500_000, stepRows: Int = 50_000_000, time: Duration? = .seconds(300),
        window: ClosedRange<Timestamp>? = nil
    ) {
        self.rows = rows
        self.stepRows = stepRows
        self.time = time
        self.window = window
    }

    var ticks: ClosedRange<Int64>? { window.map { $0.lowerBound.ticks...$0.upperBound.ticks } }
}

/// A table that queries may read, and where its rows come from.
public struct LocalTable: Sendable {
    /// As queries write it; letters count as they are.
    public let name: String
    let schema: TableSchema
    let source: any TableSource

    init(_ name: String, _ columns: [ColumnSchema], _ source: any TableSource) {
        self.name = name
        schema = TableSchema(columns: columns)
        self.source = source
    }

    /// The columns' names and Kusto's words for their types, in order.
    public var columns: [(name: String, type: String)] { schema.columns.map { ($0.name, $0.type.rawValue) } }
    /// How many rows it has, inside a window or not.
    public var rowCount: Int { source.count }
}
