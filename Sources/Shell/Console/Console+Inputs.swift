import Diagnostics
import Investigation

// What is read before a command runs, or by `ingest`.
extension Console {
    /// Reads what `--input` and `--table` name.
    ///
    /// - Parameters:
    ///   - prints: Whether what was read is shown.
    ///   - forQuery: Whether it is read to be queried: what detectors miss is not told then.
    func loadInputs(
        _ options: GlobalOptions, window: WindowOptions? = nil, prints: Bool = false, forQuery: Bool
    ) async throws {
        readsForQuery = forQuery
        defer { readsForQuery = false }
        if !options.input.isEmpty { try await ingest(options.input, window: window, options: options, prints: prints) }
        for table in options.table {
            try await ingestTable(TableRequest(name: table.name, path: table.path), options: options, prints: prints)
        }
    }

    /// Reads what the program was started with, before the first command of a batch or of the shell.
    func readStartInputs() async -> ExitStatus {
        let start = launch.options
        guard !start.input.isEmpty || !start.table.isEmpty else { return .done }
        let words = start.input.map { ["--input", $0] } + start.table.map { ["--table", "\($0.name)=\($0.path)"] }
        return await carryOut(words: ["watchfloor"] + words.flatMap { $0 }) {
            try await loadInputs(start, prints: isInteractive, forQuery: false)
        }
    }

    /// Reads a file as a table.
    func ingestTable(_ request: TableRequest, options: GlobalOptions, prints: Bool) async throws {
        var request = request
        if request.path == "-" { request.standardInput = StandardStreams.input() }
        try await perform(.ingestTable(request), options: options.over(launch.options), prints: prints)
    }

    /// Reads files into the session.
    func ingest(
        _ files: [String], window: WindowOptions?, format: String? = nil, options: GlobalOptions, prints: Bool
    ) async throws {
        var request = Operation.IngestRequest(
            paths: files, since: window?.since, until: window?.until, hours: window?.hours, format: format)
        if files.contains("-") { request.standardInput = StandardStreams.input() }
        try await perform(.ingest(request), options: options.over(launch.options), prints: prints)
    }

    /// Reads events from Okta's System Log.
    func ingestOkta(_ request: Investigation.Operation.OktaRequest, options: GlobalOptions) async throws {
        try await perform(.ingestOkta(request), options: options.over(launch.options), prints: true)
    }
}
