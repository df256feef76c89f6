import ArgumentParser
import Diagnostics
import Events
import Investigation

/// Reads events into the session.
struct IngestCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Read Okta events: files, folders, patterns, `-` (standard input), or `okta` (its System Log API).",
        discussion: """
            Shapes are told apart by content, gzip included. A bad line is reported with its place, counted and skipped. \
            Relative times count back from the newest event; for `ingest okta` from now. `ingest okta` needs OKTA_ORG_URL and \
            OKTA_API_TOKEN, or OKTA_CLIENT_ID, OKTA_KEY_ID and OKTA_PRIVATE_KEY_FILE; a file of that name is `./okta`.
            """)
    static let completes = CompletionKind.files

    @Argument(help: "What to read.", completion: .file()) var files: [String]
    @OptionGroup var window: WindowOptions
    @Option(help: ArgumentHelp("The shape of the events, instead of telling it by their content.", valueName: "name"))
    var formatIn: String?
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Read rows into this table instead of events: NDJSON or CSV.", valueName: "table"))
    var table: String?
    @Option(help: ArgumentHelp("Okta only: a System Log filter, such as 'eventType eq \"user.session.start\"'.", valueName: "filter"))
    var filter: String?
    @Flag(help: "Okta only: go on asking for new events until Ctrl-C.") var follow = false
    @OptionGroup var global: GlobalOptions

    private var isOkta: Bool { files == ["okta"] }

    func validate() throws {
        if !isOkta, filter != nil || follow { throw ValidationError("--filter and --follow belong to `ingest okta`.") }
        if !isOkta, files.contains("okta") { throw ValidationError("`ingest okta` stands alone; a file of that name is `./okta`.") }
        if table != nil, files.count > 1 {
            throw ValidationError("--as reads one file; a table has its rows from one.")
        }
        if table != nil, !window.isEmpty || formatIn != nil || isOkta {
            throw ValidationError(
                "--as reads rows of any kind; --since, --until, --hours, --format-in and `okta` are about events.")
        }
        if let formatIn { try checked { () throws(Diagnostic) in _ = try Formats.named(formatIn) } }
        if follow, window.until != nil { throw ValidationError("--follow has no end, and --until names one.") }
    }

    func run(in console: Console) async throws {
        if let table {
            let request = TableRequest(name: table, path: files[0])
            return try await console.ingestTable(request, options: global, prints: true)
        }
        guard isOkta else { return try await console.ingest(files, window: window, format: formatIn, options: global, prints: true) }
        try await console.ingestOkta(
            .init(since: window.since, until: window.until, hours: window.hours, filter: filter, follows: follow),
            options: global)
    }
}
