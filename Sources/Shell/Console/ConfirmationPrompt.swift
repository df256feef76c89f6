import Diagnostics
import Investigation

/// Shows what is about to be sent and asks for the target's name.
struct ConfirmationPrompt: Sendable {
    let launch: Launch
    /// What `--confirm` names.
    let given: String?

    func ask(_ question: ConfirmationQuestion) async -> ConfirmationAnswer {
        // Asked for or not, also under --quiet: nobody confirms what they have not seen.
        show(lines(of: question).map { $0 + "\n" }.joined())
        guard launch.terminal.isInteractive else { return given.map { .given($0) } ?? .unavailable }
        let stream = self
        let prompt = "  Type \"\(question.target.visible)\" to confirm: "
        switch await TypedAnswer.ask(prompt, show: { stream.show($0) }) {
        case .line(let text): return .typed(text)
        case .interrupted: return .interrupted
        case .endOfInput: return .endOfInput
        }
    }

    private func lines(of question: ConfirmationQuestion) -> [String] {
        let request = question.request.visibleLines.split(separator: "\n", omittingEmptySubsequences: false)
        let facts = question.facts.flatMap { wrap($0, width: launch.screen(.error).width, indent: 2) }
        return facts + ["  the request:"] + request.map { $0.isEmpty ? "" : "    " + $0 }
    }

    /// Where the user looks: results may go into a file, and so may notices.
    func show(_ text: String) {
        let isSeen = launch.terminal.isTerminal(.error) || !launch.terminal.isTerminal(.output)
        if isSeen { StandardStreams.notice(text) } else { StandardStreams.result(text) }
    }
}
