import Foundation
import JSON

@testable import KQL

/// The columns that the real engine gave for a recorded query, and those of the tables that refused queries read.
enum RecordedTables {
    /// By the query's id: `name:type`.
    static let answers: [String: [String]] = {
        var answers: [String: [String]] = [:]
        for line in text(of: "cases.ndjson").split(separator: "\n") {
            guard let row = try? JSONValue(parsing: String(line)), let id = row["id"]?.string else { continue }
            answers[id] = columns(row["columns"]).map { "\($0.name):\($0.type.rawValue)" }
        }
        return answers
    }()

    /// The tables that the refused queries read.
    static let catalog: Catalog = {
        guard let tables = try? JSONValue(parsing: text(of: "rejects-tables.json")), case .object(let members) = tables
        else {
            return Catalog([:])
        }
        return Catalog(members.reduce(into: [:]) { $0[$1.key] = TableSchema(columns: columns($1.value)) })
    }()

    private static func columns(_ value: JSONValue?) -> [ColumnSchema] {
        guard case .array(let columns)? = value else { return [] }
        return columns.compactMap { column in
            guard let name = column["name"]?.string,
                let type = column["type"]?.string.flatMap(ScalarType.init(written:))
            else { return nil }
            return ColumnSchema(name, type)
        }
    }

    private static func text(of file: String) -> String {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let url = tests.appending(path: "../../../shared/kql/\(file)").standardizedFileURL
        return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    }
}
