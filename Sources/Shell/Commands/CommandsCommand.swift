import ArgumentParser
import Investigation

/// Writes the commands for the plans.
struct CommandsCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "commands", abstract: "Write the commands for the plans, for a human to read and run.",
        discussion: "Nothing is executed.")
    static let completes = CompletionKind.incidents

    @Argument(help: ArgumentHelp("Only these incidents.", valueName: "incident")) var incidents: [String] = []
    @OptionGroup var global: GlobalOptions

    var references: [String] { incidents }

    func run(in console: Console) async throws {
        try await console.perform(.commands(incidents: try await console.resolved(incidents)), options: global)
    }
}
