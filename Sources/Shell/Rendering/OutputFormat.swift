import Diagnostics

/// How a result is printed. `html` belongs to `report` alone and is not among them.
enum OutputFormat: String, CaseIterable, Sendable {
    case table, line, json, jsonl, csv, md
}

/// What `--format` takes: the formats of results, and the one that only reports have.
enum FormatOption: String, CaseIterable, Sendable {
    case table, line, json, jsonl, csv, md, html

    /// The format of a result; `nil` for `html`.
    var output: OutputFormat? { OutputFormat(rawValue: rawValue) }

    /// - Throws: A usage error where a command, given this format by itself or for the whole program, cannot print it.
    static func check(_ command: any ShellCommand, besides start: FormatOption?) throws(Diagnostic) {
        guard let format = command.global.format ?? start else { return }
        if command is ReportCommand {
            _ = try ReportFormat(format)
        } else if format == .html {
            throw Diagnostic(
                "--format html belongs to `report`", remedy: "Use table, line, json, jsonl, csv or md", kind: .usage)
        }
    }
}
