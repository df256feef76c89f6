import Diagnostics
import Investigation
import JSON

// What `kql` does besides running one query, and `last`.
extension Console {
    nonisolated var savedQueries: SavedQueries { SavedQueries(configuration: launch.configuration.folder) }

    /// Keeps the session's last query under a name.
    func saveQuery(as name: String, options: GlobalOptions) async throws {
        // A session that is named has a last query, also before this process opened it.
        if launch.options.session != nil { _ = try await session() }
        guard let text = await state.lastQuery else {
            throw Diagnostic("no query was run in this session yet", remedy: "Run one with `kql`, then save it")
        }
        let (path, replaced) = try savedQueries.save(text, as: name)
        let record: JSONValue = ["saved": .string(name), "path": .string(path), "query": .string(text)]
        let change = replaced ? ", in place of the one before" : ""
        let lines = ["  saved as \(name.visible)\(change); `kql @\(name.visible)` runs it"]
        let printer = RecordPrinter(format: format(of: options) ?? .json, screen: launch.screen())
        StandardStreams.result(printer.value(record, lines: lines))
    }

    /// Answers the queries of a file, a line for each, as they come.
    func answerQueries(of path: String, options: GlobalOptions) async throws {
        try await loadInputs(options.over(launch.options), forQuery: true)
        let batch = try await session().queryBatch
        var lines = try LineSource(path: path), number = 0
        while let line = try lines.next() {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            guard let reply = await batch.reply(to: line, number: number) else { throw CancellationError() }
            StandardStreams.result(reply.printableText + "\n")
        }
    }

    /// Shows the last result in full.
    func showLast(options: GlobalOptions) async throws {
        guard let last else {
            throw Diagnostic("nothing was shown yet", remedy: "Run a command, then `last` shows its result in full")
        }
        let state = await state
        let printer = ResultPrinter(format: format(of: options.over(launch.options)), screen: launch.screen())
        Pager(launch).show { emit in printer.pieces(of: last, in: state, emit: emit) }
    }
}
