internal import Diagnostics
internal import Events
internal import JSON
internal import KQL

// Queries of the session's tables.
extension Session {
    /// Runs a query; relative times count from the session's clock.
    func query(_ request: QueryRequest) async throws -> QueryOutcome {
        state.lastQuery = request.text
        let limits = QueryLimits(rows: settings.queryRows, time: settings.queryDuration)
        return try await answer(request, limits: limits)
    }

    /// The tables that queries read now.
    var queryTables: [LocalTable] { state.queryTables.all(of: state) }

    private func answer(_ request: QueryRequest, limits: QueryLimits) async throws -> QueryOutcome {
        let began = ContinuousClock.now
        let engine = QueryEngine(tables: queryTables, now: clock.time)
        switch await QueryRun(engine: engine, limits: limits, seed: request.seed).run(request.text) {
        case .result(let result):
            return QueryOutcome(result: result, seconds: (ContinuousClock.now - began) / .seconds(1))
        case .fault(let fault): throw QueryFault(fault, in: request.text)
        case .cancelled: throw Diagnostic.interrupted
        }
    }

    /// The rows of the events that a KQL predicate is true of.
    ///
    /// The events' places are asked for by id, which every event has.
    func rows(where predicate: String) async throws -> Set<Int> {
        // On a line of its own a comment cannot hide what follows, and a fault shows the predicate alone.
        let text = "OktaSystemLog | where (\n\(predicate)\n) | project uuid"
        let limits = QueryLimits(rows: .max, time: settings.queryDuration), result: QueryResult
        do {
            result = try await answer(QueryRequest(text, seed: 0), limits: limits).result
        } catch let fault as QueryFault {
            throw QueryFault(fault.fault, in: text, isPredicate: true)
        }
        return Set((0..<result.count).compactMap { state.events.row(ofID: result.text(row: $0, column: 0)) })
    }
}

// MARK: For completion

extension SessionState {
    /// The names of the tables that queries can read, with those of their columns.
    public var tableColumns: [(table: String, columns: [String])] {
        queryTables.all(of: self).map { ($0.name, $0.columns.map(\.name)) }
    }
}
