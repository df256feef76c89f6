import ArgumentParser
import Investigation

/// Answers a question.
struct AskCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Ask about what is loaded, in words; `?` in front does the same.")
    static let textKind: TextKind? = .restOfSegment

    @Argument(help: "The question.") var question: [String]
    @OptionGroup var global: GlobalOptions

    func run(in console: Console) async throws {
        try await console.perform(.ask(question.joined(separator: " ")), options: global)
    }
}
