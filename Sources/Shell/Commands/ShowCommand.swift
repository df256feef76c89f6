import ArgumentParser
import Diagnostics
import Events
import Investigation

/// Prints state.
struct ShowCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print what there is: a list, or the record of an id.",
        discussion: """
            Lists: \(Session.lists.joined(separator: ", ")). The options choose among events; an event's id prints it as it \
            came.
            """)
    static let completes = CompletionKind.lists

    @Argument(
        help: ArgumentHelp("A list, or the id of an event, finding, incident, hunt or rule.", valueName: "list|id"))
    var what: String?
    @OptionGroup var choice: EventOptions
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Events for which this is true, in KQL over OktaSystemLog's columns.", valueName: "predicate"))
    var predicate: String?
    @OptionGroup var stretch: StretchOptions
    @OptionGroup var global: GlobalOptions

    private var filter: EventFilter {
        var filter = choice.filter(stretch)
        filter.predicate = predicate
        return filter
    }

    func validate() throws {
        if what != "events", !filter.isOpen || stretch.limit != nil {
            throw ValidationError(
                "--actor, --ip, --type, --where, --since, --until and --limit belong to `show events`.")
        }
    }

    var references: [String] { what.map { Session.lists.contains($0) ? [] : [$0] } ?? [] }

    func run(in console: Console) async throws {
        if what == "events" { return try await console.perform(.showEvents(filter), options: global) }
        let id = try await console.resolved(references).first
        try await console.perform(.show(id ?? what), options: global)
    }
}
