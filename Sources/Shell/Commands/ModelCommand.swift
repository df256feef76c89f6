import ArgumentParser
import Investigation

/// Says who answers.
struct ModelCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Say which analyst answers, and where the model is.")
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.describeModel(options: global) }
}
