import ArgumentParser
import Investigation

/// Says what was spent on models.
struct BudgetCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget", abstract: "Show what this session has spent on models, task by task, and the limits.",
        discussion: """
            Costs stand where config.json has the model's prices. LLM_ASK_TOKENS and LLM_ASK_COST say how much one \
            command may spend before it asks; --yes goes on without asking.
            """)
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.showBudget(options: global) }
}
