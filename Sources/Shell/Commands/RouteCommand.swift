import ArgumentParser
import Investigation

/// Asks for a route and shows what the guardrails made of it.
struct RouteCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Ask which agents should run, apply the guardrails, print both.",
        discussion: "Routes the incidents where there are some, else the events.")
    static let completes = CompletionKind.incidents

    @Option(help: ArgumentHelp("Route this incident only.", valueName: "id")) var incident: String?
    @OptionGroup var global: GlobalOptions

    var references: [String] { [incident].compactMap { $0 } }

    func run(in console: Console) async throws {
        let id = try await console.resolved(references).first
        try await console.perform(.route(incident: id), options: global)
    }
}
