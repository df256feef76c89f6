public import ArgumentParser
import Diagnostics
public import Investigation

/// Draws numbers.
struct PlotCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot", abstract: "Draw events over time, or how many there are of each value.",
        discussion: """
            `events` over time; `failures` by actor; `countries`; `types`; or any column, such as client.ipAddress, \
            outcome.reason or securityContext.asNumber. The options choose among events; times are UTC.
            """)
    static let completes = CompletionKind.plots

    @Argument(help: ArgumentHelp("What to draw.", valueName: "events|failures|countries|types|column")) var what: String
    @Option(help: ArgumentHelp("Count `plot events` by this.", valueName: "minute|hour|day")) var by: TimeUnit?
    @OptionGroup var events: EventOptions
    @OptionGroup var stretch: StretchOptions
    @Flag(help: "Draw with ASCII characters alone.") var ascii = false
    @OptionGroup var global: GlobalOptions

    private var request: PlotRequest {
        get throws(Diagnostic) {
            try PlotRequest(what: what, unit: by, filter: events.filter(stretch, limit: PlotRequest.defaultLimit))
        }
    }

    func validate() throws {
        try checked { () throws(Diagnostic) in
            let request = try request
            if request.what == "events", stretch.limit != nil {
                throw Diagnostic(
                    "--limit counts bars, and `plot events` has none", remedy: "Use --since and --until", kind: .usage)
            }
        }
    }

    func run(in console: Console) async throws {
        try await console.perform(.plot(try request), options: global, ascii: ascii)
    }
}

extension TimeUnit: ExpressibleByArgument {}
