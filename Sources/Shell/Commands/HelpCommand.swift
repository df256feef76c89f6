import ArgumentParser
import Investigation

/// Prints help.
struct HelpCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "help", abstract: "List the commands, or explain one.")
    static let leavesTrace = false
    static let completes = CompletionKind.commands

    @Argument(help: ArgumentHelp("A command, or part of a name.", valueName: "command|pattern")) var topic: String?
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.help(topic, options: global) }
}
