import Diagnostics
import Investigation
import JSON
import Pipeline
import Tables

// Handing a session over.
extension Console {
    /// Writes the report of the session that is open, of the one that `--session` names, or of what `--input` names.
    func report(options: GlobalOptions) async throws {
        let options = options.over(launch.options)
        let format = try options.format.map { format throws(Diagnostic) in try ReportFormat(format) } ?? .md
        let report = try await gathered(options)
        StandardStreams.result(Self.text(of: report, as: format))
        if let limit = options.failOn, report.state.isWorse(than: limit) { raise(.severityFound) }
    }

    private static func text(of report: SessionReport, as format: ReportFormat) -> String {
        let document = ReportDocument(report: report)
        switch format {
        case .json: return report.json.printablePrettyText + "\n"
        case .md: return MarkdownReport(title: document.title, blocks: document.blocks).text
        case .html:
            let severities = report.incidents.map(\.incident.severity)
            return HTMLReport(title: document.title, blocks: document.blocks, severities: severities).text
        }
    }

    /// A saved session that nothing is read into is looked at without being opened: another shell may hold it, and its
    /// record stays as it is.
    private func gathered(_ options: GlobalOptions) async throws -> SessionReport {
        if openedSession == nil, options.input.isEmpty, options.table.isEmpty, let name = launch.options.session {
            return try await reportOfSaved(name, options)
        }
        try await loadInputs(options, forQuery: false)
        return try await session().report(version: CommandTable.version, madeAt: try fixedNow())
    }

    private func reportOfSaved(_ name: String, _ options: GlobalOptions) async throws -> SessionReport {
        try SessionName.check(name)
        let saved = try SavedSession(path: launch.locations.sessions + "/" + name + ".jsonl")
        let now = try fixedNow()
        let (session, warnings) = try await Session.reading(saved, now: now)
        for warning in warnings { notice(warning, options: options) }
        return try await session.report(
            version: CommandTable.version, madeAt: now, of: saved, warnings: warnings)
    }

    /// What `--now` says; `nil` where it is not given.
    private func fixedNow() throws(Diagnostic) -> Timestamp? {
        launch.options.now == nil ? nil : try launch.settings().now
    }
}
