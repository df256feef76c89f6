internal import Diagnostics
public import JSON
internal import KQL

/// Answers the queries of a program: a line of JSON for each line of JSON (`contract.md`, *JSON values*).
public struct QueryBatch: Sendable {
    let engine: QueryEngine
    /// Rows of one result.
    let rows: Int

    /// The contract's ten seconds, less what the engine may take to notice and a reply to write.
    private static let time = Duration.milliseconds(9_300)

    /// The reply to a line, `{"id","columns","rows"}` or `{"id","error":{"code","message","line","column"}}`; where the
    /// limit of rows left some out, `total` says how many there are. A line that is no query gets an error without a
    /// place.
    ///
    /// - Returns: `nil` when the task was cancelled.
    public func reply(to line: String, number: Int) async -> JSONValue? {
        guard let request = try? JSONValue(parsing: line), request.members != nil else {
            return Self.refusal(.null, "line \(number) is not a JSON object")
        }
        let id = request["id"] ?? .null
        guard let text = request["query"]?.string else { return Self.refusal(id, "line \(number) has no `query`") }
        let run = QueryRun(engine: engine, limits: QueryLimits(rows: rows, time: Self.time))
        switch await run.run(text) {
        case .cancelled: return nil
        case .result(let result): return Self.reply(id, QueryOutcome(result: result, seconds: 0))
        case .fault(let fault):
            let (line, column) = fault.span.place(in: text)
            return Self.error(id, fault.code, fault.message, .integer(Int64(line)), .integer(Int64(column)))
        }
    }

    private static func reply(_ id: JSONValue, _ outcome: QueryOutcome) -> JSONValue {
        let reply: JSONValue = ["id": id, "columns": outcome.columns, "rows": outcome.json["rows"] ?? []]
        guard outcome.result.totalCount > outcome.result.count else { return reply }
        return reply.setting("total", to: .integer(Int64(outcome.result.totalCount)))
    }

    private static func refusal(_ id: JSONValue, _ message: String) -> JSONValue {
        error(id, "SYN0001", message, .null, .null)
    }

    private static func error(
        _ id: JSONValue, _ code: String, _ message: String, _ line: JSONValue, _ column: JSONValue
    ) -> JSONValue {
        ["id": id, "error": ["code": .string(code), "message": .string(message), "line": line, "column": column]]
    }
}

extension Session {
    /// For queries of the session's tables as they are now. What is asked there stays out of the transcript.
    public var queryBatch: QueryBatch {
        QueryBatch(engine: QueryEngine(tables: queryTables, now: clock.time), rows: settings.queryRows)
    }
}
