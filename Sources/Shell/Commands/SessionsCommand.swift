import ArgumentParser
import Investigation

/// Lists the saved sessions.
struct SessionsCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "List the saved sessions, newest first, and whether their chains hold.")
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { await console.listSessions(options: global) }
}
