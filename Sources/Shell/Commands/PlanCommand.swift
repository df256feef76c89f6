import ArgumentParser
import Investigation

/// Plans the response to incidents.
struct PlanCommand: ShellCommand {
    static let configuration = CommandConfiguration(commandName: "plan", abstract: "Plan the response to incidents.")
    static let completes = CompletionKind.incidents

    @Argument(help: ArgumentHelp("Only these incidents.", valueName: "incident")) var incidents: [String] = []
    @OptionGroup var global: GlobalOptions

    var references: [String] { incidents }

    func run(in console: Console) async throws {
        try await console.perform(.plan(incidents: try await console.resolved(incidents)), options: global)
    }
}
