import ArgumentParser
import Investigation

/// Leaves.
struct QuitCommand: ShellCommand {
    static let configuration = CommandConfiguration(commandName: "quit", abstract: "Leave; Ctrl-D does the same.")
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { await console.quit() }
}
