import ArgumentParser
import Connectors
import Investigation

/// Ends a host's isolation.
struct ReleaseCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "End a host's isolation, after a typed confirmation.",
        discussion: HostOptions.discussion)
    static let completes = CompletionKind.hosts

    @OptionGroup var host: HostOptions
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws {
        try await console.perform(.act(host.request(.release)), options: global)
    }
}
