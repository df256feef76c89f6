import ArgumentParser
import Connectors
import Investigation

/// Looks for malware on a host.
struct ScanCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Look for malware on a host with Defender Antivirus, after a typed confirmation.",
        discussion: HostOptions.discussion)
    static let completes = CompletionKind.hosts

    @OptionGroup var host: HostOptions
    @Flag(help: "Look at every file, which takes hours, and not only where malware usually starts.") var full = false
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws {
        try await console.perform(.act(host.request(.scan(full ? .full : .quick))), options: global)
    }
}
