import ArgumentParser
import Investigation

/// Prints state.
struct ShowCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print what there is: a list, or the record of an id.",
        discussion: "Lists: \(Session.lists.joined(separator: ", ")). Events are at most the first 100.")
    static let completes = CompletionKind.lists

    @Argument(help: ArgumentHelp("A list, or the id of an event, finding or incident.", valueName: "list|id")) var what: String?
    @OptionGroup var global: GlobalOptions

    var references: [String] { what.map { Session.lists.contains($0) ? [] : [$0] } ?? [] }

    func run(in console: Console) async throws {
        let id = try await console.resolved(references).first
        try await console.perform(.show(id ?? what), options: global)
    }
}
