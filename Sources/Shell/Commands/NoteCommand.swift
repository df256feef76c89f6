import ArgumentParser
import Investigation

/// Keeps the analyst's words.
struct NoteCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Keep a note in the session's record.")
    static let textKind: TextKind? = .restOfSegment

    @Argument(help: "The note.") var text: [String]
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws {
        try await console.perform(.note(text.joined(separator: " ")), options: global)
    }
}
