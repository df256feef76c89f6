import ArgumentParser
import Investigation

/// Writes a detection rule of something found.
struct RuleCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule",
        abstract: "Write a scheduled analytics rule of an incident or finding, and try it on the loaded events.",
        discussion: """
            The rule is KQL over OktaV2_CL without the single user, host or address, with the detector's thresholds. What it \
            would have raised over the loaded events is always shown. `--deploy` puts it into Microsoft Sentinel after its \
            display name was typed; where that cannot be, it is saved to local_rules.kql and local_rules/ in the data folder.
            """)
    static let completes = CompletionKind.incidents

    @Argument(help: ArgumentHelp("The incident or finding.", valueName: "incident|finding")) var subject: String
    @Flag(help: "Put it into Microsoft Sentinel, after a typed confirmation.") var deploy = false
    @OptionGroup var global: GlobalOptions

    var references: [String] { [subject] }

    func run(in console: Console) async throws {
        let subject = try await console.resolved([subject])[0]
        try await console.perform(.rule(RuleRequest(subject: subject, deploys: deploy)), options: global)
    }
}
