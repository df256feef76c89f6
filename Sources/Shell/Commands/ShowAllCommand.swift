import ArgumentParser
import Investigation

/// Prints the artifact files.
struct ShowAllCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "show-all", abstract: "Print the artifact files: the records of this session and of all others.")

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.perform(.showAll, options: global) }
}
