import ArgumentParser
import Investigation

/// Shows where something came from.
struct WhyCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Show how a finding, an incident or a hunt came about: rule, query, figures, score, events.")
    static let completes = CompletionKind.subjects

    @Argument(help: "The id of a finding, incident, hunt or event, or a row number of the last table.") var id: String
    @OptionGroup var global: GlobalOptions

    var references: [String] { [id] }

    func run(in console: Console) async throws {
        try await console.perform(.why(try await console.resolved([id])[0]), options: global)
    }
}
