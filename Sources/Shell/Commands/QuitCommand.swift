import ArgumentParser
import Investigation

/// Leaves.
struct QuitCommand: ShellCommand {
    static let configuration = CommandConfiguration(commandName: "quit", abstract: "Leave; Ctrl-D does the same.")

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { await console.quit() }
}
