internal import Diagnostics
public import JSON
public import KQL

/// A table that was loaded from a file.
public struct LoadedTable: Sendable {
    public let table: LocalTable
    /// The file, as the user named it.
    public let file: String
    /// The machines that it names, some thousands at most.
    let hosts: [String]

    public var name: String { table.name }
}

/// What `ingest FILE --as TABLE` gave.
public struct TableOutcome: Sendable {
    public let table: LocalTable
    public let file: String
    public let report: TableLoadReport
    /// Whether a table of that name was there before.
    public let replaces: Bool
    /// Whether the name is that of a table that every session has, which queries do not see any more.
    public let hidesBuiltIn: Bool
    /// How long reading took, in seconds of the wall clock.
    public let seconds: Double

    /// `{"table","read","accepted","rejected","problems":[{"file","line","byte","message"}],"more_problems","notes",
    /// "columns":[{"name","type"}]}`;
    /// `problems` holds the first hundred, `more_problems` the number of the others.
    public var json: JSONValue {
        [
            "table": .string(table.name), "read": .integer(Int64(report.rows + report.rejected)),
            "accepted": .integer(Int64(report.rows)), "rejected": .integer(Int64(report.rejected)),
            "problems": .array(report.problems.map(problem)),
            "more_problems": .integer(Int64(report.moreProblems)), "notes": JSONValue(report.notes),
            "columns": .array(table.columns.map { ["name": .string($0.name), "type": .string($0.type)] }),
        ]
    }

    private func problem(_ problem: Diagnostic) -> JSONValue {
        [
            "file": .string(file), "line": problem.place?.line.map { .integer(Int64($0)) } ?? .null,
            "byte": problem.place?.byte.map { .integer(Int64($0)) } ?? .null, "message": .string(problem.problem),
        ]
    }
}
