import Diagnostics

/// How a report is written.
enum ReportFormat: String, CaseIterable, Sendable {
    case md, html, json

    /// - Throws: A usage error for a format that reports do not have.
    init(_ format: FormatOption) throws(Diagnostic) {
        guard let report = ReportFormat(rawValue: format.rawValue) else {
            throw Diagnostic(
                "a report cannot be written as \(format.rawValue)", remedy: "Use --format md, html or json",
                kind: .usage)
        }
        self = report
    }
}
