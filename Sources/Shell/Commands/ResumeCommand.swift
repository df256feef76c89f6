import ArgumentParser
import Investigation

/// Goes on with a saved session.
struct ResumeCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with a saved session, by name or path; its state is rebuilt.")
    static let completes = CompletionKind.sessions

    @Argument(help: "The session's name, a unique beginning of it, or the path of its file.") var name: String
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.resume(name, options: global) }
}
