import ArgumentParser
import Investigation

/// Tells all there is about one actor or address.
struct EntityCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "entity",
        abstract: "Tell one actor's or address's story: when, from where, with what, and to what.",
        discussion:
            "The number of events and the first of them stand beside each value. Activity is over all the loaded time, UTC."
    )
    static let completes = CompletionKind.entities

    @Argument(
        help: ArgumentHelp(
            "An actor's id, login or name, an address, or a row number of the last table.", valueName: "user|ip"))
    var subject: String
    @Flag(help: "Draw with ASCII characters alone.") var ascii = false
    @OptionGroup var global: GlobalOptions

    var subjects: [String] { [subject] }

    func run(in console: Console) async throws {
        try await console.perform(.entity(try await console.resolved([subject])[0]), options: global, ascii: ascii)
    }
}
