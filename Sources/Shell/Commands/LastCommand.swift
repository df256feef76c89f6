import ArgumentParser

/// Prints the last result again, all of it.
struct LastCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "last", abstract: "Show the last result in full, page by page, or in another --format.",
        discussion: "On a terminal it is shown by $PAGER, or by less.")
    static let leavesTrace = false

    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws { try await console.showLast(options: global) }
}
