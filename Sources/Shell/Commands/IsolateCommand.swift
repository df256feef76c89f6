import ArgumentParser
import Connectors
import Investigation

/// Cuts a host off the network.
struct IsolateCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "isolate", abstract: "Cut a host off the network with Defender, after a typed confirmation.",
        discussion: HostOptions.discussion)
    static let completes = CompletionKind.hosts

    @OptionGroup var host: HostOptions
    @Flag(help: "Leave Outlook, Teams and Skype connected.") var selective = false
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws {
        try await console.perform(.act(host.request(.isolate(selective ? .selective : .full))), options: global)
    }
}
