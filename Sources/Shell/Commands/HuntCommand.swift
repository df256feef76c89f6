public import ArgumentParser
public import Hunting
import Investigation

/// Turns a question into a query, runs it, and judges its rows.
struct HuntCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "hunt", abstract: "Hunt in words: a question becomes KQL, and its rows become findings.",
        discussion: """
            The query is shown with its range in UTC before it runs: `y` runs it, `n` does not, `e` opens it in \
            $EDITOR. --yes runs it unasked. Without a terminal a query of the loaded tables runs, and one that leaves \
            needs --yes. \
            --on loganalytics asks Azure Monitor Logs (LOG_ANALYTICS_WORKSPACE_ID), --on graph Defender's advanced \
            hunting. A question without a time reads the last HUNT_DEFAULT_HOURS, and none more than HUNT_MAX_HOURS. \
            Options stand before the question.
            """)
    static let textKind: TextKind? = .restOfSegment

    @Option(help: ArgumentHelp("Where the query runs; else on what is loaded.", valueName: "local|loganalytics|graph"))
    var on: Hunt.Place?
    @Argument(help: "What to look for.") var question: [String]
    @OptionGroup var global: GlobalOptions

    private var text: String { question.joined(separator: " ") }

    func validate() throws {
        if text.allSatisfy(\.isWhitespace) {
            throw ValidationError("Say what to look for, such as `hunt failed logins in the last 2 days`.")
        }
    }

    func run(in console: Console) async throws {
        let isConfirmed = global.over(console.launch.options).yes
        try await console.perform(.hunt(HuntRequest(text, on: on, isConfirmed: isConfirmed)), options: global)
    }
}

extension Hunt.Place: ExpressibleByArgument {}
