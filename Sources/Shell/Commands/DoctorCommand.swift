import ArgumentParser
import Investigation

/// Checks the surroundings.
struct DoctorCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check folders, terminal, model and what the detectors can see.")
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.examine(options: global) }
}
