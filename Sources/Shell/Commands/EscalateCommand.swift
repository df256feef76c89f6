import ArgumentParser
import Investigation

/// Prepares the notifications.
struct EscalateCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalate", abstract: "Print one notification for each high or critical incident.",
        discussion: "Nothing is sent; the record says `sent: false`.")
    static let completes = CompletionKind.incidents

    @Argument(help: ArgumentHelp("Only these incidents.", valueName: "incident")) var incidents: [String] = []
    @OptionGroup var global: GlobalOptions

    var references: [String] { incidents }

    func run(in console: Console) async throws {
        try await console.perform(.escalate(incidents: try await console.resolved(incidents)), options: global)
    }
}
