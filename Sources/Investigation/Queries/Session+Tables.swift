internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import KQL

// Tables that are loaded from files, and the list of all.
extension Session {
    /// Reads a file as a table of the session and keeps the record of it. A table of that name that was loaded before
    /// is replaced.
    func ingestTable(_ request: TableRequest) async throws -> TableOutcome {
        try Self.check(tableName: request.name)
        let outcome = try await takeTable(request.name, file: request.path, path: request.path)
        if transcript.path != nil {
            try await transcript.append(.input, try InputRecord(file: request.path).members)
        }
        return outcome
    }

    /// Reads the file of a record again.
    func readTableAgain(_ record: InputRecord, as name: String) async throws -> TableOutcome {
        try await takeTable(name, file: record.name, path: record.presentPath)
    }

    private func takeTable(_ name: String, file: String, path: String) async throws -> TableOutcome {
        let began = ContinuousClock.now
        let (table, report) = try await LocalTable.load(name: name, path: path)
        let replaces = state.tables.contains { $0.name == name }
        let loaded = LoadedTable(table: table, file: file, hosts: await table.hosts(now: clock.time))
        state.tables.put(loaded) { $0.name == $1.name }
        return TableOutcome(
            table: table, file: file, report: report, replaces: replaces,
            hidesBuiltIn: QueryTables.builtIn.contains(name), seconds: (ContinuousClock.now - began) / .seconds(1))
    }

    /// Refuses what a query could not write as a table's name.
    private static func check(tableName name: String) throws(Diagnostic) {
        let begins = name.utf8.first.map { $0.isLetter || $0 == UInt8(ascii: "_") } ?? false
        let isName = begins && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        guard isName, name.utf8.count <= 100 else {
            throw Diagnostic(
                "`\(name)` cannot be a table's name", remedy: "Use letters, digits and `_`, such as `SigninLogs`",
                kind: .usage)
        }
    }

    /// The tables that queries can read, as `show tables` lists them.
    var tableRecords: [JSONValue] {
        let files = Dictionary(state.tables.map { ($0.name, $0.file) }) { $1 }
        return queryTables.map { table in
            [
                "table": .string(table.name), "rows": .integer(Int64(table.rowCount)),
                "columns": .integer(Int64(table.columns.count)), "file": JSONValue(files[table.name]),
            ]
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
