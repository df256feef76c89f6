import ArgumentParser
import Investigation

/// Tells what happened in which order.
struct TimelineCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Tell what happened in which order: of an incident, finding, actor or address.",
        discussion: """
            Without an argument, of all findings. Similar events that repeat are one line; pauses are marked; events \
            that belong to a finding name it. An actor's story holds what others did to it, too.
            """)
    static let completes = CompletionKind.entities

    @Argument(
        help: ArgumentHelp("An id, an actor, an address, or a row number of the last table.", valueName: "id|actor|ip"))
    var subject: String?
    @OptionGroup var stretch: StretchOptions
    @OptionGroup var global: GlobalOptions

    var subjects: [String] { [subject].compactMap { $0 } }

    func run(in console: Console) async throws {
        let name = try await console.resolved(subjects).first
        let filter = EventFilter(
            since: stretch.since, until: stretch.until, limit: stretch.limit ?? EventFilter.defaultLimit)
        try await console.perform(.timeline(of: name, filter), options: global)
    }
}
