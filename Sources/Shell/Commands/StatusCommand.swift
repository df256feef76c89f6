import ArgumentParser
import Diagnostics
import Investigation
import Pipeline

/// Sets where the analyst stands with an incident.
struct StatusCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Set an incident's status: open, triaged or closed.")
    static let completes = CompletionKind.statuses

    @Argument(help: "The incident.") var incident: String
    @Argument(help: ArgumentHelp("The new status.", valueName: "open|triaged|closed")) var status: String
    @OptionGroup var global: GlobalOptions

    var references: [String] { [incident] }

    func validate() throws {
        let known = SecurityIncident.Status.allCases.map(\.rawValue)
        if !known.contains(status) { throw ValidationError("`\(status)` is not a status. \(known.remedy(for: status))") }
    }

    func run(in console: Console) async throws {
        let id = try await console.resolved([incident])[0]
        try await console.perform(.status(incident: id, to: status), options: global)
    }
}
