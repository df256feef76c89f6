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

    @Argument(help: ArgumentHelp("A list, or the id of an event, finding or incident.", valueName: "list|id")) var what: String?
    @Option(help: ArgumentHelp("Events of this actor: id, login or display name.", valueName: "name")) var actor: String?
    @Option(help: ArgumentHelp("Events from this address.", valueName: "address")) var ip: String?
    @Option(help: ArgumentHelp("Events of this type; `*` stands for any text.", valueName: "event type")) var type: String?
    @Option(help: ArgumentHelp("Events from this time on.", valueName: "t")) var since: String?
    @Option(help: ArgumentHelp("Events up to this time.", valueName: "t")) var until: String?
    @Option(help: ArgumentHelp("List at most so many events.", valueName: "n")) var limit: Int?
    @OptionGroup var global: GlobalOptions

    private var filter: EventFilter {
        EventFilter(
            actor: actor, ipAddress: ip, eventType: type, since: since, until: until,
            limit: limit ?? EventFilter.defaultLimit)
    }

    func validate() throws {
        if what != "events", !filter.isOpen || limit != nil {
            throw ValidationError("--actor, --ip, --type, --since, --until and --limit belong to `show events`.")
        }
        if let limit, limit < 1 { throw ValidationError("--limit needs a number of 1 or more.") }
        try checked { () throws(Diagnostic) in _ = try TimeWindowRequest(since: since, until: until) }
    }

    var references: [String] { what.map { Session.lists.contains($0) ? [] : [$0] } ?? [] }

    func run(in console: Console) async throws {
        if what == "events" { return try await console.perform(.showEvents(filter), options: global) }
        let id = try await console.resolved(references).first
        try await console.perform(.show(id ?? what), options: global)
    }
}
