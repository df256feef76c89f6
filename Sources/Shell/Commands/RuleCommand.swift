import ArgumentParser
import Investigation

/// Writes a detection rule of something found, or of a hunt.
struct RuleCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule",
        abstract: "Write a scheduled analytics rule of an incident, a finding or a hunt, and try it.",
        discussion: """
            The rule is KQL without the single user, host or address: over OktaV2_CL with the detector's \
            thresholds, or the hunt's query. What it would have raised is always shown: over the loaded tables, or, of \
            a hunt that ran in a service, there, after its query was confirmed as a hunt's is (--yes sends it \
            unasked). `--deploy` puts it into Microsoft Sentinel after its display name was typed; where that cannot \
            be, and where it was not tried, it is saved to local_rules.kql and local_rules/ in the data folder. After \
            a hunt, a row's number stands for the hunt.
            """)
    static let completes = CompletionKind.subjects

    @Argument(help: ArgumentHelp("The incident, finding or hunt.", valueName: "incident|finding|hunt"))
    var subject: String
    @Flag(help: "Put it into Microsoft Sentinel, after a typed confirmation.") var deploy = false
    @OptionGroup var global: GlobalOptions

    var references: [String] { [subject] }

    func run(in console: Console) async throws {
        let subject = try await console.resolvedSubject(subject)
        let isConfirmed = global.over(console.launch.options).yes
        try await console.perform(
            .rule(RuleRequest(subject: subject, deploys: deploy, isConfirmed: isConfirmed)), options: global)
    }
}
