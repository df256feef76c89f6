import ArgumentParser
import Diagnostics
import Investigation
import Pipeline

/// Keeps what the analyst says of a finding or an incident.
struct VerdictCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdict", abstract: "Say whether a finding or incident is an attack: beside its score, which stays.",
        discussion: "A later verdict replaces an earlier one. An incident that is no attack is not escalated.")
    static let completes = CompletionKind.verdicts

    @Argument(help: "The finding or incident.") var id: String
    @Argument(help: ArgumentHelp("What it is.", valueName: "true_positive|false_positive|benign")) var verdict: String
    @Option(help: ArgumentHelp("Why.", valueName: "text")) var reason: String?
    @OptionGroup var global: GlobalOptions

    var references: [String] { [id] }

    func validate() throws {
        let known = Verdict.Kind.allCases.map(\.rawValue)
        if !known.contains(verdict) {
            throw ValidationError("`\(verdict)` is not a verdict. \(known.remedy(for: verdict))")
        }
    }

    func run(in console: Console) async throws {
        let id = try await console.resolved([id])[0]
        try await console.perform(.verdict(subject: id, is: verdict, reason: reason), options: global)
    }
}
