import ArgumentParser
import Investigation

/// Prints the settings.
struct ConfigCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print each setting with where it comes from; secrets are hidden.")
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { await console.listSettings(options: global) }
}
