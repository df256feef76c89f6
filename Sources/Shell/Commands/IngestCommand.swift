import ArgumentParser
import Investigation

/// Reads events into the session.
struct IngestCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Read Okta events from files; `-` is standard input.",
        discussion: """
            Told apart by content: a JSON array, newline-delimited JSON, one object, {"events":[…]}, and the flat demo \
            shape. A bad line is reported with its place, counted and skipped. Relative times count back from the \
            newest event.
            """)
    static let completes = CompletionKind.files

    @Argument(help: "Files to read.", completion: .file()) var files: [String]
    @OptionGroup var window: WindowOptions
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws {
        try await console.ingest(files, window: window, options: global, prints: true)
    }
}
