import ArgumentParser
import Investigation

/// Writes what is handed over.
struct ReportCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write down what is handed over of the session.",
        discussion: """
            Incidents with evidence, order of events, plan and commands; findings that made none, and why; hunts, \
            rules, actions and notes; what was not done; and how to verify all of it. md, html (one file that needs \
            nothing else) or json. With --session it reads a saved session and changes nothing.
            """)
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.report(options: global) }
}
