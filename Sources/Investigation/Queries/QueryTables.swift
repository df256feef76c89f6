internal import Detection
internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import KQL
internal import Pipeline

/// The tables that a session's queries read: those that every session has, and those that were loaded from files.
enum QueryTables {
    /// The names of the tables that every session has.
    static let builtIn = ["OktaSystemLog", "OktaV2_CL", "Okta_CL", "Findings", "Incidents", "Plans", "Commands"]

    /// All tables of a state; of two of one name the loaded one counts.
    static func all(of state: SessionState) -> [LocalTable] {
        let records = [
            LocalTable(name: "Findings", records: state.findings.map(\.json)),
            LocalTable(name: "Incidents", records: state.incidents.map(\.json)),
            LocalTable(name: "Plans", records: state.plans.map(\.json)),
            LocalTable(name: "Commands", records: state.commands.map(\.json)),
            LocalTable(name: "OktaSystemLog", records: state.events.timeOrder.map { state.events[$0].logEvent }),
        ]
        return records + state.tables.map(\.table)
    }

    /// Reads a file of rows.
    static func load(_ name: String, path: String) throws(Diagnostic) -> (table: LocalTable, report: TableReport) {
        let bytes = try RawBytes.open(path: path)
        let text = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
        var records: [JSONValue] = [], problems: [Diagnostic] = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            if let record = try? JSONValue(parsing: String(line)) { records.append(record) } else {
                problems.append(Diagnostic("is not a JSON object", remedy: "Mend the line", at: Place(file: path, line: number + 1)))
            }
        }
        return (LocalTable(name: name, records: records), TableReport(rows: records.count, rejected: problems.count, problems: problems))
    }
}
