import ArgumentParser
import Investigation

/// Prepares the notifications, and sends them when told to.
struct EscalateCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalate",
        abstract: "One notification for each high or critical incident: printed, or sent with --send.",
        discussion: """
            Without --send nothing leaves, and the exact requests are printed. --send is its own confirmation: it sends \
            to every target that is set up (SLACK_WEBHOOK_URL, PAGERDUTY_ROUTING_KEY, WEBHOOK_URL with WEBHOOK_SECRET), \
            but not what a target has taken before.
            """)
    static let completes = CompletionKind.incidents

    @Argument(help: ArgumentHelp("Only these incidents.", valueName: "incident")) var incidents: [String] = []
    @Flag(help: "Send the notifications.") var send = false
    @Flag(help: "With --send: also what was taken before.") var again = false
    @OptionGroup var global: GlobalOptions

    var references: [String] { incidents }

    func validate() throws {
        if again, !send { throw ValidationError("--again belongs to --send.") }
    }

    func run(in console: Console) async throws {
        let ids = try await console.resolved(incidents)
        try await console.perform(
            send ? .sendEscalations(incidents: ids, again: again) : .escalate(incidents: ids), options: global)
    }
}
