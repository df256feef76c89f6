import ArgumentParser
import Investigation

/// Runs the whole pipeline.
struct RunCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Everything: route, detect, score, then plan, commands and a dry escalation.",
        discussion: "A window applies to the files of --input.")

    @OptionGroup var window: WindowOptions
    @OptionGroup var scoring: ScoringOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !window.isEmpty, global.input.isEmpty {
            throw ValidationError("--since, --until and --hours apply to files. Name them with --input, or give the window to `ingest`.")
        }
    }

    func run(in console: Console) async throws {
        await console.setRunWindow(window)
        try await console.perform(.run(maxModelCalls: scoring.maxModelCalls), options: global)
    }
}
