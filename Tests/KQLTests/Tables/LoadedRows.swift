import Diagnostics
import Events
import Foundation
import JSON
import Tables

@testable import KQL

/// A table that was loaded from a text, as the tests compare it.
struct LoadedRows {
    /// `name type`, by column.
    let columns: [String]
    /// The rows, each a JSON array.
    let rows: [String]
    let report: TableLoadReport

    init(
        _ text: String, name: String = "T", columns: DeclaredColumns? = nil, chunkSize: Int = 4 << 20
    ) async throws {
        try await self.init(bytes: Array(text.utf8), name: name, columns: columns, chunkSize: chunkSize)
    }

    init(
        bytes: [UInt8], name: String = "T", columns: DeclaredColumns? = nil, chunkSize: Int = 4 << 20
    ) async throws {
        let source = RawBytes(name: "t", bytes: bytes)
        let (table, report) = try await LocalTable.load(name: name, source, columns, chunkSize: chunkSize)
        try self.init(table, report)
    }

    init(_ table: LocalTable, _ report: TableLoadReport = TableLoadReport()) throws {
        columns = table.columns.map { "\($0.name) \($0.type)" }
        rows = try table.answer(to: table.name)
        self.report = report
    }

    /// `line:byte problem` of each problem.
    var problems: [String] { report.problems.map { "\($0.place?.line ?? 0):\($0.place?.byte ?? -1) \($0.problem)" } }
}

extension LocalTable {
    /// The rows of a query's answer, each a JSON array.
    func answer(to query: String) throws -> [String] {
        let engine = QueryEngine(tables: [self], now: Timestamp(ticks: 17_000_000_000_000_000))
        let result = try engine.run(query)
        return (0..<result.count).map { row in
            JSONValue.array(result.columns.indices.map { result.json(row: row, column: $0) }).text
        }
    }
}
