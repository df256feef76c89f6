import ArgumentParser
import Investigation

/// Scores findings and promotes the grave ones.
struct ScoreCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score findings, worst first, and promote the grave ones to incidents.")
    static let completes = CompletionKind.ids

    @Argument(help: ArgumentHelp("Only these findings.", valueName: "finding")) var findings: [String] = []
    @OptionGroup var scoring: ScoringOptions
    @OptionGroup var global: GlobalOptions

    var references: [String] { findings }

    func run(in console: Console) async throws {
        let ids = try await console.resolved(findings)
        try await console.perform(.score(findings: ids, maxModelCalls: scoring.maxModelCalls), options: global)
    }
}
