import ArgumentParser
import Investigation

/// Shows a saved session again, or proves it.
struct ReplayCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Show a saved session; with --verify do it again and compare.",
        discussion: "--verify checks the chain, repeats the commands with recorded model replies, and exits 5 at the first difference.")
    static let leavesTrace = false
    static let completes = CompletionKind.sessions

    @Argument(help: "The session file, or a session's name.") var path: String
    @Flag(help: "Do everything again and compare.") var verify = false
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.replay(path, verify: verify, options: global) }
}
