import ArgumentParser
import Investigation

/// Prints what was typed.
struct HistoryCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Print the lines that were typed, or those that contain a text.")
    static let leavesTrace = false

    @Argument(help: "Only lines that contain this.") var text: String?
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { await console.printHistory(text, options: global) }
}
