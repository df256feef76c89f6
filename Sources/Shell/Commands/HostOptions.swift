import ArgumentParser
import Connectors
import Investigation

/// The arguments that all actions on hosts have.
struct HostOptions: ParsableArguments, Sendable {
    @Argument(help: "The host's name, in full or without its domain, or its id in Defender.") var host: String
    @Option(help: ArgumentHelp(
        "Why, which Defender keeps; else the worst open incident's title, or the session's name.", valueName: "text"))
    var reason: String?

    func validate() throws {
        if host.allSatisfy(\.isWhitespace) { throw ValidationError("Name the host.") }
        if let reason, reason.allSatisfy(\.isWhitespace) {
            throw ValidationError("The reason is empty; Defender wants one.")
        }
    }

    /// What is asked for.
    func request(_ action: DefenderAction) -> ActionRequest { ActionRequest(action, host: host, reason: reason) }

    /// What `help` says of every action on a host.
    static let discussion = """
        The host is looked up in Defender for Endpoint; the exact request is shown, and is sent only when the machine's \
        full name is typed. Without a terminal, --confirm NAME stands for typing it. The action is watched to its end, \
        and kept in data/actions.jsonl however it ends. Who signs in: the app of AZURE_TENANT_ID, AZURE_CLIENT_ID and \
        AZURE_CLIENT_SECRET, or else the Azure CLI.
        """
}
