internal import Synchronization

/// Where an execution finds the rows of the catalog's tables.
protocol TableSource: Sendable {
    /// How many rows the table has.
    var count: Int { get }
    /// One of the columns, in the order of the table's schema; asked for only where the query reads it.
    func column(_ index: Int) throws(KQLFault) -> Column
    /// The same column not yet worked out, where it can be for some rows alone; `nil` where it cannot.
    func late(_ index: Int) -> Column?
    /// The rows whose time lies in a window, in ticks since 1970 with both ends inside, in the order in which a query
    /// sees them; `nil` where only the column of times can tell.
    func rows(in window: ClosedRange<Int64>) -> [Int32]?
}

extension TableSource {
    func late(_ index: Int) -> Column? { nil }

    func rows(in window: ClosedRange<Int64>) -> [Int32]? { nil }
}

/// One run of a bound query: the tables it reads, what was worked out on the way, and how far it may go.
///
/// Operators work on whole columns, and a column is worked out when it is read, so that what the result does not need
/// costs nothing.
final class Execution: Sendable {
    let query: BoundQuery
    let context: EvaluationContext
    let limits: ExecutionLimits
    private let sources: [String: any TableSource]
    private let views = Mutex<[Int: Frame]>([:])
    private let variables = Mutex<[Int: Variable]>([:])
    private let cuts = Mutex<[String]>([])

    /// A variable's value.
    enum Variable: Sendable {
        case value(Scalar)
        case column(Column)
    }

    init(
        _ query: BoundQuery, _ sources: [String: any TableSource], _ context: EvaluationContext,
        _ limits: ExecutionLimits = ExecutionLimits()
    ) {
        self.query = query
        self.sources = sources
        self.context = context
        self.limits = limits
    }

    /// The rows of the query.
    func run() throws(KQLFault) -> Frame { try run(query.table, nil) }

    /// - Parameter enclosing: The rows that the operator around hands to its sub-query.
    func run(_ table: BoundTable, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        try check()
        let frame = try Operators.run(table, self, enclosing)
        try limits.check(rows: frame.count)
        return frame
    }

    /// For loops that may take long: whether the query was cancelled or its time is over.
    func check() throws(KQLFault) {
        if Task.isCancelled {
            throw KQLFault("RUN0002", "the query was cancelled", at: SourceSpan(0, 0))
        }
        do throws(FunctionFault) { try context.checkTime() } catch { throw KQLFault(error, at: SourceSpan(0, 0)) }
    }

    func source(_ name: String) throws(KQLFault) -> any TableSource {
        guard let source = sources[name] else {
            throw KQLFault("RUN0003", "the table '\(name)' has no rows here", at: SourceSpan(0, 0))
        }
        return source
    }

    /// The rows of a `let`'s table, worked out once.
    func view(_ index: Int) throws(KQLFault) -> Frame {
        if let known = views.withLock({ $0[index] }) { return known }
        let frame = try run(query.views[index], nil)
        views.withLock { $0[index] = frame }
        return frame
    }

    /// A value that is the same for all rows, worked out once.
    func variable(_ index: Int) throws(KQLFault) -> Variable {
        if let known = variables.withLock({ $0[index] }) { return known }
        let value: Variable
        switch query.variables[index] {
        case .expression(let expression): value = .value(try self.value(expression))
        case .firstValue(let table):
            let frame = try run(table, nil)
            let first = frame.count > 0 ? try frame.prefix(1).columns.first?.resolved().value(at: 0) : nil
            value = .value(first ?? .none(table.columns.first?.type ?? .dynamic))
        case .firstColumn(let table):
            let frame = try run(table, nil)
            value = .column(try frame.columns.first?.resolved() ?? .none(.dynamic, count: 0))
        }
        variables.withLock { $0[index] = value }
        return value
    }

    /// The value of an expression that reads no rows.
    func value(_ expression: BoundExpression) throws(KQLFault) -> Scalar {
        if let constant = expression.constant { return constant }
        return try Evaluator(Frame(count: 1, []), self).column(expression).resolved().value(at: 0)
    }

    /// Notes that something was left out, for the user.
    func note(_ cut: String) { cuts.withLock { if !$0.contains(cut) { $0.append(cut) } } }

    var notes: [String] { cuts.withLock { $0 } }
}

/// How far a query may go.
struct ExecutionLimits: Sendable {
    /// Rows of the largest table between two operators; Kusto's own default is of the size of the result alone.
    var rows = 50_000_000
    /// Rows of the catalog's tables outside are passed over; in ticks since 1970, both ends inside.
    var window: ClosedRange<Int64>?

    func check(rows: Int) throws(KQLFault) {
        guard rows > self.rows else { return }
        throw KQLFault(
            "RUN0004", "a step of the query has \(rows) rows, and \(self.rows) are the limit", at: SourceSpan(0, 0),
            suggestion: "Filter before joining or expanding.")
    }
}
